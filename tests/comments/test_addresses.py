"""The address behind a comment: encrypted, found without reading, deleted on time."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.sending import send_due_emails
from comments import signed_links
from comments.actions.addresses import NotSubscribed, confirm_reply_emails, unsubscribe_from_replies
from comments.actions.by_commenter import erase
from comments.actions.decisions import approve, mark_spam, reject
from comments.actions.retention import delete_due
from comments.actions.staff_replies import reply_as_staff
from comments.actions.undo import undo
from comments.models import UNDO_FOR, Comment, Commenter
from tests.comments.factories import ADDRESS, confirmed, emails_saying, make_comment, make_rules


def test_the_database_holds_no_address_that_can_be_read(article: ArticlePage) -> None:
    make_comment(article)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM comments_commenter")
        assert "canary" not in str(cursor.fetchall())
    assert Commenter.objects.get().email == ADDRESS


def test_the_email_with_the_private_link_leaves_no_address_behind(
    article: ArticlePage, staff: User, settings: Settings
) -> None:
    """It is nowhere in plain while the email waits, and nowhere at all once it has left."""
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    comment = make_comment(article, wants_link=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM mail_outgoingemail")
        assert "canary" not in str(cursor.fetchall())
    approve(comment, by=staff)
    assert send_due_emails()
    assert not Commenter.objects.exists()
    assert {email.to for email in OutgoingEmail.objects.all()} == {""}


def test_nothing_can_be_searched_in_what_is_encrypted() -> None:
    with pytest.raises(FieldError):
        Commenter.objects.filter(email=ADDRESS)


def test_the_same_person_is_found_however_the_address_is_written(article: ArticlePage) -> None:
    make_comment(article, email="Canary@Reader.example")
    assert Commenter.objects.of_address(ADDRESS).count() == 1
    assert not Commenter.objects.of_address("other@reader.example").exists()


def test_keys_can_be_changed(article: ArticlePage, settings: Settings) -> None:
    settings.ENCRYPTION_KEYS = ["old"]
    make_comment(article)
    settings.ENCRYPTION_KEYS = ["new", "old"]
    assert Commenter.objects.of_address(ADDRESS).count() == 1
    call_command("rotate_keys")
    settings.ENCRYPTION_KEYS = ["new"]
    assert Commenter.objects.of_address(ADDRESS).get().email == ADDRESS


@pytest.mark.parametrize("decide", [approve, reject, mark_spam])
def test_an_address_nobody_needs_goes_with_the_decision(
    article: ArticlePage, staff: User, decide: object
) -> None:
    comment = make_comment(article)
    decide(comment, by=staff)  # type: ignore[operator]
    assert not Commenter.objects.exists()


def test_who_wants_replies_keeps_it_only_once_confirmed(article: ArticlePage, staff: User) -> None:
    silent = make_comment(article, wants_replies=True, email="silent@reader.example")
    heard = confirmed(make_comment(article, wants_replies=True))
    approve(silent, by=staff)
    approve(heard, by=staff)
    delete_due(timezone.now() + timedelta(days=8))
    assert [commenter.email for commenter in Commenter.objects.all()] == [ADDRESS]
    delete_due(timezone.now() + timedelta(days=366))
    assert not Commenter.objects.exists()


def test_the_days_are_those_of_the_rules(article: ArticlePage) -> None:
    make_rules(keep_address_days=10)
    commenter = confirmed(make_comment(article, wants_replies=True)).commenter
    commenter.refresh_from_db()
    assert timedelta(days=9) < commenter.delete_at - timezone.now() <= timedelta(days=10)


def test_a_refused_address_outlives_only_the_time_of_undo(
    article: ArticlePage, staff: User
) -> None:
    reject(confirmed(make_comment(article, wants_replies=True)), by=staff)
    assert Commenter.objects.exists()
    delete_due(timezone.now() + UNDO_FOR)
    assert not Commenter.objects.exists()


def test_refused_words_are_erased_on_time(article: ArticlePage, staff: User) -> None:
    make_rules(keep_refused_days=5)
    comment = make_comment(article)
    reject(comment, by=staff)
    delete_due(timezone.now() + timedelta(days=4))
    comment.refresh_from_db()
    assert comment.text
    delete_due(timezone.now() + timedelta(days=6))
    comment.refresh_from_db()
    assert (comment.state, comment.name, comment.text) == ("erased", "", "")


def test_an_answer_is_told_to_one_person_with_a_way_to_stop(
    article: ArticlePage, staff: User
) -> None:
    comment = confirmed(make_comment(article, wants_replies=True))
    approve(comment, by=staff)
    reply_as_staff(comment, text="Yes.", name="Sam", idempotency_key="r", by=staff)
    (email,) = emails_saying("A reply to your comment")
    assert email.to == ADDRESS
    assert email.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert email.headers["List-Unsubscribe"].startswith("<http")
    for words in (email.text, email.html, str(email.headers), email.subject):
        assert "canary" not in words


def test_nobody_is_told_before_the_address_is_confirmed(article: ArticlePage, staff: User) -> None:
    comment = make_comment(article, wants_replies=True)
    approve(comment, by=staff)
    reply_as_staff(comment, text="Yes.", name="Sam", idempotency_key="r", by=staff)
    assert not emails_saying("A reply to your comment")


def test_an_approval_that_is_undone_tells_nobody_and_again_tells_once(
    article: ArticlePage, staff: User
) -> None:
    comment = confirmed(make_comment(article, wants_replies=True))
    approve(comment, by=staff)
    answer = make_comment(article, parent_id=comment.pk, email="sam@reader.example")
    approve(answer, by=staff)
    undo(answer, by=staff)
    assert not emails_saying("A reply to your comment")
    approve(answer, by=staff)
    assert len(emails_saying("A reply to your comment")) == 1


def test_nobody_is_told_of_their_own_answer(article: ArticlePage, staff: User) -> None:
    comment = confirmed(make_comment(article, wants_replies=True))
    approve(comment, by=staff)
    approve(make_comment(article, parent_id=comment.pk), by=staff)
    assert not emails_saying("A reply to your comment")


def test_unsubscribing_deletes_the_address_and_twice_is_no_error(
    article: ArticlePage, staff: User
) -> None:
    comment = confirmed(make_comment(article, wants_replies=True))
    approve(comment, by=staff)
    reply_as_staff(comment, text="Yes.", name="Sam", idempotency_key="r", by=staff)
    token = signed_links.unsubscription(comment.commenter.pk)
    for _time in range(2):
        unsubscribe_from_replies(token)
    assert not Commenter.objects.exists()
    assert not emails_saying("A reply to your comment"), "what has not left does not leave"
    with pytest.raises(NotSubscribed):
        unsubscribe_from_replies(token + "x")


def test_a_confirmation_has_an_end(article: ArticlePage) -> None:
    token = signed_links.confirmation(make_comment(article, wants_replies=True).commenter.pk)
    with (
        time_machine.travel(timezone.now() + timedelta(days=8)),
        pytest.raises(NotSubscribed),
    ):
        confirm_reply_emails(token)
    for wrong in ("", "1", "x:y:z", "\0"):
        with pytest.raises(NotSubscribed):
            confirm_reply_emails(wrong)


def test_an_erased_comment_leaves_nothing_but_its_place(article: ArticlePage, staff: User) -> None:
    comment = confirmed(make_comment(article, wants_replies=True, wants_link=True))
    approve(comment, by=staff)
    answer = make_comment(article, parent_id=comment.pk)
    assert OutgoingEmail.objects.filter(subject_ref=f"comment {comment.pk}").exists()
    erase(comment)
    assert not Commenter.objects.filter(comment=comment).exists()
    assert not OutgoingEmail.objects.filter(subject_ref=f"comment {comment.pk}").exists()
    answer.refresh_from_db()
    assert answer.parent_id == comment.pk
    assert Comment.objects.filter(pk=comment.pk, name="", text="", idempotency_key=None).exists()


def test_no_address_is_in_any_link(article: ArticlePage) -> None:
    make_comment(article, wants_replies=True, wants_link=True)
    for email in OutgoingEmail.objects.all():
        assert "canary" not in email.text + email.html
