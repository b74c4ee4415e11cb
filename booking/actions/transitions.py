"""The one table of moves, and the one way to make one: a conditional update that hits one row."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F
from wagtail.log_actions import log

from booking.actions.claiming import Span, release
from booking.actions.errors import StaleAppointment, WrongState
from booking.models import Appointment, AppointmentEvent, ProposedTime
from clinic_site.accounts.models import User

State = Appointment.State
EventType = AppointmentEvent.EventType
Actor = AppointmentEvent.Actor


class Transition(NamedTuple):
    starts: frozenset[str]
    to: State


def _from(*states: State, to: State) -> Transition:
    return Transition(frozenset(states), to)


TRANSITIONS: dict[str, Transition] = {
    EventType.PROPOSED: _from(State.REQUESTED, to=State.PROPOSED),
    EventType.CONFIRMED: _from(State.REQUESTED, State.PROPOSED, to=State.CONFIRMED),
    EventType.ACCEPTED: _from(State.PROPOSED, to=State.CONFIRMED),
    EventType.DECLINED: _from(State.REQUESTED, State.PROPOSED, to=State.DECLINED),
    EventType.EXPIRED: _from(State.REQUESTED, State.PROPOSED, to=State.EXPIRED),
    EventType.CANCELED: _from(State.REQUESTED, State.PROPOSED, State.CONFIRMED, to=State.CANCELED),
    EventType.MOVED: _from(State.CONFIRMED, to=State.CONFIRMED),
    EventType.ARRIVED: _from(State.CONFIRMED, to=State.ARRIVED),
    EventType.NO_SHOW: _from(State.CONFIRMED, to=State.NO_SHOW),
    EventType.COMPLETED: _from(State.ARRIVED, to=State.COMPLETED),
}


def transitions_from(state: str) -> set[str]:
    """The moves that lead on from a state."""
    return {event_type for event_type, move in TRANSITIONS.items() if state in move.starts}


def check_transition(appointment: Appointment, event_type: AppointmentEvent.EventType) -> None:
    """Raise WrongState if the move does not lead on from the state of `appointment`."""
    if appointment.state not in TRANSITIONS[event_type].starts:
        raise WrongState


def make_transition(
    appointment: Appointment,
    event_type: AppointmentEvent.EventType,
    *,
    actor: AppointmentEvent.Actor,
    by: User | None = None,
    note: str = "",
    **fields: Any,
) -> None:
    """Write a move and its line of history, unless the row is no longer as `appointment` shows it.

    Also sets `fields`. A hold ends with every move that does not set another.
    """
    check_transition(appointment, event_type)
    before = appointment.state
    fields = {"hold_expires_at": None, **fields}
    as_seen = Appointment.objects.filter(
        pk=appointment.pk, state=before, version=appointment.version
    )
    if not as_seen.update(state=TRANSITIONS[event_type].to, version=F("version") + 1, **fields):
        raise StaleAppointment
    was_at, was_with = appointment.starts_at, appointment.practitioner_id
    appointment.refresh_from_db()
    record_event(
        appointment,
        event_type,
        actor=actor,
        by=by,
        note=note,
        from_state=before,
        from_starts_at=was_at,
        from_practitioner_id=was_with,
    )


def record_event(
    appointment: Appointment,
    event_type: AppointmentEvent.EventType,
    *,
    actor: AppointmentEvent.Actor,
    by: User | None = None,
    at: datetime | None = None,
    **fields: Any,
) -> None:
    """Add a line to the history, and one to the log if somebody of the staff did it."""
    AppointmentEvent.objects.create(
        appointment=appointment,
        event_type=event_type,
        actor=actor,
        by=by,
        to_state=appointment.state,
        starts_at=appointment.starts_at,
        practitioner_id=appointment.practitioner_id,
        **fields | ({"at": at} if at else {}),
    )
    if by:
        log(
            appointment,
            f"booking.{event_type}",
            user=by,
            data={"from": fields.get("from_state", "")},
        )


def release_time(appointment: Appointment, *, then: Iterable[Span] = ()) -> None:
    """Give back all time that an appointment has claimed, proposals included.

    Call it after its move: the row is locked then. `then` is what it claims next.
    """
    release(appointment=appointment, then=then)
    ProposedTime.objects.filter(appointment=appointment).delete()
