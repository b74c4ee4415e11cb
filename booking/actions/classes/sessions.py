"""What the desk changes about one date of a class: its seats, its time, whether it takes place.

All raise StaleSession, changing nothing, if it has changed since it was read. What is called off
can only be put on again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.log_actions import log

from booking.actions.claiming import Span, lock, release, span_of, to_utc
from booking.actions.classes.waiting import move_offer, move_waiter
from booking.actions.errors import (
    CannotUndo,
    JustTaken,
    SeatsTaken,
    StaleAppointment,
    StaleSession,
    TimeIsPast,
    TransitionNotAllowed,
)
from booking.actions.holds import claim_time, end_lapsed_seats
from booking.actions.news import tell_of_change
from booking.actions.transitions import Actor, EventType, make_transition
from booking.actions.undo import undo_change
from booking.actions.visits import cancel_appointment
from booking.models import (
    UNDO_FOR,
    Appointment,
    AppointmentEvent,
    ClassSession,
    Practitioner,
    Seat,
    Service,
)
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location

# So often somebody may change a visit just while its class is changed.
TRIES = 5


@transaction.atomic
def create_session(
    *,
    service: Service,
    location: Location,
    practitioner: Practitioner,
    starts_at: datetime,
    seats: int,
    by: User | None = None,
    **scheduled: Any,
) -> ClassSession:
    """Have a class meet once. Raises JustTaken if its practitioner's time is taken."""
    starts_at = to_utc(starts_at)
    lock([practitioner])
    session = ClassSession.objects.create(
        service=service,
        location=location,
        practitioner=practitioner,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=service.duration_minutes),
        duration_minutes=service.duration_minutes,
        buffer_minutes=service.buffer_minutes,
        seats=seats,
        **scheduled,
    )
    Seat.objects.bulk_create(Seat(session=session, number=n + 1) for n in range(seats))
    claim_time([span_of_session(session)], class_session=session)
    if by:
        log(session, "booking.class_made", user=by)
    return session


def span_of_session(session: ClassSession) -> Span:
    return span_of(
        session.practitioner_id,
        session.starts_at,
        session.duration_minutes,
        session.buffer_minutes,
    )


@transaction.atomic
def change_seats(session: ClassSession, seats: int, *, by: User) -> None:
    """Have as many seats. Raises SeatsTaken if more people than that have one."""
    lock([session.practitioner_id])
    rows = Seat.objects.filter(session=session)
    taken = rows.filter(appointment__isnull=False).count()
    if seats < taken:
        raise SeatsTaken(taken)
    _write(session, by, "booking.class_seats", seats=seats)
    numbers = list(rows.order_by("number").values_list("number", flat=True))
    more, last = seats - len(numbers), max(numbers, default=0)
    Seat.objects.bulk_create(Seat(session=session, number=last + n + 1) for n in range(more))
    fewer = list(rows.filter(appointment=None).order_by("-number")[: max(-more, 0)])
    gone, _by_model = rows.filter(pk__in=[row.pk for row in fewer], appointment=None).delete()
    if gone != len(fewer):  # somebody has just taken one
        raise SeatsTaken(seats + len(fewer) - gone)


@transaction.atomic
def move_session(
    session: ClassSession,
    *,
    starts_at: datetime,
    practitioner: Practitioner,
    location: Location | None = None,
    by: User,
) -> list[AppointmentEvent]:
    """Give a class another time, practitioner or place; everybody who comes or waits is told.

    Raises TimeIsPast, or JustTaken if the practitioner's time is taken.
    """
    starts_at = to_utc(starts_at)
    if starts_at <= timezone.now():
        raise TimeIsPast
    lock([session.practitioner_id, practitioner])
    end_lapsed_seats(session.pk, timezone.now())
    was_at, length = session.starts_at, session.ends_at - session.starts_at
    new: dict[str, Any] = {
        "practitioner": practitioner,
        "starts_at": starts_at,
        "ends_at": starts_at + length,
        "location": location or session.location,
    }
    _write(session, by, "booking.class_moved", **new)
    span = span_of_session(session)
    release(class_session=session, then=[span])
    claim_time([span], class_session=session)

    def move(appointment: Appointment) -> AppointmentEvent:
        event = make_transition(appointment, EventType.MOVED, actor=Actor.DESK, by=by, **new)
        tell_of_change(event.appointment, event)
        return event

    def offer_again(appointment: Appointment) -> AppointmentEvent:
        return move_offer(appointment, session, was_at=was_at, by=by)

    def wait_again(appointment: Appointment) -> AppointmentEvent:
        return move_waiter(appointment, session, was_at=was_at, by=by)

    _for_everybody(session, [Appointment.State.PROPOSED], offer_again)
    _for_everybody(session, [Appointment.State.REQUESTED], wait_again)
    return _for_everybody(session, [Appointment.State.CONFIRMED], move)


