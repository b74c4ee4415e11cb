"""What every change has in common: a conditional write, and one line of history."""

from typing import Any

from django.db.models import F
from wagtail.log_actions import log

from clinic_site.accounts.models import User
from comments.models import Comment, CommentEvent

State = Comment.State
EventType = CommentEvent.EventType


class StaleComment(Exception):
    """Somebody else has changed the comment since it was read."""


class InvalidTransition(Exception):
    """As the comment stands, this cannot be done with it."""


class UndoExpired(Exception):
    """The time in which it could be taken back is over, or something else was done since."""


def change_comment(
    comment: Comment,
    event_type: EventType,
    *,
    by: User | None,
    to: str | None = None,
    undoes: CommentEvent | None = None,
    **fields: Any,
) -> CommentEvent:
    """Write `fields`, unless the row is no longer as `comment` shows it, and a line of history.

    Call it in `atomic`. Raises StaleComment, changing nothing. `comment` is read again.
    """
    before = comment.state
    after = to or before
    as_seen = Comment.objects.filter(pk=comment.pk, state=before, version=comment.version)
    if not as_seen.update(state=after, version=F("version") + 1, **fields):
        raise StaleComment
    event = record_comment_event(
        comment, event_type, by=by, before=before, after=after, undoes=undoes
    )
    comment.refresh_from_db()
    return event


def record_comment_event(
    comment: Comment,
    event_type: EventType,
    *,
    by: User | None,
    before: str,
    after: str,
    undoes: CommentEvent | None = None,
) -> CommentEvent:
    event = CommentEvent.objects.create(
        comment=comment,
        event_type=event_type,
        by=by,
        from_state=before,
        to_state=after,
        undoes=undoes,
    )
    if by is not None:
        log(comment, f"comments.{event_type}", user=by, data={"from": before})
    return event
