"""A draft is kept from its first word, also when something stands in its way to readers."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data

from blog.models import ArticlePage
from blog.review.checks import blockers_of
from blog.review.readiness import NotReady
from clinic_site.accounts.models import User
from clinic_site.pages.scheduled_publishing import publish_scheduled
from tests.blog.editor_form import JSON, fields, form_of, send
from tests.factories import (
    make_article,
    make_person,
    make_reviewer,
    make_topic,
    make_user,
    publish_reviewed,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def editor(clinic: None) -> User:
    return make_user("Editors")


def add(client: Client, form: dict[str, Any], **extra: Any) -> Any:
    topic = Page.objects.filter(title="Fitness").first() or make_topic()
    return client.post(
        reverse("wagtailadmin_pages:add", args=["blog", "articlepage", topic.pk]), form, **extra
    )


def test_a_new_article_is_kept_without_an_author(client: Client, editor: User) -> None:
    client.force_login(editor)
    form = nested_form_data(fields(ArticlePage(title="Hips", slug="hips"))) | {"author": ""}
    assert add(client, form, **JSON).json()["success"]
    article = ArticlePage.objects.get(slug="hips")
    assert article.author is None
    assert client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).status_code == 200
    preview = reverse("wagtailadmin_pages:view_draft", args=[article.pk])
    assert client.get(preview).status_code == 200


def test_an_author_is_needed_to_publish(client: Client, editor: User) -> None:
    article = make_article(live=False, author=None)
    revision = article.save_revision(user=editor, clean=False)
    client.force_login(editor)
    form = form_of(client, article) | {"author": "", "action-publish": "action-publish"}
    page = send(client, article, form).content.decode()
    assert "No one is named as author" in page
    assert not ArticlePage.objects.get(pk=article.pk).live
    with pytest.raises(NotReady, match="No one is named as author"):
        revision.publish(user=editor)


def test_a_new_article_begins_with_whoever_writes_it(client: Client, editor: User) -> None:
    person = make_person("Sam Rivera", account=editor)
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:add", args=["blog", "articlepage", make_topic().pk])
    page = client.get(address)
    assert page.context["form"].initial["author"] == person.pk
    client.force_login(make_user("Owners"))
    assert client.get(address).context["form"].initial["author"] is None


def test_saving_without_a_change_keeps_an_approval(client: Client, editor: User) -> None:
    article = make_article(live=False, reviewer=make_reviewer(), owner=editor, tags=["hips"])
    publish_reviewed(article)
    article.unpublish()
    client.force_login(editor)
    form = form_of(client, article, tags="hips")
    body = article.body.raw_data[0]
    form |= {"body-0-id": body["id"], "body-0-value": form["body-0-value"].replace(
        "The psoas ties.", "The psoas ties the spine to the legs."
    )}  # fmt: skip
    send(client, article, form)
    article = ArticlePage.objects.get(pk=article.pk)
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert "action-publish" in client.get(address).content.decode()
    article.get_latest_revision().publish(user=editor)
    article.refresh_from_db()
    assert article.live


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Psoas, once more"},
        {"summary": "Other words."},
        {"body": [("paragraph", "<p>The psoas unties.</p>")]},
        {"sources": [("source", {"title": "A source", "url": "https://example.org"})]},
    ],
)
def test_other_words_need_another_approval(editor: User, change: dict[str, Any]) -> None:
    article = make_article(live=False, reviewer=make_reviewer(), owner=editor)
    publish_reviewed(article)
    for name, value in change.items():
        setattr(article, name, value)
    with pytest.raises(NotReady, match="hasn’t been approved"):
        article.save_revision(user=editor).publish(user=editor)


def test_the_draft_of_an_expired_article_can_be_saved(client: Client, editor: User) -> None:
    article = make_article(live=False, owner=editor)
    article.expire_at = timezone.now() + timedelta(minutes=2)
    article.save_revision(user=editor).publish()
    later = article.expire_at + timedelta(hours=1)
    publish_scheduled(later)
    ArticlePage.objects.filter(pk=article.pk).update(expire_at=later - timedelta(days=2))
    article = ArticlePage.objects.get(pk=article.pk)
    assert article.expired
    article.save_revision(user=editor)
    client.force_login(editor)
    shown = timezone.localtime(article.expire_at).strftime("%Y-%m-%d %H:%M")
    form = form_of(client, article, title="Next season", expire_at=shown, go_live_at="")
    page = send(client, article, form).content.decode()
    assert "has been updated" in page
    article = ArticlePage.objects.get(pk=article.pk)
    assert article.get_latest_revision().content["title"] == "Next season"
    form = form_of(client, article, title="Next season", expire_at=shown, go_live_at="")
    page = send(client, article, form | {"action-publish": "action-publish"}).content.decode()
    assert re.search(r"This page came down on .* Choose a later end", page)
    assert not ArticlePage.objects.get(pk=article.pk).live


def test_a_new_article_is_kept_before_it_has_a_title(client: Client, editor: User) -> None:
    client.force_login(editor)
    new = ArticlePage(title="", slug="", summary="The first words.")
    for _time in range(2):
        form = nested_form_data(fields(new)) | {"author": ""}
        saved = add(client, form, **JSON).json()
        article = ArticlePage.objects.get(pk=saved["pk"])
        assert (article.title, article.summary) == ("Untitled", "The first words.")
    assert "The article has no title yet." in [
        problem.message for problem in blockers_of(article)
    ], "readers see none of that name"
    client.post(saved["url"], nested_form_data(fields(article) | {"title": "Hips", "author": ""}))
    client.post(saved["url"], nested_form_data(fields(article) | {"title": "", "author": ""}))
    article.refresh_from_db()
    assert article.get_latest_revision().content["title"] == "Hips", "nothing is taken away"
