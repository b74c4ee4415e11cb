"""Readers get the pictures that were made for them, and nothing else of the folder."""

import stat
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.test import Client

from tests.factories import make_image

pytestmark = pytest.mark.django_db


def test_a_rendition_is_served(client: Client) -> None:
    rendition = make_image().get_rendition("width-400")
    response = client.get(rendition.url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/png"


@pytest.mark.parametrize(
    "trick",
    [
        "/media/{original}",
        "/media/images/../{original}",
        "/media/images/%2e%2e/{original}",
        "/media/images//{original}",
        "/media/images/",
        "/media/images/" + "A" * 3000,
    ],
)
def test_nothing_else_is(client: Client, trick: str) -> None:
    response = client.get(trick.format(original=make_image().file.name))
    assert response.status_code in {400, 404}


def test_a_proxy_in_the_sites_group_reads_pictures_and_lists_nothing(tmp_path: Path) -> None:
    storage = FileSystemStorage(location=tmp_path / "media")
    picture = Path(storage.path(storage.save("images/a.png", ContentFile(b"a picture"))))
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (picture, picture.parent)]
    assert modes == [0o640, 0o710]
