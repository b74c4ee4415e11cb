"""What came of a call: reached, a message left, no answer; tried again until the matter is over."""

from datetime import datetime

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
    columns = {
        field.attname: field.to_python(row.before[field.name])
        for field in CallTask._meta.concrete_fields
        if field.name in COLUMNS
    }
    if not as_seen.update(before={}, **columns):
        raise CannotUndo
    log(row.appointment, "booking.call_undone", user=by, data={"reason": row.reason})
