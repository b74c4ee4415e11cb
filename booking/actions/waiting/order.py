"""Who comes first: who has waited longest, unless the desk says otherwise, and says why."""

from django.db import transaction
from django.db.models import Max, Min

from booking.actions.errors import CannotUndo, StaleEntry
from booking.actions.waiting.trace import Act, record_waiting, undoable_act
from booking.models import WaitingListEntry, WaitingListEvent
from clinic_site.accounts.models import User


@transaction.atomic
def move_in_line(
    entry: WaitingListEntry, *, to_front: bool, reason: str, by: User
) -> WaitingListEvent:
    """Put somebody before all others who wait, or behind them.

    Raises StaleEntry if somebody else has just moved them, or they wait no longer.
    """
    waiting = WaitingListEntry.objects.waiting().order_by()
    ends = waiting.aggregate(first=Min("place"), last=Max("place"))
    place = (ends["first"] or 0) - 1 if to_front else (ends["last"] or 0) + 1
    _write_place(entry, place)
    act = Act.FRONT if to_front else Act.BACK
    return record_waiting(entry, act, by=by, reason=reason, from_place=entry.place, place=place)


@transaction.atomic
def undo_move_in_line(event: WaitingListEvent, *, by: User) -> None:
    """Put somebody back where they were. Raises CannotUndo if it is too late or not as it was."""
    undoable_act(event, Act.FRONT, Act.BACK)
    entry = event.entry
    try:
        _write_place(entry, event.from_place)
    except StaleEntry as stale:
        raise CannotUndo from stale
    record_waiting(entry, Act.PUT_BACK, by=by, from_place=event.place, place=event.from_place)


def _write_place(entry: WaitingListEntry, place: int) -> None:
    ids = WaitingListEntry.objects.waiting().filter(pk=entry.pk, place=entry.place).values("pk")
    as_seen = WaitingListEntry.objects.filter(pk__in=list(ids.values_list("pk", flat=True)))
    if not as_seen.filter(place=entry.place).update(place=place, by_hand=False):
        raise StaleEntry
