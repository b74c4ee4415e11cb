"""The reminders by email, the call in place of an email that did not arrive, and its end."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import NamedTuple
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

MORNING = time(7)
BEFORE_EARLY_VISITS = timedelta(hours=1)


class Reminder(NamedTuple):
    """One of the reminders that a clinic sends: when it is due, and where it is noted."""

    due: Callable[[datetime, ZoneInfo], datetime]
    # The fields with the time of which the patient was reminded: its own, and those that it makes
    # needless.
    noted_in: tuple[str, ...]
    days_ahead: int  # how many days before a visit it may be due


def reminders_of(rules: BookingRules) -> list[Reminder]:
    """Return the reminders that the clinic wants, the last before a visit first."""
    if not rules.reminders:
        return []
    days, at = rules.reminder_days, rules.reminder_time
    first = Reminder(partial(reminder_due, days=days, at=at), ("reminded_of",), days)
    morning = Reminder(morning_due, ("reminded_in_the_morning_of", "reminded_of"), 0)
    return [morning, first] if rules.morning_reminder else [first]


def reminder_due(
    starts_at: datetime, zone: ZoneInfo, *, days: int, at: time | None = None
) -> datetime:
    """When to remind of a visit, in UTC: `days` before it, `at` or the same hour, in wall time.

    At a time that the clocks skip it is as much later; of a time that comes twice, the first.
    """
    local = starts_at.astimezone(zone)
    wall = datetime.combine(local.date() - days * DAY, at or local.time())
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def morning_due(starts_at: datetime, zone: ZoneInfo) -> datetime:
    """At seven on the day of the visit, in UTC, or an hour before a visit that is earlier still."""
    return min(reminder_due(starts_at, zone, days=0, at=MORNING), starts_at - BEFORE_EARLY_VISITS)


@transaction.atomic
def remind_patients(now: datetime) -> int:
    """Send the reminders that are due, each once for each time agreed. Returns how many.

    Late ones are sent as well, as long as the visit is to come. Who agreed on the time after its
    reminder was due has just read of it, and is left in peace.
    """
    return sum(_remind_all(reminder, now) for reminder in reminders_of(BookingRules.load()))


def _remind_all(reminder: Reminder, now: datetime) -> int:
    # A day more than it may be due: the hour may be another, and the clocks may change.
    furthest = now + (reminder.days_ahead + 1) * DAY + timedelta(hours=1)
    soon = (
        Appointment.objects.upcoming(now)
        .filter(_not_noted(reminder), starts_at__gt=now, starts_at__lte=furthest)
        .exclude(email="")
        .select_related("location", "practitioner__person")
    )
    return sum(_remind(appointment, reminder, now) for appointment in soon)


def _remind(appointment: Appointment, reminder: Reminder, now: datetime) -> bool:
    starts_at = appointment.starts_at
    due = starts_at and reminder.due(starts_at, appointment.location.zone)
    if due is None or now < due:
        return False
    as_seen = Appointment.objects.filter(
        _not_noted(reminder), pk=appointment.pk, version=appointment.version
    )
    if not as_seen.update(**dict.fromkeys(reminder.noted_in, starts_at)):
        return False  # another worker was first, or it has changed at this very moment
    if appointment.events.filter(to_state=Appointment.State.CONFIRMED, at__gt=due).exists():
        return False
    emails.appointment_reminder(appointment)
    return True


def _not_noted(reminder: Reminder) -> Q:
    field = reminder.noted_in[0]
    return Q(**{f"{field}__isnull": True}) | ~Q(**{field: F("starts_at")})


@transaction.atomic
def create_calls_for_undelivered(now: datetime) -> int:
    """Ask the desk to call whom an email did not reach, once for each. Returns how many.

    Nobody is called about a visit that is over.
    """
    asked = 0
    for mail in AppointmentEmail.objects.undelivered().select_related("appointment"):
        if not AppointmentEmail.objects.undelivered().filter(pk=mail.pk).update(given_up_at=now):
            continue
        ends_at = mail.appointment.ends_at
        if ends_at is None or ends_at > now:
            CallTask.objects.ask(mail.appointment, CallTask.Reason.MAIL_FAILED)
            asked += 1
    return asked


@transaction.atomic
def mark_called(call: CallTask, *, by: User, note: str = "") -> None:
    """Note that the patient has been called. Raises AlreadyCalled if somebody else was first."""
    open_still = CallTask.objects.filter(pk=call.pk, done_at__isnull=True)
    if not open_still.update(done_at=timezone.now(), done_by=by, note=note):
        raise AlreadyCalled
    log(call.appointment, "booking.called", user=by, data={"reason": call.reason})
