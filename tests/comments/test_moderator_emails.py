"""Moderators are told what waits: at once with its words, or each morning how much."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from comments.actions.by_commenter import edit_comment, erase
from comments.actions.decisions import approve, redact, reject_edit
from comments.actions.retention import send_digest
from comments.models import Comment
from tests.comments.factories import ADDRESS, make_comment, make_rules
from tests.factories import make_user
from tests.outbox import emails_with


@pytest.fixture
def comment(article: ArticlePage) -> Comment:
    make_rules(notify_email="moderators@clinic.example")
    return make_comment(article, name="Jo", text="Something private.")


def latest_email() -> OutgoingEmail:
    email = OutgoingEmail.objects.order_by("-pk")[0]
    assert email.to == "moderators@clinic.example"
    assert ADDRESS not in email.subject + email.text + email.html
    for quoted in ("Something", "Jo"):
        assert quoted not in email.subject
    return email


def test_an_email_at_once_has_the_words_and_why_they_are_held(comment: Comment) -> None:
    email = latest_email()
    for body in (email.text, email.html):
        assert "Jo wrote this about" in body
        assert "Something private." in body
        assert "You read every comment before it appears." in body


@pytest.mark.parametrize("decision", ["approve", "reject", "spam"])
def test_its_links_lead_to_a_page_with_one_button_and_decide_nothing(
    comment: Comment, client: Client, decision: str
) -> None:
    email = latest_email()
    link = f"/admin/comments/{comment.pk}/decide/?decision={decision}&version=1"
    assert link in email.text
    assert link.replace("&", "&amp;") in email.html
    assert client.get(link)["Location"].startswith("/admin/login/")
    client.force_login(make_user("Moderators"))
    page = BeautifulSoup(client.get(link).content, "html.parser").select_one("main form")
    assert page is not None
    [button] = page.select("button")
    assert button["value"] == decision
    comment.refresh_from_db()
    assert comment.state == Comment.State.PENDING
    sent = {"decision": decision, "version": "1"}
    assert client.post(f"/admin/comments/{comment.pk}/decide/", sent).status_code == 302
    comment.refresh_from_db()
    assert comment.state != Comment.State.PENDING


def test_a_link_of_yesterday_says_how_it_stands(
    comment: Comment, client: Client, staff: User
) -> None:
    approve(comment, by=staff)
    client.force_login(staff)
    link = f"/admin/comments/{comment.pk}/decide/?decision=reject&version=1"
    answer = client.get(link, follow=True)
    assert answer.redirect_chain[-1][0] == f"/admin/comments/{comment.pk}/"
    assert "Nothing was done." in answer.content.decode()


@pytest.mark.parametrize("query", ["", "?decision=x", "?decision=approve", "?version=1"])
def test_an_address_that_says_no_decision_leads_on(
    comment: Comment, client: Client, query: str
) -> None:
    client.force_login(make_user("Moderators"))
    assert client.get(f"/admin/comments/{comment.pk}/decide/{query}").status_code == 302


def test_the_email_is_forgotten_with_the_comment(comment: Comment) -> None:
    erase(comment)
    assert not emails_with("Something private.")


def test_an_email_about_a_change_says_that_the_approved_words_stay(
    comment: Comment, staff: User
) -> None:
    approve(comment, by=staff)
    edit_comment(comment, text="Something private, again.")
    email = latest_email()
    assert "The version you approved stays up" in email.text
    assert "Something private, again." in email.text


def test_the_email_of_the_morning_says_how_much_waits_and_since_when(
    comment: Comment, article: ArticlePage, staff: User
) -> None:
    make_rules(notify="daily")
    changed = make_comment(article)
    approve(changed, by=staff)
    edit_comment(changed, text="Other words.")
    Comment.objects.filter(pk=make_comment(article).pk).update(spam_score=0.95)
    send_digest(timezone.now())
    text = latest_email().text
    for words in (
        "2 comments are waiting to be read.",
        "1 of them is an edit to an approved comment.",
        "The oldest has been waiting for 0",
        "1 more looks like spam",
        "/admin/comments/\n",
    ):
        assert words in text


def test_there_is_no_email_when_nothing_waits_or_nobody_wants_one(
    comment: Comment, staff: User
) -> None:
    OutgoingEmail.objects.all().delete()
    send_digest(timezone.now())  # they are told at once
    make_rules(notify="daily")
    approve(comment, by=staff)
    send_digest(timezone.now())
    assert not OutgoingEmail.objects.exists()


def test_words_that_are_removed_stand_in_no_email_either(comment: Comment, staff: User) -> None:
    assert "Something private." in latest_email().text
    redact(comment, text="Something […].", by=staff)
    assert not emails_with("private")


def test_nor_do_those_of_an_edit_that_is_rejected(comment: Comment, staff: User) -> None:
    approve(comment, by=staff)
    edit_comment(comment, text="Something else, and nobody’s business.")
    assert "nobody’s business" in latest_email().text
    reject_edit(comment, by=staff)
    assert not emails_with("business")
