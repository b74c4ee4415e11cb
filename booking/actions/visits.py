"""What becomes of an agreed visit: moved, canceled, or come to.

All raise WrongState or StaleAppointment, changing nothing, if the appointment has moved on since
it was read.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from booking import emails
from booking.actions.claiming import to_utc
from booking.actions.errors import TimeIsPast, TooLate, WrongState
from booking.actions.times import assign_time, nearest_instead
from booking.actions.transitions import (
    Actor,
    EventType,
    check_transition,
    make_transition,
    release_time,
)
from booking.models import Appointment, BookingRules, Practitioner
from clinic_site.accounts.models import User


def move_appointment(
    appointment: Appointment,
    *,
    starts_at: datetime,
    by: User | None = None,
    practitioner: Practitioner | None = None,
    outside_hours: bool = False,
) -> None:
    """Give a confirmed appointment another time, by the desk or, without `by`, by the patient.

    Without a `practitioner` it stays with the same one. Patients may move it only to a time that
    is offered to them, and as the cancellation policy lets them, or TooLate is raised.
    Raises TimeIsPast, NotOffered, or JustTaken with the nearest free times.
    """
    now, starts_at = timezone.now(), to_utc(starts_at)
    check_transition(appointment, EventType.MOVED)
    if by is None and not may_change(appointment, now=now):
        raise TooLate
    if starts_at <= now:
        raise TimeIsPast
    practitioner = practitioner or appointment.practitioner
    instead = nearest_instead(appointment, starts_at, practitioner, by_desk=by is not None)
    with instead, transaction.atomic():
        assign_time(
            appointment,
            EventType.MOVED,
            starts_at=starts_at,
            practitioner=practitioner,
            by=by,
            outside_hours=outside_hours and by is not None,
        )
        emails.appointment_moved(appointment, news=by is not None)


@transaction.atomic
def cancel_appointment(appointment: Appointment, *, reason: str = "", by: User) -> None:
    """The desk calls off a request or an agreed appointment; the patient reads `reason`."""
    make_transition(appointment, EventType.CANCELED, actor=Actor.DESK, by=by, note=reason)
    release_time(appointment)
    emails.appointment_canceled(appointment, reason, news=True)


@transaction.atomic
def cancel_by_patient(appointment: Appointment) -> None:
    """The patient calls it off. Raises TooLate if the policy asks them to call instead."""
    check_transition(appointment, EventType.CANCELED)
    if not may_cancel(appointment, now=timezone.now()):
        raise TooLate
    make_transition(appointment, EventType.CANCELED, actor=Actor.PATIENT)
    release_time(appointment)
    emails.appointment_canceled(appointment, "", news=False)


def may_change(appointment: Appointment, *, now: datetime) -> bool:
    """Tell whether the patient may still move or cancel it online, by the clinic's policy.

    What is not agreed yet may always be withdrawn, and is not moved.
    """
    if appointment.state != Appointment.State.CONFIRMED or appointment.starts_at is None:
        return False
    policy = BookingRules.load().cancellation_policy
    return policy.may_change(appointment.starts_at, now=now)


def may_cancel(appointment: Appointment, *, now: datetime) -> bool:
    """Tell whether the patient may cancel the visit or withdraw the request."""
    return appointment.state in Appointment.HOLDING or may_change(appointment, now=now)


@transaction.atomic
def mark_arrived(appointment: Appointment, *, by: User) -> None:
    make_transition(appointment, EventType.ARRIVED, actor=Actor.DESK, by=by)


@transaction.atomic
def mark_completed(appointment: Appointment, *, by: User) -> None:
    make_transition(appointment, EventType.COMPLETED, actor=Actor.DESK, by=by)


@transaction.atomic
def mark_no_show(appointment: Appointment, *, by: User) -> None:
    """Note that nobody came. Raises WrongState before the visit should have begun."""
    check_transition(appointment, EventType.NO_SHOW)
    if appointment.starts_at is None or appointment.starts_at > timezone.now():
        raise WrongState
    make_transition(appointment, EventType.NO_SHOW, actor=Actor.DESK, by=by)
