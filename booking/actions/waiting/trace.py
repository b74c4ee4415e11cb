"""The line of history that each act of the desk's on the waiting list leaves."""

from typing import Any

from django.utils import timezone
from wagtail.log_actions import log

from booking.actions.errors import CannotUndo
from booking.models import UNDO_FOR, WaitingListEntry, WaitingListEvent
from clinic_site.accounts.models import User

Act = WaitingListEvent.EventType


def record_waiting(
    entry: WaitingListEntry, act: WaitingListEvent.EventType, *, by: User, **fields: Any
) -> WaitingListEvent:
    """Add a line to the history, and one without names to the log. Call it in a transaction."""
    event: WaitingListEvent = WaitingListEvent.objects.create(
        entry=entry, event_type=act, by=by, **fields
    )
    log(entry.appointment, f"booking.waiting_{act}", user=by)
    return event


def undoable_act(event: WaitingListEvent, *acts: WaitingListEvent.EventType) -> WaitingListEvent:
    """Return it, if it is one of `acts`, lately done, with nothing after it. Raises CannotUndo."""
    lately = event.at > timezone.now() - UNDO_FOR
    later = WaitingListEvent.objects.filter(entry=event.entry_id, pk__gt=event.pk)
    if event.event_type not in acts or not lately or later.exists():
        raise CannotUndo
    return event
