"""What moderators do with a comment."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from clinic_site.accounts.models import User
from comments.actions.addresses import forget_if_not_needed, notify_of_answer, take_back_notices
from comments.actions.changes import Action, State, TooLate, WrongState, change, note
from comments.actions.learning import learn
from comments.models import UNDO_FOR, Comment, CommentEdit, Commenter, CommentEvent, KeptText
from comments.models.state import CommentState
from comments.moderation import lookalike

MODERATED = {State.PENDING, State.APPROVED, State.REJECTED, State.SPAM}
UNDOABLE = {
    Action.APPROVED,
    Action.REJECTED,
    Action.SPAM,
    Action.REQUEUED,
    Action.REDACTED,
    Action.REPLIED,
    Action.EDIT_APPROVED,
    Action.EDIT_REJECTED,
}


@transaction.atomic
def approve(comment: Comment, *, by: User) -> None:
    """Publish the comment, and tell who waits for answers to what it answers.

    Raises WrongState or DecidedMeanwhile, changing nothing; so do all of these.
    """
    _decide(comment, State.APPROVED, Action.APPROVED, by)
    learn(comment, "fine")
    notify_of_answer(comment)
    forget_if_not_needed(comment)


@transaction.atomic
def reject(comment: Comment, *, by: User) -> None:
    """Refuse the comment. Its writer is trusted no more."""
    _refuse(comment, State.REJECTED, Action.REJECTED, by)
    learn(comment, "")


@transaction.atomic
def mark_spam(comment: Comment, *, by: User) -> None:
    """Refuse the comment, and learn from it. Its writer is trusted no more."""
    _refuse(comment, State.SPAM, Action.SPAM, by)
    learn(comment, "spam")


@transaction.atomic
def requeue(comment: Comment, *, by: User) -> None:
    """Put a comment back in the queue, however long ago it was decided.

    While other words of it wait, those are decided first: that is WrongState.
    """
    if CommentEdit.objects.filter(comment=comment).exists():
        raise WrongState
    _decide(comment, State.PENDING, Action.REQUEUED, by)
    learn(comment, "")
    take_back_notices(comment)


def _decide(comment: Comment, to: CommentState, action: Action, by: User) -> CommentEvent:
    if comment.state not in MODERATED or comment.state == to:
        raise WrongState
    pending = to == State.PENDING
    return change(
        comment,
        action,
        by=by,
        to=to,
        decided_at=None if pending else timezone.now(),
        decided_by=None if pending else by,
    )


def _refuse(comment: Comment, to: CommentState, action: Action, by: User) -> None:
    event = _decide(comment, to, action, by)
    _keep(event, comment)
    CommentEdit.objects.filter(comment=comment).delete()
    take_back_notices(comment)
    withdraw_trust(comment)
    forget_if_not_needed(comment)


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
    taught = comment.learnt_as
    learn(comment, "")
    event = change(
        comment,
        Action.EDIT_APPROVED,
        by=by,
        text=edit.text,
        digest=lookalike.digest(edit.text),
        redacted=False,
    )
    _keep(event, before)
    edit.delete()
    learn(comment, taught)


@transaction.atomic
def reject_edit(comment: Comment, *, by: User) -> None:
    """Leave the words as they stand. The writer of the edit is trusted no more."""
    edit = _edit_of(comment)
    event = change(comment, Action.EDIT_REJECTED, by=by)
    _keep(event, comment)
    edit.delete()
    withdraw_trust(comment)


def _edit_of(comment: Comment) -> CommentEdit:
    edit = CommentEdit.objects.filter(comment=comment).first()
    if edit is None or comment.state != State.APPROVED:
        raise WrongState
    return edit


@transaction.atomic
def redact(comment: Comment, *, text: str, by: User) -> None:
    """Show `text`, in which parts of the comment are left out, from now on.

    What stood there is kept as long as this can be undone, no longer.
    """
    if comment.state not in MODERATED or not text.strip() or text == comment.text:
        raise WrongState
    before = _snapshot(comment)
    taught = comment.learnt_as
    learn(comment, "")
    event = change(
        comment,
        Action.REDACTED,
        by=by,
        text=text,
        digest=lookalike.digest(text),
        redacted=True,
    )
    _keep(event, before)
    learn(comment, taught)


def _snapshot(comment: Comment) -> Comment:
    return Comment(pk=comment.pk, text=comment.text, redacted=comment.redacted)


def _keep(event: CommentEvent, before: Comment) -> None:
    """Keep for the time of undo what `event` removes: words, and an edit that waited."""
    edit = CommentEdit.objects.filter(comment=before.pk).first()
    KeptText.objects.create(
        event=event,
        text=before.text,
        was_redacted=before.redacted,
        edit_text=edit.text if edit else "",
        edit_held_for=edit.held_for if edit else [],
        delete_at=event.at + UNDO_FOR,
    )


@transaction.atomic
def reply_as_staff(
    comment: Comment, *, text: str, name: str, idempotency_key: str, by: User
) -> Comment:
    """Answer an approved comment under the clinic's badge; once for one `idempotency_key`.

    Raises WrongState if the comment is not approved.
    """
    twin = Comment.objects.filter(idempotency_key=idempotency_key).first()
    if twin is not None:
        return twin
    approved = Comment.objects.select_for_update().filter(pk=comment.pk, state=State.APPROVED)
    if not approved.exists():
        raise WrongState
    answer, is_new = Comment.objects.get_or_create(
        idempotency_key=idempotency_key,
        defaults={
            "page_id": comment.page_id,
            "parent": comment,
            "name": name,
            "text": text,
            "digest": lookalike.digest(text),
            "state": State.APPROVED,
            "decided_at": timezone.now(),
            "decided_by": by,
            "is_staff": True,
            "staff_author": by,
        },
    )
    if is_new:
        note(answer, Action.REPLIED, by=by, before="", after=State.APPROVED)
        notify_of_answer(answer)
    return answer


def undoable(comment: Comment, now: datetime) -> CommentEvent | None:
    """Return what `undo` would take back, or None."""
    last = comment.events.order_by("-pk").first()
    if last is None or last.action not in UNDOABLE or last.at + UNDO_FOR <= now:
        return None
    return last


@transaction.atomic
def undo(comment: Comment, *, by: User) -> None:
    """Take back what was last done with the comment, letters included.

    An address that the decision deleted does not come back. Raises TooLate if it is more
    than UNDO_FOR ago or not a moderator's doing, or DecidedMeanwhile.
    """
    event = undoable(comment, timezone.now())
    if event is None:
        raise TooLate
    kept = KeptText.objects.filter(event=event).first()
    to = event.from_state or State.WITHDRAWN  # an answer by the clinic was nothing before
    pending = to == State.PENDING
    learn(comment, "")
    change(
        comment,
        Action.UNDONE,
        by=by,
        to=to,
        undoes=event,
        decided_at=None if pending else timezone.now(),
        decided_by=None if pending else by,
        **_words_again(kept),
    )
    if kept is not None and kept.edit_text:
        CommentEdit.objects.get_or_create(
            comment=comment, defaults={"text": kept.edit_text, "held_for": kept.edit_held_for}
        )
    KeptText.objects.filter(event=event).delete()
    if comment.state != State.APPROVED:
        take_back_notices(comment)
    _trust_again(comment, event)
    learn(comment, {State.APPROVED: "fine", State.SPAM: "spam"}.get(State(comment.state), ""))


def _words_again(kept: KeptText | None) -> dict[str, object]:
    if kept is None:
        return {}
    return {
        "text": kept.text,
        "digest": lookalike.digest(kept.text),
        "redacted": kept.was_redacted,
    }


def _trust_again(comment: Comment, event: CommentEvent) -> None:
    """Undo what a refusal did to trust, unless another refusal of the same person stands."""
    writer = Commenter.objects.filter(comment=comment).first()
    if writer is None or event.action not in {Action.REJECTED, Action.SPAM, Action.EDIT_REJECTED}:
        return
    same = Commenter.objects.same_person_as(writer)
    refused = Q(comment__state__in=[State.REJECTED, State.SPAM])
    if not same.filter(refused).exists():
        same.update(trust_withdrawn=False)
