"""Addresses of the other site, in texts and from elsewhere, lead where their pages are."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from blog.models import ArticlePage
from clinic_site.pages.models import StandardPage
from tests.wordpress.conftest import Bring
from tests.wordpress.exports import OLD, attachment, item, page

pytestmark = pytest.mark.any_database


def test_links_inside_follow_their_pages(bring: Bring) -> None:
    links = f'<a href="{OLD}/about/">a</a> <a href="/?page_id=2">b</a> <a href="http://www.old.example/about">c</a>'
    bring(item(1, links), page(2, slug="about", title="About"))
    about = StandardPage.objects.get(slug="about")
    assert (
        str(ArticlePage.objects.get().body.raw_data[0]["value"]).count(
            f'<a linktype="page" id="{about.pk}">'
        )
        == 3
    )


@pytest.mark.parametrize(
    "old",
    ["/2019/05/sleep-well/", "/?p=1", "/?p=1&utm_source=x", "/2019/05/sleep-well/feed/"],
)
def test_every_old_address_of_a_post_leads_to_it(bring: Bring, client: Client, old: str) -> None:
    bring(item(1, link=f"{OLD}/2019/05/sleep-well/"))
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, "/rest/sleep-well/")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/category/rest/", "/rest/"),
        ("/2019/05/", "/"),
        ("/comments/feed/", "/feed/"),
        ("/a/", "/rest/sleep-well/"),
        ("/?attachment_id=9", "/rest/sleep-well/"),
    ],
)
def test_every_other_old_address_leads_somewhere(
    bring: Bring, uploads: Callable[..., Path], client: Client, old: str, new: str
) -> None:
    uploads("2019/05/a.jpg")
    bring(item(1, '<img class="wp-image-9" src="x" alt="b">'), attachment(9, "2019/05/a.jpg"))
    answer = client.get(old)
    assert (answer.status_code, answer["Location"]) == (301, new)


def test_greek_and_encoded_addresses_stay_as_they_were(bring: Bring, client: Client) -> None:
    bring(item(1, slug="%cf%8d%cf%80%ce%bd%ce%bf%cf%82", title="Ύπνος"))
    assert ArticlePage.objects.get().slug == "ύπνος"
    assert client.get("/%cf%8d%cf%80%ce%bd%ce%bf%cf%82/")["Location"].startswith("/rest/")
