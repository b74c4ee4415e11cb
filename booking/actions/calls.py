"""What came of a call: reached, a message left, no answer; tried again until the matter is over."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.log_actions import log

from booking.actions.errors import AlreadyCalled, CannotUndo
from booking.models import UNDO_FOR, CallTask
from clinic_site.accounts.models import User

Outcome = CallTask.Outcome
# What a try writes over.
COLUMNS = ("outcome", "tries", "last_at", "last_by", "try_again_at", "done_at", "done_by", "note")


@transaction.atomic
def note_call(
    call: CallTask,
    outcome: CallTask.Outcome,
    *,
    by: User,
    note: str = "",
    try_again_at: datetime | None = None,
) -> None:
    """Note a try. Reached, or said to need no call, it is done; else it is tried again.

    Of a course, whoever is reached hears of all visits that have changed.

    Raises AlreadyCalled, changing nothing, if somebody else has noted one since `call` was read.
    """
    now = timezone.now()
    as_seen = CallTask.objects.filter(pk=call.pk, done_at=None, tries=call.tries)
    ends = outcome in CallTask.ENDING
    ended = {"done_at": now, "done_by": by, "try_again_at": None}
    kept = {"note": note} if note or ends else {}
    before = as_seen.values(*COLUMNS).first()
    written = as_seen.update(
        before=before,
        outcome=outcome,
        tries=F("tries") + 1,
        last_at=now,
        last_by=by,
        **(ended if ends else {"try_again_at": try_again_at or now}),
        **kept,
    )
    if not written:
        raise AlreadyCalled
    if ends:
        others = CallTask.objects.told_with(call).filter(done_at=None)
        for other in others.values("pk", *COLUMNS):
            row = others.filter(pk=other.pop("pk"))
            row.update(before=other, outcome=outcome, last_at=now, last_by=by, **ended)
    data = {"reason": call.reason, "outcome": str(outcome)}
    log(call.appointment, "booking.called", user=by, data=data)


@transaction.atomic
def undo_call(call: CallTask, *, by: User) -> None:
    """Take the last try back, if it is the one that `call` shows.

    Raises CannotUndo if it is too long ago, undone already, or followed by another.
    """
    since = timezone.now() - UNDO_FOR
    as_seen = CallTask.objects.filter(
        pk=call.pk,
        tries=call.tries,
        last_at__gt=since,
    ).exclude(before="")
    row = as_seen.select_for_update().first()
    if row is None or not row.before:
        raise CannotUndo
    if not as_seen.update(before={}, **_columns_before(row)):
        raise CannotUndo
    if row.done_at:
        ended = CallTask.objects.told_with(row).filter(done_at=row.done_at).exclude(before="")
        for other in ended:
            CallTask.objects.filter(pk=other.pk).update(before={}, **_columns_before(other))
    log(row.appointment, "booking.call_undone", user=by, data={"reason": row.reason})


def _columns_before(call: CallTask) -> dict[str, Any]:
    """What its last try has written over."""
    return {
        field.attname: field.to_python(call.before[field.name])
        for field in CallTask._meta.concrete_fields
        if field.name in COLUMNS
    }
