"""Patients whom the desk is to call."""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from booking.actions.errors import AlreadyCalled
from booking.models import CallTask
from clinic_site.accounts.models import User


@transaction.atomic
def mark_called(call: CallTask, *, by: User, note: str = "") -> None:
    """Note that the patient has been called. Raises AlreadyCalled if somebody else was first."""
    open_still = CallTask.objects.filter(pk=call.pk, done_at__isnull=True)
    if not open_still.update(done_at=timezone.now(), done_by=by, note=note):
        raise AlreadyCalled
    log(call.appointment, "booking.called", user=by, data={"reason": call.reason})
