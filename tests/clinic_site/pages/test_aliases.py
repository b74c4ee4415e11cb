"""An alias repeats its page at another address: never before it, never more openly, never twice."""

import json
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ObjectDoesNotExist
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page, PageViewRestriction

from blog.models import ArticlePage, TopicPage
from clinic_site.pages.models import HomePage, StandardPage
from clinic_site.pages.published import listed, published
from clinic_site.pages.scheduled_publishing import publish_scheduled
from tests.factories import make_article, make_reviewer, make_topic, make_user

pytestmark = [pytest.mark.usefixtures("clinic"), pytest.mark.search]

BULK = "/admin/bulk/wagtailcore/page/unpublish/?id={}&next=/admin/pages/"


def repeat(page: Page, parent: Page, slug: str = "repeated", **options: Any) -> Page:
    action = CreatePageAliasAction(page, parent=parent, update_slug=slug, **options)
    alias: Page = action.execute()
    return alias


@pytest.fixture
def posture() -> TopicPage:
    return make_topic("Posture")


def is_readable(client: Client, page: Page) -> bool:
    page.refresh_from_db()
    return client.get(page.url).status_code == 200


# Not before its original


def test_an_alias_of_what_is_scheduled_waits_with_it(client: Client) -> None:
    home = HomePage.objects.get()
    note = home.add_child(instance=StandardPage(title="Holiday note", live=False))
    alias = repeat(note, home)
    note.go_live_at = timezone.now() + timedelta(days=1)
    note.save_revision().publish()
    assert not is_readable(client, alias)
    publish_scheduled(timezone.now() + timedelta(days=2))
    assert not is_readable(client, note), "its day has not come"
    note.refresh_from_db()
    note.go_live_at = None
    note.save_revision().publish()
    assert is_readable(client, note)
    assert is_readable(client, alias)


def test_an_alias_of_what_is_in_review_waits_with_it(client: Client, posture: TopicPage) -> None:
    article = make_article(live=False, reviewer=make_reviewer())
    alias = repeat(article, posture)
    article.save_revision()
    article.get_workflow().start(article, article.reviewer.account)
    assert not is_readable(client, alias)
    state = article.current_workflow_task_state
    state.task.specific.on_action(state, article.reviewer.account, "approve")
    assert is_readable(client, alias)


def test_nothing_makes_an_alias_public_alone(posture: TopicPage) -> None:
    alias = repeat(make_article(live=False), posture)
    alias.live = True
    alias.save()
    assert not Page.objects.get(pk=alias.pk).live


def test_an_alias_goes_with_its_original(client: Client, posture: TopicPage) -> None:
    article = make_article()
    alias = repeat(article, posture)
    assert is_readable(client, alias)
    article.unpublish()
    assert not is_readable(client, alias)


@pytest.mark.parametrize("address", ["/admin/pages/{}/unpublish/", BULK])
def test_an_alias_is_not_taken_down_alone(client: Client, address: str) -> None:
    """It would be back with the next version of its original."""
    article = make_article()
    alias = repeat(article, article.get_parent())
    client.force_login(make_user("Editors"))
    answer = client.post(address.format(alias.pk), follow=True)
    assert "To take it down alone, delete it." in unescape(answer.content.decode())
    assert is_readable(Client(), alias)


def test_whatever_is_sent_to_the_editor_of_an_alias_changes_nothing(client: Client) -> None:
    article = make_article()
    alias = repeat(article, article.get_parent())
    client.force_login(make_user("Editors"))
    address = reverse("wagtailadmin_pages:edit", args=[alias.pk])
    answer = client.post(address, {"title": "Another", "action-publish": "1"})
    assert answer.status_code == 405
    assert answer["Allow"]
    assert Page.objects.get(pk=alias.pk).title == article.title


def test_an_alias_of_an_alias_repeats_the_original(client: Client, posture: TopicPage) -> None:
    article = make_article()
    alias = repeat(article, posture)
    second = repeat(alias, posture, "again")
    assert second.alias_of_id == article.pk
    article.title = "The psoas"
    article.save_revision().publish()
    second.refresh_from_db()
    assert second.title == "The psoas"
    article.unpublish()
    assert not is_readable(client, second)


# Not more openly


