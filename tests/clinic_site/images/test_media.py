"""Readers get the pictures that were made for them, and nothing else of the folder."""

import pytest
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
