"""The reminders by email, the email after a visit, the call in place of one that did not arrive."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from booking import emails
from booking.models import (
    UNDO_FOR,
    Appointment,
    AppointmentEmail,
    AppointmentEvent,
    BookingRules,
    CallTask,
    NextVisitEmail,
)
from clinic_site.clinic.opening_hours import DAY

MORNING = time(7)
BEFORE_EARLY_VISITS = timedelta(hours=1)
# Visits that the desk completes later than this after the email was due have none; neither have
# those from before an owner turned it on.
NEXT_VISIT_WITHIN = timedelta(days=3)


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
def invite_to_next_visit(now: datetime) -> int:
    """Send whoever has come the way to their next visit, once for each visit. Returns how many.

    Nobody gets one who has another visit ahead, has been here again since, or wants none.
    """
    hours = BookingRules.load().next_visit_hours
    if hours is None:
        return 0
    due = now - timedelta(hours=hours)
    over = Appointment.objects.filter(
        state=Appointment.State.COMPLETED,
        starts_at__gt=due - NEXT_VISIT_WITHIN - timedelta(minutes=Appointment.LONGEST_MINUTES),
        starts_at__lt=due,
        ends_at__gt=due - NEXT_VISIT_WITHIN,
        ends_at__lte=due,
    ).exclude(email="")
    # What was completed by a slip may still be undone.
    lately = AppointmentEvent.objects.filter(
        appointment=OuterRef("pk"), to_state=Appointment.State.COMPLETED, at__gt=now - UNDO_FOR
    )
    undecided = over.filter(~Exists(lately), next_visit_email__decided_at__isnull=True)
    related = undecided.select_related("location", "practitioner__person")
    return sum(_invite(appointment, now) for appointment in related)


def _invite(appointment: Appointment, now: datetime) -> bool:
    note, _made = NextVisitEmail.objects.get_or_create(appointment=appointment)
    undecided = NextVisitEmail.objects.filter(pk=note.pk, decided_at__isnull=True)
    if not undecided.update(decided_at=now):
        return False  # another worker was first
    if _declines_next_visit(appointment) or _comes_again(appointment, now):
        return False
    emails.next_visit(appointment)
    return True


def _declines_next_visit(appointment: Appointment) -> bool:
    declined = NextVisitEmail.objects.filter(declined_at__isnull=False)
    return declined.filter(appointment__email_index__of=appointment.email).exists()


def _comes_again(appointment: Appointment, now: datetime) -> bool:
    """Tell whether somebody with the same email or phone has asked for, or had, a later visit."""
    others = Appointment.objects.of_same_contact(appointment)
    asked = Q(starts_at=None, state__in=Appointment.HOLDING)
    counts = {*Appointment.STANDING, *Appointment.AGREED}
    agreed = Q(starts_at__gt=appointment.starts_at, state__in=counts)
    return others.not_lapsed(now).filter(asked | agreed).exists()


@transaction.atomic
def set_next_visit_emails(appointment: Appointment, *, wanted: bool) -> None:
    """Note whether the patient wants emails after visits; it holds for their address."""
    if wanted:
        declined = NextVisitEmail.objects.filter(declined_at__isnull=False)
        declined.filter(appointment__email_index__of=appointment.email).update(declined_at=None)
    else:
        NextVisitEmail.objects.update_or_create(
            appointment=appointment, defaults={"declined_at": timezone.now()}
        )


def next_visit_emails_of(appointment: Appointment) -> str:
    """Tell whether the patient gets emails after visits: "on", "off", or "" if nobody does."""
    if not appointment.email or BookingRules.load().next_visit_hours is None:
        return ""
    return "off" if _declines_next_visit(appointment) else "on"


@transaction.atomic
def create_calls_for_undelivered(now: datetime) -> int:
    """Ask the desk to call whom an email did not reach, once for each visit. Returns how many.

    Nobody is called about a visit that is over.
    """
    asked = 0
    undelivered = AppointmentEmail.objects.undelivered().select_related("appointment")
    for email in undelivered.order_by("email", "appointment__starts_at", "pk"):
        if not AppointmentEmail.objects.undelivered().filter(pk=email.pk).update(given_up_at=now):
            continue
        ends_at = email.appointment.ends_at
        if ends_at is None or ends_at > now:
            CallTask.objects.ask(email.appointment, CallTask.Reason.EMAIL_FAILED)
            asked += 1
    return asked