@pytest.mark.parametrize("what", ["page", "topic"])
@pytest.mark.parametrize("how", ["single", "subtree"])
def test_an_alias_is_private_when_its_original_becomes_so(
    client: Client, posture: TopicPage, what: str, how: str
) -> None:
    article = make_article("Secret")
    topic = article.get_parent()
    if how == "single":
        alias = repeat(article, posture)
    else:
        repeated = repeat(topic, HomePage.objects.get(), "members", recursive=True)
        alias = repeated.get_children().get()
    assert is_readable(client, alias)
    PageViewRestriction.objects.create(
        page=article if what == "page" else topic, restriction_type=PageViewRestriction.LOGIN
    )
    assert client.get(alias.url).status_code == 302
    assert not published(ArticlePage.objects.all()).exists()
    assert Page.objects.get(pk=alias.pk).specific.get_view_restrictions().exists()


# Not twice


def places(client: Client, address: str) -> list[str]:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    links = page.main.find_all("a", href=True)
    return sorted({link["href"] for link in links if "psoas" in link["href"]})


def test_lists_name_an_article_once(client: Client, posture: TopicPage) -> None:
    article = make_article(tags=["hips"])
    article.save_revision().publish()
    repeat(article, article.get_parent(), "psoas-once-more")
    repeat(article, posture, "psoas-elsewhere")
    original = ["/fitness/psoas-so-what/"]
    for address in ("/", "/search/?q=psoas", "/search/?q=psoas&topic=fitness", "/fitness/"):
        assert places(client, address) == original, address
    assert places(client, "/tags/hips/") == original
    assert client.get("/feed/").content.decode().count("<entry>") == 1
    assert client.get("/sitemap.xml").content.decode().count("psoas") == 1


def test_a_topic_names_what_it_repeats_from_elsewhere(client: Client, posture: TopicPage) -> None:
    repeat(make_article(), posture, "psoas-elsewhere")
    assert places(client, "/posture/") == ["/posture/psoas-elsewhere/"]
    assert places(client, "/search/?q=psoas&topic=posture") == ["/posture/psoas-elsewhere/"]


def test_a_profile_names_an_article_once(posture: TopicPage) -> None:
    from blog.templatetags.blog_tags import articles_by

    article = make_article()
    repeat(article, posture)
    assert articles_by(article.author) == [article]


def test_aliases_cost_no_more_queries(
    posture: TopicPage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        repeat(make_article(f"Number {number}"), posture, f"again-{number}")
    with django_assert_num_queries(1):
        assert len(listed(Page.objects.descendant_of(posture))) == 3


# Said of it


def test_search_engines_are_told_of_the_original_alone(client: Client, posture: TopicPage) -> None:
    article = make_article()
    head = BeautifulSoup(client.get(repeat(article, posture).url).content, "html.parser").head
    original = article.get_full_url()
    assert head.find("link", rel="canonical")["href"] == original
    assert head.find("meta", property="og:url")["content"] == original
    graph = json.loads(head.find("script", type="application/ld+json").string)["@graph"]
    told = next(node for node in graph if "Article" in node["@type"])
    assert (told["url"], told["@id"], told["mainEntityOfPage"]) == (original,) * 3


def copy_form(page: Page, **typed: Any) -> dict[str, Any]:
    return {
        "new_title": page.title,
        "new_slug": "repeated",
        "new_parent_page": page.get_parent().pk,
        "alias": "on",
    } | typed


def test_who_gives_an_alias_another_title_is_told_that_it_has_none(client: Client) -> None:
    article = make_article()
    client.force_login(make_user("Editors"))
    address = reverse("wagtailadmin_pages:copy", args=[article.pk])
    assert "title" in client.get(address).content.decode()
    page = client.post(address, copy_form(article, new_title="The psoas")).content.decode()
    assert "An alias is always called what its original is called" in page
    assert 'value="The psoas"' in page
    assert not article.aliases.exists()
    assert client.post(address, copy_form(article)).status_code == 302
    assert article.aliases.get().title == article.title


def test_an_alias_can_become_a_page_of_its_own(client: Client, posture: TopicPage) -> None:
    article = make_article()
    alias = repeat(article, posture)
    client.force_login(make_user("Editors"))
    client.post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
    article.unpublish()
    assert is_readable(client, alias)
    article.delete()
    with pytest.raises(ObjectDoesNotExist):
        article.refresh_from_db()
    assert is_readable(client, alias)
