"""Taking back what a moderator has done with a comment, emails included."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from clinic_site.accounts.models import User
from clinic_site.privacy.encryption import CannotDecrypt
from comments.actions.addresses import cancel_notices
from comments.actions.learning import learn
from comments.actions.transitions import EventType, State, UndoExpired, change_comment
from comments.models import UNDO_FOR, Comment, CommentEdit, Commenter, CommentEvent, UndoSnapshot
from comments.moderation import confusables

MOST_SHOWN = 8
UNDOABLE = {
    EventType.APPROVED,
    EventType.REJECTED,
    EventType.SPAM,
    EventType.REQUEUED,
    EventType.REDACTED,
    EventType.REPLIED,
    EventType.EDIT_APPROVED,
    EventType.EDIT_REJECTED,
}


def undoable_by(user: User, now: datetime) -> QuerySet[CommentEvent]:
    """Return what `user` has done lately and nothing has followed, the last first."""
    later = CommentEvent.objects.filter(comment=OuterRef("comment"), pk__gt=OuterRef("pk"))
    lately = CommentEvent.objects.filter(by=user, at__gt=now - UNDO_FOR, event_type__in=UNDOABLE)
    last = lately.filter(~Exists(later)).select_related("comment__page").order_by("-at", "-pk")
    return last[:MOST_SHOWN]


def undo_event(event: CommentEvent, *, by: User) -> None:
    """Take back `event`, and nothing else that was done since.

    Raises UndoExpired if something was, or the time is over, or StaleComment.
    """
    last = undoable(event.comment, timezone.now())
    if last is None or last.pk != event.pk:
        raise UndoExpired
    # What happens from here on changes the version that `event.comment` shows.
    undo(event.comment, by=by)


def undoable(comment: Comment, now: datetime) -> CommentEvent | None:
    """Return what `undo` would take back, or None."""
    last = comment.events.order_by("-pk").first()
    if last is None or last.event_type not in UNDOABLE or last.at + UNDO_FOR <= now:
        return None
    return last


@transaction.atomic
def undo(comment: Comment, *, by: User) -> None:
    """Take back what was last done with the comment, emails included.

    An address that the decision deleted does not come back. Raises UndoExpired if it is more
    than UNDO_FOR ago or not a moderator's doing or if the words are damaged, or StaleComment.
    """
    event = undoable(comment, timezone.now())
    if event is None:
        raise UndoExpired
    kept = UndoSnapshot.objects.filter(event=event).first()
    try:
        again = _words_again(kept)
    except CannotDecrypt:
        raise UndoExpired from None
    to = event.from_state or State.WITHDRAWN  # an answer by the clinic was nothing before
    pending = to == State.PENDING
    learn(comment, "")
    change_comment(
        comment,
        EventType.UNDONE,
        by=by,
        to=to,
        undoes=event,
        decided_at=None if pending else timezone.now(),
        decided_by=None if pending else by,
        **again,
    )
    if kept is not None and kept.edit_text:
        CommentEdit.objects.get_or_create(
            comment=comment, defaults={"text": kept.edit_text, "held_for": kept.edit_held_for}
        )
    UndoSnapshot.objects.filter(event=event).delete()
    if comment.state != State.APPROVED:
        cancel_notices(comment)
    _trust_again(comment, event)
    learn(comment, {State.APPROVED: "fine", State.SPAM: "spam"}.get(State(comment.state), ""))


def _words_again(kept: UndoSnapshot | None) -> dict[str, object]:
    if kept is None:
        return {}
    return {
        "text": kept.text,
        "digest": confusables.digest(kept.text),
        "redacted": kept.was_redacted,
    }


def _trust_again(comment: Comment, event: CommentEvent) -> None:
    """Undo what a refusal did to trust, unless another refusal of the same person stands."""
    writer = Commenter.objects.filter(comment=comment).first()
    if writer is None or event.event_type not in {
        EventType.REJECTED,
        EventType.SPAM,
        EventType.EDIT_REJECTED,
    }:
        return
    same = Commenter.objects.same_person_as(writer)
    refused = Q(comment__state__in=[State.REJECTED, State.SPAM])
    if not same.filter(refused).exists():
        same.update(trust_withdrawn=False)
