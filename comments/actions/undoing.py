"""Taking back a decision that is named by its line of history."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from clinic_site.accounts.models import User
from comments.actions.changes import TooLate
from comments.actions.decisions import UNDOABLE, undo, undoable
from comments.models import UNDO_FOR, CommentEvent

MOST_SHOWN = 8


def undoable_by(user: User, now: datetime) -> QuerySet[CommentEvent]:
    """Return what `user` has done lately and nothing has followed, the last first."""
    later = CommentEvent.objects.filter(comment=OuterRef("comment"), pk__gt=OuterRef("pk"))
    lately = CommentEvent.objects.filter(by=user, at__gt=now - UNDO_FOR, action__in=UNDOABLE)
    last = lately.filter(~Exists(later)).select_related("comment__page").order_by("-at", "-pk")
    return last[:MOST_SHOWN]


def undo_event(event: CommentEvent, *, by: User) -> None:
    """Take back `event`, and nothing else that was done since.

    Raises TooLate if something was, or the time is over, or DecidedMeanwhile.
    """
    last = undoable(event.comment, timezone.now())
    if last is None or last.pk != event.pk:
        raise TooLate
    # What happens from here on changes the version that `event.comment` shows.
    undo(event.comment, by=by)
