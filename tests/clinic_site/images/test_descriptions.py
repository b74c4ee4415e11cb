"""What is said of a picture once need not be said again."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.factories import make_article, make_image, make_user

pytestmark = [pytest.mark.usefixtures("clinic"), pytest.mark.any_database]


def test_a_block_takes_over_the_description_and_never_a_file_name(client: Client) -> None:
    client.force_login(make_user("Editors"))
    image = make_image("IMG_2034")
    address = reverse("wagtailimages_chooser:chosen", args=[image.pk])
    assert client.get(address).json()["result"]["default_alt_text"] == ""
    image.description = "A hip, from the front."
    image.save()
    assert client.get(address).json()["result"]["default_alt_text"] == image.description
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[make_article().pk]))
    assert "js/admin/picture-descriptions" in editor.content.decode()


def test_the_page_of_a_picture_needs_no_inline_handlers(client: Client) -> None:
    client.force_login(make_user("Editors"))
    page = client.get(reverse("wagtailimages:edit", args=[make_image().pk]))
    scripts = [
        str(script.get("src"))
        for script in BeautifulSoup(page.content, "html.parser").select("script[src]")
    ]
    [jcrop] = [number for number, src in enumerate(scripts) if "Jcrop" in src]
    [ours] = [number for number, src in enumerate(scripts) if "js/admin/focal-point" in src]
    assert ours > jcrop, "it sets what that one has loaded"
