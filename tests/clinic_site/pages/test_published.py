"""The rule "published" is written once, and gives the same answers as Wagtail's own."""

import pytest
from django.test import Client
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page, PageViewRestriction

from blog.models import ArticlePage
from clinic_site.pages.published import published
from tests.factories import make_article, make_topic

pytestmark = pytest.mark.usefixtures("clinic")


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def titles() -> set[str]:
    return {page.title for page in published(ArticlePage.objects.all())}


def test_drafts_are_not_published() -> None:
    make_article("Draft", live=False)
    make_article("Live")
    assert titles() == {"Live"}


def test_what_is_below_a_private_page_is_private(client: Client) -> None:
    make_article("Open", make_topic("Posture"))
    private = make_article("Private")
    restrict(private.get_parent())
    assert titles() == {"Open"}
    assert client.get(private.url).status_code == 302
    assert "Private" not in client.get("/").content.decode()


def test_an_alias_is_as_private_as_what_it_repeats(client: Client) -> None:
    article = make_article("Secret")
    alias = CreatePageAliasAction(
        article, parent=make_topic("Posture"), update_slug="repeated"
    ).execute()
    assert client.get(alias.url).status_code == 200
    restrict(article)
    assert titles() == set()
    assert client.get(alias.url).status_code == 302


def test_restrictions_are_those_that_wagtail_finds() -> None:
    article = make_article()
    restrict(article.get_parent())
    restrict(article)
    assert set(article.get_view_restrictions()) == set(Page.get_view_restrictions(article))
