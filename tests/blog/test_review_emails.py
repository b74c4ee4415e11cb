"""What is told about a review, by email and in the editor, is true and can be opened."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic_site.accounts.models import User
from clinic_site.clinic.models.people import Person
from tests.blog.editor_form import APPROVE, REJECT, form_of, send, waiting_for
from tests.factories import make_article, make_reviewer, make_user
from tests.outbox import emails_to


@pytest.fixture
def editor(clinic: None) -> User:
    return make_user("Editors", first_name="Sam", last_name="Rivera")


@pytest.fixture
def reviewer(clinic: None) -> Person:
    return make_reviewer()


@pytest.mark.slow
def test_the_editor_reads_what_the_reviewer_wants_changed(
    client: Client, editor: User, reviewer: Person
) -> None:
    article = waiting_for(reviewer, editor, client)
    client.force_login(reviewer.account)
    send(client, article, form_of(client, article) | REJECT)
    email = emails_to(editor.email).get()
    assert email.subject == "Changes requested: Psoas? So What?!"
    assert "Name your source." in email.text
    for words in (email.text, email.html):
        assert "reject" not in words
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert address in email.text
    page = client.get(address).content.decode()
    assert page.index("Name your source.") < page.index('name="title"'), "at the top"
    send(client, article, form_of(client, article) | {"action-submit": "1"})
    client.force_login(reviewer.account)
    assert "Name your source." not in client.get(address).content.decode()


@pytest.mark.slow
def test_what_the_email_about_an_approval_says_is_true(
    client: Client, editor: User, reviewer: Person
) -> None:
    article = waiting_for(reviewer, editor, client)
    client.force_login(reviewer.account)
    send(client, article, form_of(client, article) | APPROVE)
    email = emails_to(editor.email).get()
    assert email.subject == "Approved: Psoas? So What?!"
    assert "It’s published." in email.text
    assert article.full_url in email.text
    assert client.get(article.url).status_code == 200


def test_the_email_about_a_scheduled_article_does_not_say_that_it_is_published(
    client: Client, editor: User, reviewer: Person
) -> None:
    article = make_article(live=False, reviewer=reviewer, owner=editor)
    article.go_live_at = timezone.now() + timedelta(days=2)
    article.save_revision(user=editor)
    article.get_workflow().start(article, editor)
    state = article.current_workflow_task_state
    state.task.specific.on_action(state, reviewer.account, "approve")
    email = emails_to(editor.email).get()
    assert "It will be published automatically on" in email.text
    assert article.full_url not in email.text
    client.force_login(editor)
    address = reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert address in email.text
    assert client.get(address).status_code == 200
