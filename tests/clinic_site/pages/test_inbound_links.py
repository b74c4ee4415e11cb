"""Whoever moves or deletes a page that others link to is told which."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from blog.models import ArticlePage
from clinic_site.pages.inbound_links import pages_linking_to
from tests.factories import make_article, make_topic, make_user

pytestmark = pytest.mark.usefixtures("clinic")


@pytest.fixture
def hips() -> ArticlePage:
    """An article in a topic of its own; one elsewhere links to it, and one of its own topic."""
    hips = make_article("Hips", make_topic("Posture"))
    link = f'<p>See <a linktype="page" id="{hips.pk}">hips</a>.</p>'
    make_article("Sitting", body=[("paragraph", link)])
    make_article("Knees", hips.get_parent().specific, body=[("paragraph", link)])
    return hips


def titles(*pages: Page) -> list[str]:
    return [page.title for page in pages_linking_to(list(pages))]


def test_links_from_outside_count(hips: ArticlePage) -> None:
    assert titles(hips) == ["Knees", "Sitting"]
    assert titles(hips.get_parent()) == ["Sitting"], "what goes along is in no danger"
    assert titles(hips, ArticlePage.objects.get(title="Sitting")) == ["Knees"]


def test_what_nobody_links_to_goes_without_a_word(client: Client, hips: ArticlePage) -> None:
    assert titles(ArticlePage.objects.get(title="Sitting")) == []


@pytest.mark.parametrize("what", ["page", "topic"])
def test_deleting_warns(client: Client, hips: ArticlePage, what: str) -> None:
    page = hips if what == "page" else hips.get_parent()
    client.force_login(make_user("Owners"))
    shown = client.get(reverse("wagtailadmin_pages:delete", args=[page.pk])).content.decode()
    assert "Sitting</a>" in shown
    assert "stop working" in shown


def test_withdrawing_warns(client: Client, hips: ArticlePage) -> None:
    topic = hips.get_parent()
    client.force_login(make_user("Editors"))
    shown = client.get(reverse("wagtailadmin_pages:unpublish", args=[topic.pk])).content.decode()
    assert "A page links here" in shown
    assert "until this is published again" in shown
    assert "“Posture” is in the menu on every page" in shown
    assert "2 subpages" in shown


def test_moving_a_topic_says_how_many_pages_go_with_it(client: Client, hips: ArticlePage) -> None:
    client.force_login(make_user("Editors"))
    ends = (hips.get_parent().pk, hips.get_parent().get_parent().pk)
    shown = client.get(reverse("wagtailadmin_pages:move_confirm", args=ends)).content.decode()
    assert "2 pages below it move along." in shown


def test_moving_warns(client: Client, hips: ArticlePage) -> None:
    other = make_topic("Daily life")
    client.force_login(make_user("Editors"))
    address = reverse("wagtailadmin_pages:move_confirm", args=[hips.pk, other.pk])
    shown = client.get(address).content.decode()
    assert "2 pages link here" in shown
    assert "will follow" in shown
    assert client.post(address).status_code == 302
    assert "/daily-life/hips/" in client.get("/fitness/sitting/").content.decode()


@pytest.mark.parametrize("kind", ["delete", "move", "unpublish"])
def test_many_at_once_warn_too(client: Client, hips: ArticlePage, kind: str) -> None:
    client.force_login(make_user("Owners"))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", kind])
    assert "Sitting</a>" in client.get(address, {"id": hips.pk, "next": "/admin/"}).content.decode()
