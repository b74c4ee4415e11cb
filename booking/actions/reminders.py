"""The email of the day before, the call in place of an email that did not arrive, and its end."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from wagtail.log_actions import log

from booking import emails
from booking.actions.errors import AlreadyCalled
from booking.models import Appointment, AppointmentEmail, BookingRules, CallTask
from clinic_site.accounts.models import User
from clinic_site.clinic.opening_hours import DAY

# No reminder is due earlier: two days, and the hour by which the clocks may change.
FURTHEST = timedelta(hours=49)


def reminder_due(starts_at: datetime, zone: ZoneInfo, at: time | None) -> datetime:
    """When to remind of a visit, in UTC: on the day before, `at` or the same hour, in wall time.

    At a time that the clocks skip it is as much later; of a time that comes twice, the first.
    """
    local = starts_at.astimezone(zone)
    wall = datetime.combine(local.date() - DAY, at or local.time())
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


@transaction.atomic
def remind_patients(now: datetime) -> int:
    """Send the reminders that are due, each once for each time agreed. Returns how many.

    Late ones are sent as well, as long as the visit is to come. Who agreed on the time after its
    reminder was due has just read of it, and is left in peace.
    """
    rules = BookingRules.load()
    if not rules.reminders:
        return 0
    soon = (
        Appointment.objects.upcoming(now)
        .filter(_unreminded(), starts_at__gt=now, starts_at__lte=now + FURTHEST)
        .exclude(email="")
        .select_related("location", "practitioner__person")
    )
    return sum(_remind(appointment, rules, now) for appointment in soon)


def _remind(appointment: Appointment, rules: BookingRules, now: datetime) -> bool:
    starts_at = appointment.starts_at
    due = starts_at and reminder_due(starts_at, appointment.location.zone, rules.reminder_time)
    if due is None or now < due:
        return False
    as_seen = Appointment.objects.filter(
        _unreminded(), pk=appointment.pk, version=appointment.version
    )
    if not as_seen.update(reminded_of=starts_at):
        return False  # another worker was first, or it has changed at this very moment
    if appointment.events.filter(to_state=Appointment.State.CONFIRMED, at__gt=due).exists():
        return False
    emails.appointment_reminder(appointment)
    return True


def _unreminded() -> Q:
    return Q(reminded_of__isnull=True) | ~Q(reminded_of=F("starts_at"))


@transaction.atomic
def create_calls_for_undelivered(now: datetime) -> int:
    """Ask the desk to call whom an email did not reach, once for each. Returns how many.

    Nobody is called about a visit that is over.
    """
    asked = 0
    for letter in AppointmentEmail.objects.undelivered().select_related("appointment"):
        if not AppointmentEmail.objects.undelivered().filter(pk=letter.pk).update(given_up_at=now):
            continue
        ends_at = letter.appointment.ends_at
        if ends_at is None or ends_at > now:
            CallTask.objects.ask(letter.appointment, CallTask.Reason.MAIL_FAILED)
            asked += 1
    return asked


@transaction.atomic
def mark_called(call: CallTask, *, by: User, note: str = "") -> None:
    """Note that the patient has been called. Raises AlreadyCalled if somebody else was first."""
    open_still = CallTask.objects.filter(pk=call.pk, done_at__isnull=True)
    if not open_still.update(done_at=timezone.now(), done_by=by, note=note):
        raise AlreadyCalled
    log(call.appointment, "booking.called", user=by, data={"reason": call.reason})
