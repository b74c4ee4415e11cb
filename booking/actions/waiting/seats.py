"""The desk offers a free seat to somebody who waits for it, takes the offer back, or their yes.

What somebody waits for is told by their appointment; what the desk has done stands in the list's
own history as well.
"""

from django.db import transaction
from django.utils import timezone

from booking.actions.claiming import lock
from booking.actions.classes.seats import keep_seat
from booking.actions.classes.waiting import offer_seat
from booking.actions.errors import (
    CannotUndo,
    NotOffered,
    OfferGone,
    StaleEntry,
    TimeIsPast,
    TransitionNotAllowed,
)
from booking.actions.news import tell_of_change
from booking.actions.transitions import Actor, EventType, make_transition, release_time
from booking.actions.undo import undo_change
from booking.actions.waiting.trace import Act, record_waiting, undoable_act
from booking.models import (
    Appointment,
    AppointmentEvent,
    CallTask,
    ClassSession,
    WaitingListEntry,
    WaitingListEvent,
)
from clinic_site.accounts.models import User


@transaction.atomic
def offer_seat_by_hand(entry: WaitingListEntry, *, by: User) -> WaitingListEvent:
    """Hold a free seat for somebody, whoever waits longer; they get an email, or a call to make.

    Raises StaleEntry if they wait no longer or have an offer, JustTaken if no seat is free,
    TimeIsPast if the class has begun, or NotOffered if it is canceled.
    """
    appointment, session = entry.appointment, _session_of(entry)
    now = timezone.now()
    if session.starts_at <= now:
        raise TimeIsPast
    if not session.is_open:
        raise NotOffered
    if appointment.state != Appointment.State.REQUESTED:
        raise StaleEntry
    offer_seat(appointment, session, now, by=by)
    _ask_by_hand(entry, only=False)
    return record_waiting(entry, Act.OFFERED, by=by)


@transaction.atomic
def withdraw_seat(entry: WaitingListEntry, *, by: User) -> WaitingListEvent:
    """Take the offer of a seat back: it goes to the next, and they wait on, asked by hand alone.

    Raises OfferGone if it is answered or over.
    """
    appointment = _held_for(entry)
    try:
        make_transition(appointment, EventType.WITHDRAWN, actor=Actor.DESK, by=by)
    except TransitionNotAllowed as answered:
        raise OfferGone from answered
    release_time(appointment)
    calls = CallTask.objects.filter(appointment=appointment, done_at=None, tries=0)
    calls.filter(reason=CallTask.Reason.NO_EMAIL).delete()
    _ask_by_hand(entry, only=True)
    return record_waiting(entry, Act.WITHDRAWN, by=by)


@transaction.atomic
def accept_seat(entry: WaitingListEntry, *, by: User) -> AppointmentEvent:
    """They say yes on the phone: the seat that is held for them is theirs.

    Raises OfferGone if it is held no longer, or the class has another time or person meanwhile.
    """
    appointment, session = _held_for(entry), _session_of(entry)
    event = make_transition(
        appointment,
        EventType.CONFIRMED,
        actor=Actor.DESK,
        by=by,
        practitioner=session.practitioner,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
    )
    try:
        keep_seat(appointment)
    except NotOffered as gone:
        raise OfferGone from gone
    tell_of_change(appointment, event, patient_knows=True)
    return event


@transaction.atomic
def undo_seat(event: WaitingListEvent, *, by: User) -> None:
    """Take back that a seat was offered or its offer withdrawn. Raises CannotUndo, or JustTaken."""
    undoable_act(event, Act.OFFERED, Act.WITHDRAWN)
    made = event.entry.appointment.events.filter(by__isnull=False, at__lte=event.at)
    change = made.order_by("-pk").first()
    if change is None:
        raise CannotUndo
    undo_change(change, by=by)
    was_offered = event.event_type == Act.OFFERED
    _ask_by_hand(event.entry, only=was_offered)
    record_waiting(event.entry, Act.WITHDRAWN if was_offered else Act.REOFFERED, by=by)


def _session_of(entry: WaitingListEntry) -> ClassSession:
    session = entry.appointment.class_session
    if session is None:
        raise NotOffered
    return session


def _held_for(entry: WaitingListEntry) -> Appointment:
    """The appointment as it is, its practitioner being locked, while a seat is held for it."""
    lock([_session_of(entry).practitioner_id])
    rows = Appointment.objects.select_related("class_session__practitioner", "location", "service")
    appointment = rows.get(pk=entry.appointment_id)
    held = appointment.state == Appointment.State.PROPOSED
    if not held or appointment.has_lapsed(timezone.now()):
        raise OfferGone
    return appointment


def _ask_by_hand(entry: WaitingListEntry, *, only: bool) -> None:
    WaitingListEntry.objects.filter(pk=entry.pk).update(by_hand=only)