@transaction.atomic
def cancel_session(
    session: ClassSession, *, reason: str = "", by: User | None = None
) -> list[AppointmentEvent]:
    """Call a class off, and everybody's visit with it, also of those who wait; all are told why.

    Without `by`, as when its weekly class ends, only if nobody would come: else SeatsTaken.
    """
    lock([session.practitioner_id])
    taken = session.appointments.filter(state__in=Appointment.STANDING).count()
    if by is None and taken:
        raise SeatsTaken(taken)
    new: dict[str, Any] = {
        "state": ClassSession.State.CANCELED,
        "canceled_at": timezone.now(),
        "reason": reason,
    }
    _write(session, by, "booking.class_canceled", **new)
    release(class_session=session)
    if by is None:
        return []

    def cancel(appointment: Appointment) -> AppointmentEvent:
        return cancel_appointment(appointment, reason=reason, by=by)

    return _for_everybody(session, Appointment.STANDING, cancel)


def reopen_session(session: ClassSession, *, by: User) -> int:
    """Take back that a class was called off, for as long as the desk may undo.

    Everybody whose visit has not been changed since comes again. Returns how many. Raises
    CannotUndo, or JustTaken if the practitioner's time has gone.
    """
    canceled_at = session.canceled_at
    if canceled_at is None or canceled_at <= timezone.now() - UNDO_FOR:
        raise CannotUndo
    with transaction.atomic():
        put_on_again(session, by=by)
        events = AppointmentEvent.objects.filter(
            appointment__class_session=session,
            event_type=EventType.CANCELED,
            by__isnull=False,
            at__gte=canceled_at,
            undone_by=None,
        )
        return sum(_comes_again(event, by) for event in events.order_by("pk"))


def put_on_again(session: ClassSession, *, by: User) -> None:
    """Have a class that was called off take place, with nobody in it. Raises JustTaken."""
    lock([session.practitioner_id])
    new: dict[str, Any] = {"state": ClassSession.State.OPEN, "canceled_at": None, "reason": ""}
    _write(session, by, "booking.class_reopened", was=ClassSession.State.CANCELED, **new)
    claim_time([span_of_session(session)], class_session=session)


def end_if_empty(session: ClassSession) -> bool:
    """Call a class off unless anybody would come; tell whether it is."""
    try:
        with transaction.atomic():
            cancel_session(session)
    except (SeatsTaken, StaleSession):
        return False
    return True


def _comes_again(event: AppointmentEvent, by: User) -> bool:
    try:
        undo_change(event, by=by)
    except (CannotUndo, StaleAppointment, TransitionNotAllowed, JustTaken):
        return False
    return True


def _write(
    session: ClassSession,
    by: User | None,
    action: str,
    *,
    was: str = ClassSession.State.OPEN,
    **fields: Any,
) -> None:
    as_seen = ClassSession.objects.filter(pk=session.pk, state=was, version=session.version)
    if not as_seen.update(version=F("version") + 1, **fields):
        raise StaleSession
    session.refresh_from_db()
    if by:
        log(session, action, user=by)


def _for_everybody(
    session: ClassSession, states: Any, change: Callable[[Appointment], AppointmentEvent]
) -> list[AppointmentEvent]:
    """Change the visits of a session; one that changes at this moment is read again."""
    events: list[AppointmentEvent] = []
    done: set[int] = set()
    for _try in range(TRIES):
        left = session.appointments.filter(state__in=states).exclude(pk__in=done)
        rows = list(left.select_related("location", "service", "practitioner__person"))
        if not rows:
            return events
        for appointment in rows:
            try:
                with transaction.atomic():
                    events.append(change(appointment))
            except (StaleAppointment, TransitionNotAllowed):
                continue
            done.add(appointment.pk)
    raise StaleSession
