"""However often and from wherever a decision arrives, it is taken once and the newest stands."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, TaskState
from wagtail.test.utils.form_data import nested_form_data

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from clinic_site.clinic.models.people import Person
from tests.blog.editor_form import APPROVE, JSON, REJECT, fields, form_of, send, waiting_for
from tests.factories import make_article, make_clinic, make_reviewer, make_topic, make_user
from tests.outbox import emails_to
from tests.threads import all_at_once

pytestmark = pytest.mark.slow


@pytest.fixture
def editor(clinic: None) -> User:
    return make_user("Editors", first_name="Sam", last_name="Rivera")


@pytest.fixture
def reviewer(clinic: None) -> Person:
    return make_reviewer()


def state_of(article: Page) -> tuple[Any, ...]:
    article = ArticlePage.objects.get(pk=article.pk)
    revisions = list(article.revisions.values_list("pk", flat=True))
    tasks = list(TaskState.objects.values_list("pk", "status"))
    return article.live, article.live_revision_id, article.latest_revision_id, revisions, tasks


def test_an_approval_that_arrives_again_changes_nothing(
    client: Client, editor: User, reviewer: Person
) -> None:
    article = waiting_for(reviewer, editor, client)
    client.force_login(reviewer.account)
    form = form_of(client, article) | APPROVE
    first = send(client, article, form).content.decode()
    assert "You approved “Psoas? So What?!”. Readers can see it now." in first
    assert "permission" not in first
    approved = state_of(article)
    assert approved[0], "it is live"
    assert send(client, article, form, **JSON).status_code in (400, 403)  # as a late autosave
    assert "Readers can see it now" in send(client, article, form).content.decode()
    client.force_login(editor)
    late = send(client, article, form, **JSON)
    assert (late.status_code, late.json()["success"]) == (400, False)
    send(client, article, form)
    assert state_of(article) == approved


def test_asking_for_changes_twice_asks_once(client: Client, editor: User, reviewer: Person) -> None:
    article = waiting_for(reviewer, editor, client)
    client.force_login(reviewer.account)
    form = form_of(client, article) | REJECT
    for _arrival in range(2):
        page = send(client, article, form).content.decode()
        assert "You asked for changes to “Psoas? So What?!”. Sam Rivera gets" in page
        assert "permission" not in page
    assert TaskState.objects.filter(status="rejected").count() == 1


def test_a_late_approval_does_not_overrule_a_newer_decision(
    client: Client, editor: User, reviewer: Person
) -> None:
    article = waiting_for(reviewer, editor, client)
    client.force_login(reviewer.account)
    approve, reject = (form_of(client, article) | action for action in (APPROVE, REJECT))
    send(client, article, reject)
    asked = state_of(article)
    assert "already decided" in send(client, article, approve).content.decode()
    assert state_of(article) == asked
    client.force_login(editor)
    form = form_of(client, article, title="Psoas, with a source")
    send(client, article, form | {"action-submit": "1"})
    sent_again = state_of(article)
    client.force_login(reviewer.account)
    send(client, article, approve)
    assert state_of(article) == sent_again, "what she had read was another version"


def test_an_answer_from_the_dashboard_ends_there_with_a_sentence(
    client: Client, editor: User, reviewer: Person
) -> None:
    article = waiting_for(reviewer, editor, client)
    client.force_login(reviewer.account)
    task = article.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", task.pk])
    for _press in range(2):
        answer = client.post(address, {"next": "/admin/"}, follow=True)
        assert answer.redirect_chain == [("/admin/", 302)]
        assert "You approved “Psoas? So What?!”" in answer.content.decode()
        assert "permission" not in answer.content.decode()
    assert TaskState.objects.filter(status="approved").count() == 1


def test_publishing_twice_publishes_once(client: Client, editor: User) -> None:
    article = make_article(live=False, owner=editor)
    article.save_revision(user=editor)
    client.force_login(editor)
    form = form_of(client, article) | {"action-publish": "action-publish"}
    send(client, article, form)
    published = state_of(article)
    assert published[0]
    assert "is saved as you sent it" in send(client, article, form).content.decode()
    assert state_of(article) == published


def test_an_old_tab_does_not_publish_what_was_withdrawn(client: Client, editor: User) -> None:
    article = make_article(live=False, owner=editor)
    article.save_revision(user=editor).publish()
    client.force_login(editor)
    old_tab = form_of(client, article) | {"action-publish": "action-publish"}
    client.post(reverse("wagtailadmin_pages:unpublish", args=[article.pk]))
    page = send(client, article, old_tab).content.decode()
    assert "Something was decided about this page since you opened it" in page
    assert not ArticlePage.objects.get(pk=article.pk).live


def test_who_saves_over_a_newer_version_is_told_whose_it_is(client: Client, editor: User) -> None:
    article = make_article(live=False, owner=editor)
    article.save_revision(user=editor)
    other = make_user("Owners")
    client.force_login(other)
    mine = form_of(client, article, title="Mine")
    seen = mine["loaded_revision_id"]
    client.force_login(editor)
    send(client, article, form_of(client, article, title="Sam's"))
    client.force_login(other)
    answer = send(client, article, mine)
    page = answer.content.decode()
    assert "Sam Rivera saved a newer version (" in page
    assert 'value="Mine"' in page, "what was typed is kept"
    newest = ArticlePage.objects.get(pk=article.pk).get_latest_revision()
    compare = reverse("wagtailadmin_pages:revisions_compare", args=[article.pk, seen, newest.pk])
    assert compare in page
    assert client.get(compare).status_code == 200
    assert newest.as_object().title == "Sam's"
    knowing = mine | {
        "loaded_revision_id": str(newest.pk),
        "loaded_revision_created_at": newest.created_at.isoformat(),
    }
    assert f'name="loaded_revision_id" value="{newest.pk}"' in page
    send(client, article, knowing)
    newest = ArticlePage.objects.get(pk=article.pk).get_latest_revision()
    assert newest.as_object().title == "Mine"


def test_a_new_page_whose_form_arrives_twice_is_made_once(client: Client, editor: User) -> None:
    topic = make_topic()
    client.force_login(editor)
    author = Person.objects.create(name="Robin Alvarez", slug="robin-alvarez")
    address = reverse("wagtailadmin_pages:add", args=["blog", "articlepage", topic.pk])
    opened = client.get(address).content.decode()
    key = re.search(r'name="new_page_key" value="([^"]+)"', opened)
    assert key
    new = ArticlePage(title="Parking", slug="parking", summary="Where.", author=author)
    form = nested_form_data(fields(new)) | {"new_page_key": key[1]}
    publish = form | {"action-publish": "action-publish"}
    assert client.post(address, publish, **JSON).status_code == 400, "no button saves by itself"
    saved = client.post(address, form, **JSON).json()
    page = ArticlePage.objects.get(slug="parking")
    assert saved["pk"] == page.pk
    assert client.post(address, form, **JSON).json()["url"] == saved["url"]
    answer = client.post(address, publish, follow=True)
    assert answer.status_code == 200
    page = ArticlePage.objects.get(slug="parking")
    published = state_of(page)
    assert published[0]
    client.post(address, publish, follow=True)
    assert client.post(address, form, **JSON).status_code == 400
    assert state_of(page) == published


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("again", ["form", "autosave"])
def test_two_answers_at_the_same_instant_publish_once(again: str) -> None:
    make_clinic()
    reviewer, editor, client = make_reviewer(), make_user("Editors"), Client()
    article = waiting_for(reviewer, editor, client)
    client.force_login(reviewer.account)
    form = form_of(client, article) | APPROVE
    second = JSON if again == "autosave" else {}
    actions = [
        lambda: send(client, article, form),
        lambda: send(client, article, form, **second),
    ]
    assert not [answer for answer in all_at_once(actions) if isinstance(answer, Exception)]
    article.refresh_from_db()
    assert (article.live, article.has_unpublished_changes) == (True, False)
    assert article.live_revision_id == article.latest_revision_id
    assert TaskState.objects.filter(status="approved").count() == 1
    assert emails_to(editor.email).count() == 1


def test_a_key_that_is_none_makes_a_page_all_the_same(client: Client, editor: User) -> None:
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:add", args=["blog", "articlepage", make_topic().pk])
    author = Person.objects.create(name="Robin Alvarez", slug="robin-alvarez")
    for number, key in enumerate((str(uuid4()), "no key", "")):
        new = ArticlePage(title="New", slug=f"new-{number}", summary="Where.", author=author)
        form = nested_form_data(fields(new)) | {"new_page_key": key}
        assert client.post(address, form).status_code == 302
    assert ArticlePage.objects.count() == 3
