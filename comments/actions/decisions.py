"""What moderators do with a comment."""

from django.db import transaction
from django.utils import timezone

from clinic_site.accounts.models import User
from comments import emails
from comments.actions.addresses import cancel_notices, delete_address_if_unneeded, notify_of_reply
from comments.actions.learning import learn
from comments.actions.transitions import EventType, InvalidTransition, State, change_comment
from comments.models import UNDO_FOR, Comment, CommentEdit, Commenter, CommentEvent, UndoSnapshot
from comments.models.state import CommentState
from comments.moderation import confusables

MODERATED = {State.PENDING, State.APPROVED, State.REJECTED, State.SPAM}


@transaction.atomic
def approve(comment: Comment, *, by: User) -> None:
    """Publish the comment, and tell who waits for answers to what it answers.

    Raises InvalidTransition or StaleComment, changing nothing; so do all of these.
    """
    _decide(comment, State.APPROVED, EventType.APPROVED, by)
    learn(comment, "fine")
    notify_of_reply(comment)
    delete_address_if_unneeded(comment)


@transaction.atomic
def reject(comment: Comment, *, by: User) -> None:
    """Refuse the comment. Its writer is trusted no more."""
    _refuse(comment, State.REJECTED, EventType.REJECTED, by)
    learn(comment, "")


@transaction.atomic
def mark_spam(comment: Comment, *, by: User) -> None:
    """Refuse the comment, and learn from it. Its writer is trusted no more."""
    _refuse(comment, State.SPAM, EventType.SPAM, by)
    learn(comment, "spam")


@transaction.atomic
def requeue(comment: Comment, *, by: User) -> None:
    """Put a comment back in the queue, however long ago it was decided.

    While other words of it wait, those are decided first: that is InvalidTransition.
    """
    if CommentEdit.objects.filter(comment=comment).exists():
        raise InvalidTransition
    _decide(comment, State.PENDING, EventType.REQUEUED, by)
    learn(comment, "")
    cancel_notices(comment)


def _decide(comment: Comment, to: CommentState, event_type: EventType, by: User) -> CommentEvent:
    if comment.state not in MODERATED or comment.state == to:
        raise InvalidTransition
    pending = to == State.PENDING
    return change_comment(
        comment,
        event_type,
        by=by,
        to=to,
        decided_at=None if pending else timezone.now(),
        decided_by=None if pending else by,
    )


def _refuse(comment: Comment, to: CommentState, event_type: EventType, by: User) -> None:
    event = _decide(comment, to, event_type, by)
    _keep(event, comment)
    CommentEdit.objects.filter(comment=comment).delete()
    cancel_notices(comment)
    withdraw_trust(comment)
    delete_address_if_unneeded(comment)


def withdraw_trust(comment: Comment) -> None:
    """Trust nobody any more who gave the address of this comment."""
    writer = Commenter.objects.filter(comment=comment).first()
    if writer is not None:
        Commenter.objects.same_person_as(writer).update(trust_withdrawn=True)


@transaction.atomic
def approve_edit(comment: Comment, *, by: User) -> None:
    """Show the words that wait in place of those that stand."""
    edit = _edit_of(comment)
    before = _snapshot(comment)
    taught = comment.learned_as
    learn(comment, "")
    event = change_comment(
        comment,
        EventType.EDIT_APPROVED,
        by=by,
        text=edit.text,
        digest=confusables.digest(edit.text),
        redacted=False,
    )
    _keep(event, before)
    edit.delete()
    learn(comment, taught)


@transaction.atomic
def reject_edit(comment: Comment, *, by: User) -> None:
    """Leave the words as they stand. The writer of the edit is trusted no more."""
    edit = _edit_of(comment)
    event = change_comment(comment, EventType.EDIT_REJECTED, by=by)
    _keep(event, comment)
    edit.delete()
    emails.forget_words(comment)
    withdraw_trust(comment)


def _edit_of(comment: Comment) -> CommentEdit:
    edit = CommentEdit.objects.filter(comment=comment).first()
    if edit is None or comment.state != State.APPROVED:
        raise InvalidTransition
    return edit


@transaction.atomic
def redact(comment: Comment, *, text: str, by: User) -> None:
    """Show `text`, in which parts of the comment are left out, from now on.

    What stood there is kept as long as this can be undone, no longer.
    """
    if comment.state not in MODERATED or not text.strip() or text == comment.text:
        raise InvalidTransition
    before = _snapshot(comment)
    taught = comment.learned_as
    learn(comment, "")
    event = change_comment(
        comment,
        EventType.REDACTED,
        by=by,
        text=text,
        digest=confusables.digest(text),
        redacted=True,
    )
    _keep(event, before)
    emails.forget_words(comment)
    learn(comment, taught)


def _snapshot(comment: Comment) -> Comment:
    return Comment(pk=comment.pk, text=comment.text, redacted=comment.redacted)


def _keep(event: CommentEvent, before: Comment) -> None:
    """Keep for the time of undo what `event` removes: words, and an edit that waited."""
    edit = CommentEdit.objects.filter(comment=before.pk).first()
    UndoSnapshot.objects.create(
        event=event,
        text=before.text,
        was_redacted=before.redacted,
        edit_text=edit.text if edit else "",
        edit_held_for=edit.held_for if edit else [],
        delete_at=event.at + UNDO_FOR,
    )
