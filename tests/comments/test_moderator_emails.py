"""Moderators are told what waits, at once or each morning; an email quotes nobody."""

import pytest
from django.utils import timezone

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingMail
from comments.actions.by_commenter import edit_comment
from comments.actions.decisions import approve
from comments.actions.retention import send_digest
from comments.models import Comment
from tests.comments.factories import ADDRESS, make_comment, make_rules


@pytest.fixture
def comment(article: ArticlePage) -> Comment:
    make_rules(notify_email="moderators@clinic.example")
    return make_comment(article, name="Jo", text="Something private.")


def latest_mail() -> OutgoingMail:
    mail = OutgoingMail.objects.order_by("-pk")[0]
    assert mail.to == "moderators@clinic.example"
    for quoted in ("Something private.", ADDRESS, "Jo,"):
        assert quoted not in mail.subject + mail.text + mail.html
    return mail


def test_an_email_at_once_leads_to_the_comment(comment: Comment) -> None:
    mail = latest_mail()
    assert f"/admin/comments/{comment.pk}/" in mail.text
    assert f"/admin/comments/{comment.pk}/" in mail.html
    assert "Opening the page doesn’t approve anything." in mail.html


def test_an_email_about_a_change_says_that_the_approved_words_stay(
    comment: Comment, staff: User
) -> None:
    approve(comment, by=staff)
    edit_comment(comment, text="Something private, again.")
    assert "The version you approved stays up" in latest_mail().text


def test_the_email_of_the_morning_says_how_much_waits_and_since_when(
    comment: Comment, article: ArticlePage, staff: User
) -> None:
    make_rules(notify="daily")
    changed = make_comment(article)
    approve(changed, by=staff)
    edit_comment(changed, text="Other words.")
    Comment.objects.filter(pk=make_comment(article).pk).update(spam_score=0.95)
    send_digest(timezone.now())
    text = latest_mail().text
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
    OutgoingMail.objects.all().delete()
    send_digest(timezone.now())  # they are told at once
    make_rules(notify="daily")
    approve(comment, by=staff)
    send_digest(timezone.now())
    assert not OutgoingMail.objects.exists()
