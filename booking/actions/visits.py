"""What becomes of an agreed visit: moved, canceled, or come to.

All raise TransitionNotAllowed or StaleAppointment, changing nothing, if the appointment has moved
on since it was read.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from booking.actions.claiming import to_utc
from booking.actions.errors import TimeIsPast, TooLate, TransitionNotAllowed
from booking.actions.news import tell_of_change, tell_of_own_change
from booking.actions.patients.first_visits import has_come_before, pass_on_first_visit
from booking.actions.times import assign_time, is_past, nearest_instead, same_person
from booking.actions.transitions import (
    Actor,
    EventType,
    check_transition,
    make_transition,
    release_time,
)
from booking.models import Appointment, AppointmentEvent, BookingRules, Practitioner
from clinic_site.accounts.models import User


def move_appointment(
    appointment: Appointment,
    *,
    starts_at: datetime,
    by: User | None = None,
    practitioner: Practitioner | None = None,
    outside_hours: bool = False,
    patient_knows: bool = False,
) -> AppointmentEvent:
    """Give a confirmed appointment another time, by the desk or, without `by`, by the patient.

    Without a `practitioner` it stays with the same one. Patients may move it only to a time that
    is offered to them, and as the cancellation policy lets them, or TooLate is raised.
    Raises TimeIsPast, NotOffered, or JustTaken with the nearest free times.
    """
    now, starts_at = timezone.now(), to_utc(starts_at)
    check_transition(appointment, EventType.MOVED)
    if by is None and not may_change(appointment, now=now):
        raise TooLate
    if is_past(starts_at, appointment.location, now=now, by_desk=by is not None):
        raise TimeIsPast
    practitioner = practitioner or same_person(appointment)
    instead = nearest_instead(appointment, starts_at, practitioner, by_desk=by is not None)
    with instead, transaction.atomic():
        event = assign_time(
            appointment,
            EventType.MOVED,
            starts_at=starts_at,
            practitioner=practitioner,
            by=by,
            outside_hours=outside_hours and by is not None,
        )
        if by:
            tell_of_change(appointment, event, patient_knows=patient_knows)
        else:
            tell_of_own_change(appointment)
        return event


@transaction.atomic
def cancel_appointment(
    appointment: Appointment,
    *,
    reason: str = "",
    by: User,
    patient_knows: bool = False,
    by_clinic: bool = False,
) -> AppointmentEvent:
    """The desk calls off a request or an agreed appointment; the patient reads `reason`.

    `by_clinic`: we can't be there. Else it is the patient who has asked.
    """
    event = make_transition(
        appointment,
        EventType.CANCELED,
        actor=Actor.DESK,
        by=by,
        note=reason,
        by_clinic=by_clinic,
    )
    release_time(appointment)
    tell_of_change(appointment, event, patient_knows=patient_knows)
    return event


@transaction.atomic
def cancel_by_patient(appointment: Appointment) -> None:
    """The patient calls it off. Raises TooLate if the policy asks them to call instead."""
    check_transition(appointment, EventType.CANCELED)
    if not may_cancel(appointment, now=timezone.now()):
        raise TooLate
    make_transition(appointment, EventType.CANCELED, actor=Actor.PATIENT)
    release_time(appointment)
    tell_of_own_change(appointment)


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
def mark_arrived(appointment: Appointment, *, by: User) -> AppointmentEvent:
    """Note that the patient is there. Raises TransitionNotAllowed before the day of the visit."""
    check_transition(appointment, EventType.ARRIVED)
    if not is_on_its_day(appointment, timezone.now()):
        raise TransitionNotAllowed
    return make_transition(
        appointment,
        EventType.ARRIVED,
        actor=Actor.DESK,
        by=by,
        came_before=has_come_before(appointment),
    )


@transaction.atomic
def mark_completed(appointment: Appointment, *, by: User) -> AppointmentEvent:
    """Note that it is over. Raises TransitionNotAllowed before it should have begun."""
    return _once_begun(appointment, EventType.COMPLETED, by)


@transaction.atomic
def mark_no_show(appointment: Appointment, *, by: User) -> AppointmentEvent:
    """Note that nobody came. Raises TransitionNotAllowed before it should have begun."""
    return _once_begun(appointment, EventType.NO_SHOW, by)


@transaction.atomic
def reopen_visit(appointment: Appointment, *, by: User) -> AppointmentEvent:
    """Take back that somebody came or did not, however long ago it was noted. Nobody is told."""
    check_transition(appointment, EventType.REOPENED)
    if appointment.state != Appointment.State.NO_SHOW:
        pass_on_first_visit(appointment)
    return make_transition(
        appointment, EventType.REOPENED, actor=Actor.DESK, by=by, came_before=False
    )


def is_on_its_day(appointment: Appointment, now: datetime) -> bool:
    """Tell whether the day of the visit has come, on the clock of its location."""
    starts_at, zone = appointment.starts_at_location, appointment.location.zone
    return starts_at is not None and starts_at.date() <= now.astimezone(zone).date()


def has_begun(appointment: Appointment, now: datetime) -> bool:
    return appointment.starts_at is not None and appointment.starts_at <= now


def _once_begun(appointment: Appointment, event_type: EventType, by: User) -> AppointmentEvent:
    check_transition(appointment, event_type)
    if not has_begun(appointment, timezone.now()):
        raise TransitionNotAllowed
    return make_transition(appointment, event_type, actor=Actor.DESK, by=by)
