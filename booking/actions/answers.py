"""What the desk answers to a request, and the patient to a proposal. Each is one transition.

All raise TransitionNotAllowed or StaleAppointment, changing nothing, if the appointment has moved
on since it was read. Whoever gives a time may also get TimeIsPast, NotOffered or JustTaken.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

from django.db import transaction
from django.utils import timezone

from booking import emails
from booking.actions.claiming import lock, span_of, to_utc
from booking.actions.classes.seats import keep_seat
from booking.actions.errors import NotOffered, TimeIsPast, TransitionNotAllowed
from booking.actions.holds import claim_time
from booking.actions.news import tell_of_change
from booking.actions.times import assign_time, is_past, nearest_instead, same_person
from booking.actions.transitions import (
    Actor,
    EventType,
    check_transition,
    make_transition,
    release_time,
)
from booking.models import (
    Appointment,
    AppointmentEvent,
    BookingRules,
    Practitioner,
    ProposedTime,
)
from clinic_site.accounts.models import User

PROPOSALS = 3


def confirm_appointment(
    appointment: Appointment,
    *,
    by: User,
    starts_at: datetime | None = None,
    practitioner: Practitioner | None = None,
    outside_hours: bool = True,
    patient_knows: bool = False,
) -> AppointmentEvent:
    """Agree on the time that the request holds, or on `starts_at`, an aware time from today on.

    Without a `practitioner` it stays with whom the request names, or goes to anybody who is free.
    """
    starts_at = starts_at or appointment.starts_at
    check_transition(appointment, EventType.CONFIRMED)
    if starts_at is None:
        raise NotOffered
    starts_at = to_utc(starts_at)
    if is_past(starts_at, appointment.location, now=timezone.now(), by_desk=True):
        raise TimeIsPast
    with nearest_instead(appointment, starts_at, practitioner), transaction.atomic():
        if _holds(appointment, starts_at, practitioner):
            event = make_transition(appointment, EventType.CONFIRMED, actor=Actor.DESK, by=by)
        else:
            event = assign_time(
                appointment,
                EventType.CONFIRMED,
                starts_at=starts_at,
                practitioner=practitioner or same_person(appointment),
                by=by,
                outside_hours=outside_hours,
            )
        tell_of_change(appointment, event, patient_knows=patient_knows)
        return event


def _holds(
    appointment: Appointment, starts_at: datetime, practitioner: Practitioner | None
) -> bool:
    """Tell whether the request holds just this time already."""
    return (
        appointment.state == Appointment.State.REQUESTED
        and appointment.hold_expires_at is not None
        and appointment.starts_at == starts_at
        and practitioner in (None, appointment.practitioner)
    )


@transaction.atomic
def propose_times(
    appointment: Appointment,
    times: Iterable[tuple[datetime, Practitioner]],
    *,
    by: User,
    note: str = "",
) -> AppointmentEvent:
    """Hold up to three other times for the patient to choose from; what was held is given back.

    As often as it takes: these come in place of those that were proposed before. No two overlap,
    whoever they are with, or ValueError is raised.
    """
    times = sorted(
        ((to_utc(starts_at), person) for starts_at, person in times),
        key=lambda time: (time[0], time[1].pk),
    )
    length = timedelta(minutes=appointment.duration_minutes)
    if appointment.service.is_class:
        raise TransitionNotAllowed  # seats are offered by the waiting list
    if not 1 <= len(times) <= PROPOSALS or overlap((time[0] for time in times), length):
        raise ValueError("one to three times that do not overlap")
    now = timezone.now()
    if times[0][0] <= now:
        raise TimeIsPast
    lock(practitioner for _starts_at, practitioner in times)
    event = make_transition(
        appointment,
        EventType.PROPOSED,
        actor=Actor.DESK,
        by=by,
        note=note,
        starts_at=None,
        ends_at=None,
        hold_expires_at=min(now + BookingRules.load().proposal, times[-1][0]),
    )
    minutes, buffer = appointment.duration_minutes, appointment.buffer_minutes
    spans = [span_of(person, starts_at, minutes, buffer) for starts_at, person in times]
    release_time(appointment, then=spans)
    claim_time(spans, appointment=appointment)
    ProposedTime.objects.bulk_create(
        ProposedTime(
            appointment=appointment,
            practitioner=practitioner,
            location=appointment.location,
            starts_at=starts_at,
        )
        for starts_at, practitioner in times
    )
    tell_of_change(appointment, event)
    return event


def overlap(starts: Iterable[datetime], length: timedelta) -> bool:
    """Tell whether any of these times begins before another one has ended."""
    return any(later - earlier < length for earlier, later in pairwise(sorted(starts)))


@transaction.atomic
def accept_proposal(appointment: Appointment, proposed: ProposedTime) -> None:
    """The patient chooses one of the proposed times; the others are given back.

    Raises NotOffered if they are not held any longer, or the class is at another time by now.
    """
    now = timezone.now()
    if proposed.appointment_id != appointment.pk or appointment.has_lapsed(now):
        raise NotOffered
    if proposed.starts_at <= now:
        raise TimeIsPast
    lock([proposed.practitioner_id])
    make_transition(
        appointment,
        EventType.ACCEPTED,
        actor=Actor.PATIENT,
        practitioner_id=proposed.practitioner_id,
        starts_at=proposed.starts_at,
        ends_at=proposed.starts_at + timedelta(minutes=appointment.duration_minutes),
    )
    if appointment.class_session:  # the seat has been held
        keep_seat(appointment)
    else:
        minutes, buffer = appointment.duration_minutes, appointment.buffer_minutes
        chosen = span_of(proposed.practitioner_id, proposed.starts_at, minutes, buffer)
        release_time(appointment, then=[chosen])
        claim_time([chosen], appointment=appointment)
    emails.appointment_confirmed(appointment)


@transaction.atomic
def decline_appointment(
    appointment: Appointment, *, reason: str = "", by: User
) -> AppointmentEvent:
    """Say no to a request; the patient reads `reason`."""
    event = make_transition(appointment, EventType.DECLINED, actor=Actor.DESK, by=by, note=reason)
    release_time(appointment)
    tell_of_change(appointment, event)
    return event
