"""Seats of a class: as many as there are rows of them, each taken by a conditional update.

Whoever takes a seat or changes a session locks its practitioner first, as for any time. The lock
is for order; that a row holds one appointment is what keeps a seat from being given twice.
"""

from datetime import datetime

from django.utils import timezone

from booking.actions.claiming import lock
from booking.actions.errors import CannotUndo, ComesAlready, JustTaken, NotOffered
from booking.actions.holds import end_lapsed_seats
from booking.models import Appointment, ClassSession, ProposedTime, Seat, WaitingListEntry
from booking.patients.doubles import Visitor
from booking.scheduling.class_dates import ClassDate, class_dates_at
from booking.scheduling.query import AvailabilityQuery


def find_session(search: AvailabilityQuery, starts_at: datetime, *, now: datetime) -> ClassSession:
    """Choose the session at `starts_at` that has a seat left, its practitioner being locked.

    Call it in a transaction. Raises NotOffered if no class begins then, JustTaken if it is full.
    """
    try:
        found = class_dates_at(search, starts_at, now=now)
    except OverflowError as error:  # the ends of the calendar
        raise NotOffered from error
    lock(each.session.practitioner_id for each in found)
    # Read again: somebody may have had the lock before.
    found = class_dates_at(search, starts_at, now=now)
    if not found:
        raise NotOffered
    with_seats = [each for each in found if not each.is_full]
    if not with_seats:
        raise JustTaken
    return _of_same(search.appointment, with_seats)


def _of_same(appointment: Appointment | None, dates: list[ClassDate]) -> ClassSession:
    """Of several classes at one time the one with the person they know, else the first."""
    known = [each for each in dates if appointment and _is_with(each, appointment)]
    return (known or dates)[0].session


def _is_with(each: ClassDate, appointment: Appointment) -> bool:
    return each.session.practitioner_id == appointment.practitioner_id


def take_seat(session_id: int, appointment: Appointment) -> None:
    """Take a free seat, the practitioner being locked. Raises JustTaken if there is none."""
    end_lapsed_seats(session_id, timezone.now(), ignoring=appointment)
    seats = Seat.objects.filter(session=session_id, session__state=ClassSession.State.OPEN)
    free = seats.filter(appointment=None).order_by("number").values_list("pk", flat=True)
    for seat in list(free):
        if Seat.objects.filter(pk=seat, appointment=None).update(appointment=appointment):
            return
    raise JustTaken


def take_seat_again(appointment: Appointment) -> None:
    """Take a seat for what stands as it was before: in the same session, if it is still then.

    Nothing is taken for what is in no class, and for what has no seat to have. Raises CannotUndo if
    the class has been moved, given to somebody else or called off, JustTaken if it is full.
    """
    session, state = appointment.class_session, appointment.state
    if session is None or state not in (*Appointment.STANDING, *Appointment.AGREED):
        return
    waits = state == Appointment.State.REQUESTED
    if not (session.is_open and (waits or _is_then(session, appointment))):
        raise CannotUndo
    if not waits:
        take_seat(session.pk, appointment)


def _is_then(session: ClassSession, appointment: Appointment) -> bool:
    """Whether it is when, and with whom, somebody was promised or offered a seat of it."""
    times = [(appointment.practitioner_id, appointment.starts_at)]
    if appointment.state == Appointment.State.PROPOSED:
        times = [*appointment.proposed_times.values_list("practitioner", "starts_at")]
    return (session.practitioner_id, session.starts_at) in times


def keep_seat(appointment: Appointment) -> None:
    """What was held of a class is theirs from now on.

    Raises NotOffered if nothing was held, or if the class has another time or person meanwhile.
    """
    session = appointment.class_session
    held = Seat.objects.filter(appointment=appointment, session=session).exists()
    if session is None or not held or not _is_then(session, appointment):
        raise NotOffered
    ProposedTime.objects.filter(appointment=appointment).delete()
    now = timezone.now()
    WaitingListEntry.objects.filter(appointment=appointment).update(left_at=now)


def refuse_twice(
    session: ClassSession, visitor: Visitor, *, ignoring: Appointment | None = None
) -> None:
    """Raise ComesAlready if this person has a seat of the session, or waits for one.

    A child and a parent have one phone number, and two names.
    """
    comes = session.appointments.filter(
        state__in=(*Appointment.STANDING, Appointment.State.ARRIVED)
    )
    for appointment in comes.not_lapsed(timezone.now()).select_related("patient"):
        if appointment != ignoring and visitor.is_of(appointment):
            raise ComesAlready(appointment)
