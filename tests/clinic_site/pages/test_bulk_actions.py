"""Many pages at once: each is treated as if it were alone, and what is left out is named."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page

from blog.models import ArticlePage
from clinic_site.pages.models import HomePage
from tests.factories import make_article, make_reviewer, make_topic, make_user

pytestmark = pytest.mark.usefixtures("clinic")


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("Owners"))
    return client


def act(client: Client, kind: str, *pages: Page, **typed: object) -> str:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", kind])
    ids = "&".join(f"id={page.pk}" for page in pages)
    assert client.get(f"{address}?{ids}&next=/admin/pages/").status_code == 200
    answer = client.post(f"{address}?{ids}&next=/admin/pages/", typed, follow=True)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def make_alias(page: Page) -> Page:
    alias: Page = CreatePageAliasAction(page, update_slug="repeated").execute()
    return alias


def draft(title: str) -> ArticlePage:
    article = make_article(title, live=False)
    article.save_revision()
    return article


def live() -> set[str]:
    return set(ArticlePage.objects.live().values_list("slug", flat=True))


@pytest.mark.parametrize("below", [False, True])
def test_publishing_with_an_alias_among_them(editor: Client, below: bool) -> None:
    sitting = draft("Sitting")
    alias = make_alias(sitting)
    asked = [sitting.get_parent()] if below else [sitting, alias, sitting.get_parent()]
    page = act(editor, "publish", *asked, **({"include_descendants": "on"} if below else {}))
    assert live() == {"sitting", "repeated"}
    assert "An alias is published with the page that it repeats" in page or below
    assert "Not done for “Fitness”. Nothing has changed since it was published." in page


def test_an_alias_alone_is_not_published(editor: Client) -> None:
    page = act(editor, "publish", make_alias(draft("Sitting")))
    assert "Not done for “Sitting”. An alias is published with" in page
    assert "published</" not in page
    assert live() == set()


def test_what_is_in_review_or_locked_stays(editor: Client) -> None:
    reviewed = make_article("Reviewed", live=False, reviewer=make_reviewer())
    reviewed.save_revision()
    reviewed.get_workflow().start(reviewed, reviewed.reviewer.account)
    locked, scheduled = draft("Locked"), draft("Scheduled")
    Page.objects.filter(pk=locked.pk).update(
        locked=True, locked_by=make_user("Editors"), locked_at=timezone.now()
    )
    scheduled.go_live_at = timezone.now() + timedelta(days=1)
    scheduled.save_revision().publish()
    page = act(editor, "publish", reviewed, locked, scheduled, draft("Ready"))
    assert live() == {"ready"}
    assert "1 page has been published" in page
    assert "“Reviewed”. It’s with its reviewer." in page
    assert "“Locked”. Someone has locked it." in page
    assert "“Scheduled”. It’s scheduled already." in page


def test_withdrawing_with_an_alias_and_a_draft_among_them(editor: Client) -> None:
    sitting = make_article("Sitting")
    alias = make_alias(sitting)
    page = act(editor, "unpublish", sitting, alias, draft("Draft"), HomePage.objects.get())
    assert live() == set()
    assert "Not done for “Home”. This is the home page" in page
    assert "Not done for “Draft”. It isn’t published." in page
    assert "2 pages have been unpublished" in page


@pytest.mark.parametrize("kind", ["publish", "unpublish", "delete", "move"])
def test_a_page_and_what_is_below_it(editor: Client, kind: str) -> None:
    article = make_article("Sitting")
    topic = article.get_parent()
    typed = {
        "include_descendants": "on",
        "chooser": HomePage.objects.get().pk,
        "confirm_site_name": "Clinic website",
    }
    act(editor, kind, article, topic, make_alias(article), **typed)
    assert Page.objects.filter(pk=topic.pk).exists() is (kind != "delete")
    assert Page.find_problems() == ([], [], [], [], [])


def test_two_of_the_same_address_are_not_moved_to_one_place(editor: Client) -> None:
    there = make_topic("Daily life")
    first = make_article("Sitting", make_topic("Posture"))
    second = make_article("Sitting", make_topic("Strength"))
    page = act(editor, "move", first, second, chooser=there.pk)
    assert "1 page has been moved" in page
    assert "Not done for “Sitting”." in page
    there.refresh_from_db()
    assert there.numchild == 1


def test_many_are_named_by_the_first_few(editor: Client) -> None:
    page = act(editor, "publish", *(make_article(f"Number {n}") for n in range(7)))
    assert "“Number 4” and 2 more. Nothing has changed" in page


def test_each_page_is_held_while_it_is_published(editor: Client) -> None:
    if not connection.features.has_select_for_update:
        pytest.skip("SQLite has one writer at a time anyway")
    articles = [draft("Sitting"), draft("Standing")]
    with CaptureQueriesContext(connection) as asked:
        act(editor, "publish", *articles)
    held = [query["sql"] for query in asked if "FOR UPDATE OF" in query["sql"]]
    assert [sum(f"= {page.pk}" in sql for sql in held) for page in articles] == [1, 1]
