"""One bad picture takes nothing along, and editors are told of it."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image as Pillow

from blog.models import ArticlePage
from blog.review.checks import problems_of
from clinic_site.images.models import SiteImage
from clinic_site.images.renditions import IMAGE_PRESETS, make_due_renditions, renditions_of
from tests.factories import (
    FIGURE_ONE,
    FIGURE_TWO,
    figure,
    make_article,
    make_clinic,
    make_image,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # pictures are read in another process

SMALL = (240, 180)


def tiff() -> bytes:
    file = BytesIO()
    Pillow.new("RGB", SMALL).save(file, "TIFF")
    return file.getvalue()


def half_a_png() -> bytes:
    file = BytesIO()
    Pillow.effect_noise(SMALL, 50).save(file, "PNG")
    return file.getvalue()[: len(file.getvalue()) // 2]


def broken_png() -> bytes:
    """Pillow raises SyntaxError for it, which is no OSError."""
    whole = BytesIO()
    Pillow.new("RGB", SMALL).save(whole, "PNG")
    return whole.getvalue()[:33] + b"\0\0\0\x0dXXXX" + b"\0" * 40


BAD = {
    "gone": lambda: None,
    "empty": lambda: b"",
    "no picture": lambda: b"not a picture at all",
    "half": half_a_png,
    "broken": broken_png,
    "of another kind": tiff,
}


def damage(image: SiteImage, kind: str) -> None:
    original = Path(image.file.path)
    original.unlink()
    if (content := BAD[kind]()) is not None:
        original.write_bytes(content)


@pytest.fixture
def bad(request: pytest.FixtureRequest) -> SiteImage:
    make_clinic()
    image, whole = make_image("The bad one", SMALL), make_image("The whole one", SMALL)
    body = [figure(FIGURE_ONE, image, alternative_text="A <psoas>"), figure(FIGURE_TWO, whole)]
    make_article(image=image, body=body).save_revision().publish()
    damage(image, request.param)
    return image


@pytest.mark.parametrize("bad", BAD, indirect=True)
@pytest.mark.parametrize("worker_was_there", [False, True])
def test_readers_see_everything_else(
    client: Client, bad: SiteImage, worker_was_there: bool
) -> None:
    if worker_was_there:
        make_due_renditions(timezone.now())
    for address in ("/", "/fitness/", "/feed/", "/sitemap.xml", "/search/?q=psoas"):
        assert client.get(address).status_code == 200, address
    shown, other = client.get("/fitness/psoas-so-what/").content.decode().split("<figure")[1:]
    assert "A &lt;psoas&gt;" in shown
    assert "<img" not in shown
    assert "<img" in other
    assert "A &lt;psoas&gt;" in client.get("/feed/").content.decode().replace("&amp;", "&")


@pytest.mark.parametrize("bad", BAD, indirect=True)
def test_the_lists_and_pages_of_the_admin_work(client: Client, bad: SiteImage) -> None:
    client.force_login(make_user("Editors"))
    for address in (
        "/admin/images/",
        "/admin/images/?layout=list",
        f"/admin/images/{bad.pk}/",
        "/admin/images/chooser/",
        f"/admin/images/chooser/chosen/{bad.pk}/",
        f"/admin/images/chooser/chosen-multiple/?id={bad.pk}",
        f"/admin/images/{bad.pk}/delete/",
        f"/admin/images/usage/{bad.pk}/",
    ):
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("bad", ["gone", "of another kind"], indirect=True)
def test_editors_are_told_and_can_mend_it(client: Client, bad: SiteImage) -> None:
    make_due_renditions(timezone.now())
    client.force_login(make_user("Editors"))
    words = "Readers can’t see this picture."
    page = client.get(f"/admin/images/{bad.pk}/").content.decode()
    assert words in page
    assert SiteImage.objects.get(pk=bad.pk).problem in page
    said = problems_of(ArticlePage.objects.get(), timezone.localdate())
    told = [problem for problem in said if "readers can’t see the picture" in problem.message]
    assert [problem.blocks for problem in told] == [False]
    listed = client.get("/admin/images/").content.decode()
    assert listed.count("Can’t be shown") == 1

    file = BytesIO()
    Pillow.new("RGB", SMALL, "blue").save(file, "PNG")
    form = {"title": "Mended", "description": "", "tags": ""}
    upload = SimpleUploadedFile("new.png", file.getvalue())
    assert client.post(f"/admin/images/{bad.pk}/", {**form, "file": upload}).status_code == 302
    assert SiteImage.objects.get(pk=bad.pk).problem == ""
    make_due_renditions(timezone.now())
    assert client.get("/fitness/psoas-so-what/").content.decode().count("<img") >= 2


@pytest.mark.parametrize("bad", ["of another kind"], indirect=True)
def test_no_reader_waits_for_a_picture_that_is_known_to_be_bad(
    bad: SiteImage,
) -> None:
    make_due_renditions(timezone.now())
    bad.refresh_from_db()
    assert "TIFF" in bad.problem
    Path(bad.file.path).unlink()  # whoever looked at it would find it gone
    with pytest.raises(OSError, match="TIFF"):
        renditions_of(bad, IMAGE_PRESETS["card"])


def test_a_file_that_is_too_large_is_refused_beside_its_field(client: Client) -> None:
    client.force_login(make_user("Editors"))
    for megabytes in (21, 26):
        file = SimpleUploadedFile("film.png", b"\0" * (megabytes * 1024 * 1024))
        answer = client.post("/admin/images/multiple/add/", {"title": "x", "files[]": file})
        assert f"too large ({megabytes}" in answer.json()["error_message"]
    image = make_image()
    file = SimpleUploadedFile("film.png", b"\0" * (26 * 1024 * 1024))
    form = {"title": "Kept words", "description": "", "tags": "", "file": file}
    page = client.post(f"/admin/images/{image.pk}/", form).content.decode()
    assert "too large" in page
    assert "Kept words" in page


def test_nobody_else_sends_as_much(client: Client) -> None:
    make_clinic()
    file = SimpleUploadedFile("film.png", b"\0" * (26 * 1024 * 1024))
    assert client.post("/admin/images/multiple/add/", {"files[]": file}).status_code == 400
