"""Pictures come once, in full, from the folder or the one host; what is no picture is named."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from blog.models import ArticlePage
from clinic_site.images.models import SiteImage
from tests.wordpress.conftest import Bring
from tests.wordpress.exports import OLD, attachment, item, notes
from wordpress.bring.files import path_of
from wordpress.report import Level

pytestmark = pytest.mark.any_database


def test_the_full_picture_comes_once_and_two_of_one_name_both(
    bring: Bring, uploads: Callable[..., Path]
) -> None:
    uploads("2019/05/a.jpg", "red")
    uploads("2019/06/a.jpg", "blue")
    uploads("2019/06/same.jpg", "blue")
    small = f"{OLD}/wp-content/uploads/2019/05/a-300x225.jpg"
    bring(
        item(1, f'<img src="{small}" alt="A bed">\n\n<img class="wp-image-9" src="" alt="b">'),
        attachment(8, "2019/05/a.jpg"),
        attachment(9, "2019/06/a.jpg"),
        attachment(10, "2019/06/same.jpg"),
    )
    assert SiteImage.objects.count() == 2
    first, second = (block.value["image"] for block in ArticlePage.objects.get().body)
    assert first != second
    assert first.width == 40


def test_a_picture_that_is_nowhere_leaves_its_place_and_words_and_comes_later(
    bring: Bring, uploads: Callable[..., Path], client: Client
) -> None:
    text = '<img class="wp-image-9" src="x" alt="A soft bed">'
    items = (item(1, text), attachment(9, "2019/05/a.jpg"))
    report = bring(*items)
    assert report.has_losses
    assert "A soft bed" in client.get("/rest/sleep-well/").content.decode()
    uploads("2019/05/a.jpg")
    assert not bring(*items).has_losses
    assert ArticlePage.objects.get().body[0].value["image"] is not None


@pytest.mark.parametrize(
    "path",
    ["../secret.jpg", "/etc/passwd", "2019/05/drawing.svg", "2019/05/broken.jpg", "a\nb.jpg"],
)
def test_a_hostile_or_broken_file_is_refused_and_named(
    bring: Bring, tmp_path: Path, path: str
) -> None:
    folder = tmp_path / "uploads" / "2019/05"
    folder.mkdir(parents=True)
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    (folder / "drawing.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "broken.jpg").write_bytes(b"\xff\xd8\xffnothing")
    report = bring(item(1), attachment(9, path))
    assert not SiteImage.objects.exists()
    assert ArticlePage.objects.count() == 1
    assert notes(report, Level.LOST)


def test_a_file_is_asked_of_the_named_host_alone(bring: Bring) -> None:
    bad = "<wp:attachment_url>http://169.254.169.254/a.jpg</wp:attachment_url>"
    report = bring(item(1), attachment(9, "a.jpg", more=bad, meta={}), host="old.example")
    assert not SiteImage.objects.exists()
    assert any("isn’t" in note or "not of the host" in note for note in notes(report, Level.LOST))


@pytest.mark.parametrize(
    ("address", "path"),
    [
        (f"{OLD}/wp-content/uploads/2019/05/a-300x225.jpg", "2019/05/a-300x225.jpg"),
        ("https://old.files.wordpress.com/2008/06/a%20b.jpg?w=300", "2008/06/a b.jpg"),
        (f"{OLD}/2019/05/a-post/", ""),
        ("file:///wp-content/uploads/a.jpg", ""),
        ("http://[", ""),
    ],
)
def test_a_file_is_known_by_where_it_lies_below_the_uploads(address: str, path: str) -> None:
    assert path_of(address) == path
