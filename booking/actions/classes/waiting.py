"""The waiting list of a full class: who joins it, and who is offered a seat that falls free.

Whoever waits is a request for that session, which holds nothing. A free seat is held for them one
after another, as a proposed time is: they take it by their link, or it goes to the next.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from booking import emails
from booking.actions.claiming import lock
from booking.actions.classes.seats import refuse_twice, take_seat
from booking.actions.errors import (
    JustTaken,
    NotOffered,
    StaleAppointment,
    TimeIsPast,
    TransitionNotAllowed,
)
from booking.actions.holds import offer_ends_at
from booking.actions.news import tell_of_change
from booking.actions.requests import Contact, create_appointment, store_once
from booking.actions.transitions import (
    Actor,
    EventType,
    make_transition,
    record_event,
    write_change,
)
from booking.models import (
    Appointment,
    AppointmentEmail,
    AppointmentEvent,
    AppointmentSnapshot,
    ClassSession,
    Patient,
    ProposedTime,
    Seat,
    ServiceAssignment,
    WaitingListEntry,
)
from booking.scheduling.class_dates import class_dates_at, is_closed
from booking.scheduling.closures import closures_of
from booking.scheduling.opening import is_awake
from booking.scheduling.query import AvailabilityQuery
from clinic_site.accounts.models import User
from clinic_site.clinic.opening_hours import DAY


def wait_for_seat(
    search: AvailabilityQuery,
    starts_at: datetime,
    *,
    contact: Contact,
    idempotency_key: str,
    by: User | None = None,
    patient: Patient | None = None,
) -> Appointment:
    """Put somebody on the waiting list of a full class, once for one `idempotency_key`.

    `by` is who of the staff does it for them. Raises NotOffered if no class begins then or a seat
    is free meanwhile, TimeIsPast, or ComesAlready if the same person comes or waits.
    """
    now = timezone.now()

    def store() -> Appointment:
        if starts_at <= now:
            raise TimeIsPast
        session = _full_session(search, starts_at, now)
        refuse_twice(session, contact.visitor)
        appointment = create_appointment(
            session.service,
            session.location,
            contact,
            idempotency_key,
            requested_at=now,
            practitioner=session.practitioner,
            class_session=session,
            patient=patient,
        )
        WaitingListEntry.objects.create(appointment=appointment, joined_at=now)
        actor = Actor.DESK if by else Actor.PATIENT
        event = record_event(appointment, EventType.REQUESTED, actor=actor, by=by, at=now)
        if by:
            AppointmentSnapshot.objects.keep(event, {"state": Appointment.State.CANCELED})
        emails.waiting_list_joined(appointment)
        return appointment

    return store_once(idempotency_key, store)


def _full_session(search: AvailabilityQuery, starts_at: datetime, now: datetime) -> ClassSession:
    dates = class_dates_at(search, starts_at, now=now)
    lock(each.session.practitioner_id for each in dates)
    dates = class_dates_at(search, starts_at, now=now)
    if not dates or any(not each.is_full for each in dates):
        raise NotOffered
    return dates[0].session


def offer_free_seats(now: datetime) -> int:
    """Hold seats that are free for those who wait, the longest first. Returns how many."""
    _end_of_those_begun(now)
    free = Seat.objects.filter(session=OuterRef("pk"), appointment=None)
    waits = Appointment.objects.next_for_a_seat().filter(class_session=OuterRef("pk"))
    sessions = _given_still().filter(Exists(free), Exists(waits), starts_at__gt=now)
    return sum(_offer_seats_of(session, now) for session in sessions.select_related("location"))


def _given_still() -> QuerySet[ClassSession]:
    """The dates of classes that are booked online, whose person still gives them there.

    Of others nobody is offered a seat, unless the desk does so itself.
    """
    does_it = ServiceAssignment.objects.bookable().filter(
        practitioner=OuterRef("practitioner"),
        service=OuterRef("service"),
        location=OuterRef("location"),
    )
    return ClassSession.objects.open().filter(Exists(does_it))


def _is_on_a_closed_day(session: ClassSession) -> bool:
    day, person = session.starts_at_location.date(), session.practitioner_id
    closures = closures_of([person], session.location, day - DAY, day + DAY)
    times = (session.starts_at, session.ends_at)
    return is_closed(person, *times, closures, session.location.zone)


def _offer_seats_of(session: ClassSession, now: datetime) -> int:
    if not is_awake(session.location, now):
        return 0  # nobody loses a seat asleep: it is kept for them until the morning
    if _is_on_a_closed_day(session):
        return 0
    made = 0
    waits = Appointment.objects.next_for_a_seat().filter(class_session=session)
    for appointment in waits.select_related("location", "practitioner"):
        try:
            offer_seat(appointment, session, now)
        except JustTaken:
            break
        except (StaleAppointment, TransitionNotAllowed):  # they have just left
            continue
        made += 1
    return made


@transaction.atomic
def offer_seat(
    appointment: Appointment, session: ClassSession, now: datetime, *, by: User | None = None
) -> None:
    """Hold a seat for somebody who waits; `by` is who of the desk has chosen them.

    Raises JustTaken if none is free.
    """
    lock([session.practitioner_id])
    until = offer_ends_at(appointment, session.starts_at, now)
    actor = Actor.DESK if by else Actor.SITE
    make_transition(appointment, EventType.PROPOSED, actor=actor, by=by, hold_expires_at=until)
    take_seat(session.pk, appointment)
    _propose(appointment, session)
    AppointmentEmail.objects.withhold(appointment)  # that its class has moved is told with this
    emails.seat_offered(appointment)


def _propose(appointment: Appointment, session: ClassSession) -> None:
    ProposedTime.objects.create(
        appointment=appointment,
        practitioner_id=session.practitioner_id,
        location=session.location,
        starts_at=session.starts_at,
    )


def move_offer(
    appointment: Appointment, session: ClassSession, *, was_at: datetime, by: User
) -> AppointmentEvent:
    """Offer the seat that is held for somebody once more: its class has moved, their link says so.

    They have as long to answer as at first.
    """
    event = make_transition(
        appointment,
        EventType.PROPOSED,
        actor=Actor.DESK,
        by=by,
        was_at=was_at,
        practitioner=session.practitioner,
        location=session.location,
        hold_expires_at=offer_ends_at(appointment, session.starts_at, timezone.now()),
    )
    ProposedTime.objects.filter(appointment=appointment).delete()
    _propose(appointment, session)
    tell_of_change(appointment, event)
    return event


def move_waiter(
    appointment: Appointment, session: ClassSession, *, was_at: datetime, by: User
) -> AppointmentEvent:
    """Keep somebody's place on the list of a class that has moved, and tell them of it."""
    moved = {"practitioner": session.practitioner, "location": session.location}
    event = write_change(
        appointment, EventType.MOVED, moved, actor=Actor.DESK, by=by, from_starts_at=was_at
    )
    tell_of_change(appointment, event)
    return event


def _end_of_those_begun(now: datetime) -> None:
    """Nobody waits for a class that has begun, nor on the list who has a seat or has left."""
    begun = Appointment.objects.waiting_for_a_seat().filter(class_session__starts_at__lte=now)
    for appointment in begun:
        try:
            with transaction.atomic():
                make_transition(appointment, EventType.EXPIRED, actor=Actor.SITE)
        except (StaleAppointment, TransitionNotAllowed):
            continue
    over = WaitingListEntry.objects.filter(
        left_at=None, appointment__class_session__isnull=False
    ).exclude(appointment__state__in=Appointment.HOLDING)
    over.update(left_at=now)
