"""Each decision is taken once, noted without names, and can be taken back for some minutes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from comments.actions.by_commenter import (
    LinkExpired,
    comment_of_link,
    edit_comment,
    erase,
    new_link,
    rotate_link,
    withdraw,
)
from comments.actions.decisions import (
    approve,
    approve_edit,
    mark_spam,
    redact,
    reject,
    reject_edit,
    requeue,
)
from comments.actions.retention import delete_due
from comments.actions.staff_replies import reply_as_staff
from comments.actions.submission import submit_comment
from comments.actions.transitions import InvalidTransition, StaleComment, UndoExpired
from comments.actions.undo import undo, undoable
from comments.models import (
    UNDO_FOR,
    Comment,
    CommentEdit,
    CommentEvent,
    PrivateLink,
    SpamToken,
    UndoSnapshot,
)
from comments.queue import waiting_counts
from tests.comments.factories import ADDRESS, make_comment
from tests.factories import make_article, make_clinic, make_user
from tests.threads import at_once

AT_ONCE = 20


def test_every_change_is_one_line_of_history(article: ArticlePage, staff: User) -> None:
    comment = make_comment(article)
    approve(comment, by=staff)
    undo(comment, by=staff)
    mark_spam(comment, by=staff)
    lines = comment.events.values_list("event_type", "from_state", "to_state", "by")
    assert list(lines) == [
        ("submitted", "", "pending", None),
        ("approved", "pending", "approved", staff.pk),
        ("undone", "approved", "pending", staff.pk),
        ("spam", "pending", "spam", staff.pk),
    ]


def test_history_is_never_rewritten(article: ArticlePage) -> None:
    event = make_comment(article).events.get()
    with pytest.raises(TypeError):
        event.save()


@pytest.mark.parametrize("decide", [approve, reject, mark_spam])
def test_a_decision_is_undone_for_some_minutes(
    article: ArticlePage, staff: User, decide: Callable[..., None]
) -> None:
    comment = make_comment(article)
    decide(comment, by=staff)
    assert undoable(comment, timezone.now())
    undo(comment, by=staff)
    assert (comment.state, comment.decided_at) == ("pending", None)
    with pytest.raises(UndoExpired):
        undo(comment, by=staff)


def test_after_that_it_stands(article: ArticlePage, staff: User) -> None:
    comment = make_comment(article)
    approve(comment, by=staff)
    with time_machine.travel(timezone.now() + UNDO_FOR), pytest.raises(UndoExpired):
        undo(comment, by=staff)


def test_a_redaction_keeps_the_words_no_longer_than_undo(article: ArticlePage, staff: User) -> None:
    comment = make_comment(article, text="Call me on 555-0100.")
    redact(comment, text="Call me on […].", by=staff)
    assert (comment.text, comment.redacted) == ("Call me on […].", True)
    delete_due(timezone.now())
    assert UndoSnapshot.objects.exists()
    undo(comment, by=staff)
    assert (comment.text, comment.redacted) == ("Call me on 555-0100.", False)
    redact(comment, text="Call me on […].", by=staff)
    delete_due(timezone.now() + UNDO_FOR)
    assert not UndoSnapshot.objects.exists()


def test_an_edit_waits_and_the_approved_words_stay(article: ArticlePage, staff: User) -> None:
    comment = make_comment(article, text="First words.")
    approve(comment, by=staff)
    edit_comment(comment, text="Second words.")
    assert (comment.state, comment.text) == ("approved", "First words.")
    assert waiting_counts().edits == 1
    reject_edit(comment, by=staff)
    assert comment.text == "First words."
    undo(comment, by=staff)
    approve_edit(Comment.objects.get(), by=staff)
    comment.refresh_from_db()
    assert comment.text == "Second words."
    undo(comment, by=staff)
    assert comment.text == "First words."
    assert comment.edit.text == "Second words."


def test_other_words_that_wait_are_decided_before_anything_else(
    article: ArticlePage, staff: User
) -> None:
    comment = make_comment(article)
    approve(comment, by=staff)
    edit_comment(comment, text="Second words.")
    with pytest.raises(InvalidTransition):
        requeue(comment, by=staff)
    mark_spam(comment, by=staff)
    assert not CommentEdit.objects.exists()


def test_an_edit_of_a_pending_comment_is_read_in_its_place(article: ArticlePage) -> None:
    comment = make_comment(article)
    edit_comment(comment, text="Better words.")
    assert (comment.state, comment.text) == ("pending", "Better words.")
    assert not CommentEdit.objects.exists()


def test_a_decision_on_words_that_were_edited_meanwhile_is_refused(
    article: ArticlePage, staff: User
) -> None:
    seen = make_comment(article)
    edit_comment(Comment.objects.get(), text="Something nobody has read.")
    with pytest.raises(StaleComment):
        approve(seen, by=staff)


@pytest.mark.parametrize("decide", [reject, mark_spam])
def test_what_is_refused_or_withdrawn_cannot_be_edited(
    article: ArticlePage, staff: User, decide: Callable[..., None]
) -> None:
    comment = make_comment(article)
    decide(comment, by=staff)
    with pytest.raises(InvalidTransition):
        edit_comment(comment, text="Again.")


def test_what_is_withdrawn_or_erased_cannot_be_approved(article: ArticlePage, staff: User) -> None:
    withdrawn, erased = make_comment(article), make_comment(article)
    withdraw(withdrawn)
    erase(erased)
    for comment in (withdrawn, erased):
        with pytest.raises(InvalidTransition):
            approve(comment, by=staff)


def test_staff_answer_once_and_only_what_is_approved(article: ArticlePage, staff: User) -> None:
    comment = make_comment(article)
    with pytest.raises(InvalidTransition):
        reply_as_staff(comment, text="Yes.", name="Sam", idempotency_key="r", by=staff)
    approve(comment, by=staff)
    for _time in range(2):
        answer = reply_as_staff(comment, text="Yes.", name="Sam", idempotency_key="r", by=staff)
    assert (answer.is_staff, answer.state, answer.parent_id) == (True, "approved", comment.pk)
    assert Comment.objects.count() == 2


def test_a_private_link_is_kept_as_a_hash_and_a_new_one_ends_it(article: ArticlePage) -> None:
    comment = make_comment(article, wants_link=True)
    old = new_link(comment)
    assert old not in str(PrivateLink.objects.values())
    new = rotate_link(old)
    assert comment_of_link(new) == comment
    with pytest.raises(LinkExpired):
        comment_of_link(old)
    with time_machine.travel(timezone.now() + timedelta(days=91)), pytest.raises(LinkExpired):
        comment_of_link(new)
    erase(comment)
    with pytest.raises(LinkExpired):
        comment_of_link(new)


def test_what_is_learned_is_unlearned(article: ArticlePage, staff: User) -> None:
    comment = make_comment(article, text="cheap pills")
    mark_spam(comment, by=staff)
    assert SpamToken.objects.get(token="").spam == 1
    undo(comment, by=staff)
    approve(comment, by=staff)
    redact(comment, text="[…]", by=staff)
    erase(comment)
    assert set(SpamToken.objects.values_list("spam", "fine")) == {(0, 0)}
    assert not SpamToken.objects.filter(token__contains="pill").exists()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_twenty_identical_comments_at_once_are_one_with_one_mail() -> None:
    make_clinic()
    article = make_article()
    said = {"name": "Priya", "email": ADDRESS, "text": "Hello", "idempotency_key": "one"}
    found = at_once(lambda: submit_comment(article, **said).pk)
    assert len(set(found)) == 1
    assert Comment.objects.count() == CommentEvent.objects.count() == 1
    assert OutgoingEmail.objects.count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_twenty_decisions_at_once_one_counts() -> None:
    make_clinic()
    article, staff = make_article(), make_user("Moderators")
    assert isinstance(staff, User)
    pk = make_comment(article).pk

    def decide() -> bool:
        try:
            mark_spam(Comment(pk=pk, page=article, state="pending", version=1), by=staff)
        except StaleComment:
            return False
        return True

    assert sum(map(bool, at_once(decide))) == 1
    assert CommentEvent.objects.filter(event_type="spam").count() == 1
    assert SpamToken.objects.get(token="").spam == 1
