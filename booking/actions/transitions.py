"""The table of transitions, and the one way to make one: a conditional update that hits one row."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F
from wagtail.log_actions import log

from booking.actions.claiming import Span, release
from booking.actions.errors import StaleAppointment, TransitionNotAllowed
from booking.models import (
    Appointment,
    AppointmentEmail,
    AppointmentEvent,
    AppointmentSnapshot,
    ProposedTime,
    SearchTerm,
    Seat,
)
from clinic_site.accounts.models import User

State = Appointment.State
EventType = AppointmentEvent.EventType
Actor = AppointmentEvent.Actor
# What a booking is found by.
FOUND_BY = {"name", "visitor_name", "phone", "email"}


class Transition(NamedTuple):
    starts: frozenset[str]
    to: State


def _from(*states: State, to: State) -> Transition:
    return Transition(frozenset(states), to)


TRANSITIONS: dict[str, Transition] = {
    EventType.PROPOSED: _from(State.REQUESTED, State.PROPOSED, to=State.PROPOSED),
    EventType.CONFIRMED: _from(State.REQUESTED, State.PROPOSED, to=State.CONFIRMED),
    EventType.ACCEPTED: _from(State.PROPOSED, to=State.CONFIRMED),
    EventType.DECLINED: _from(State.REQUESTED, State.PROPOSED, to=State.DECLINED),
    EventType.WITHDRAWN: _from(State.PROPOSED, to=State.REQUESTED),
    EventType.EXPIRED: _from(State.REQUESTED, State.PROPOSED, to=State.EXPIRED),
    EventType.CANCELED: _from(State.REQUESTED, State.PROPOSED, State.CONFIRMED, to=State.CANCELED),
    EventType.MOVED: _from(State.CONFIRMED, to=State.CONFIRMED),
    EventType.ARRIVED: _from(State.CONFIRMED, to=State.ARRIVED),
    EventType.NO_SHOW: _from(State.CONFIRMED, to=State.NO_SHOW),
    EventType.COMPLETED: _from(State.ARRIVED, to=State.COMPLETED),
    EventType.REOPENED: _from(State.ARRIVED, State.COMPLETED, State.NO_SHOW, to=State.CONFIRMED),
}


def transitions_from(state: str) -> set[str]:
    """Return the transitions that lead on from a state, by the type of their event."""
    return {event_type for event_type, made in TRANSITIONS.items() if state in made.starts}


def check_transition(appointment: Appointment, event_type: AppointmentEvent.EventType) -> None:
    """Raise TransitionNotAllowed if it does not lead on from the state of `appointment`."""
    if appointment.state not in TRANSITIONS[event_type].starts:
        raise TransitionNotAllowed


def make_transition(
    appointment: Appointment,
    event_type: AppointmentEvent.EventType,
    *,
    actor: AppointmentEvent.Actor,
    by: User | None = None,
    note: str = "",
    by_clinic: bool = False,
    was_at: datetime | None = None,
    **fields: Any,
) -> AppointmentEvent:
    """Write a transition and its line of history, unless the row has changed since `appointment`.

    Also sets `fields`. A hold ends with every transition that does not set another. `was_at` is
    the time before of whoever has none of their own, as on the waiting list of a class.
    """
    check_transition(appointment, event_type)
    fields = {"state": TRANSITIONS[event_type].to, "hold_expires_at": None, **fields}
    of_event: dict[str, Any] = {"actor": actor, "by": by, "note": note, "by_clinic": by_clinic}
    if was_at:
        of_event["from_starts_at"] = was_at
    return write_change(appointment, event_type, fields, **of_event)


def write_change(
    appointment: Appointment,
    event_type: AppointmentEvent.EventType,
    fields: dict[str, Any],
    **of_event: Any,
) -> AppointmentEvent:
    """Write `fields` and a line of history. Raises StaleAppointment if the row has changed.

    What somebody of the staff has done can be undone for a while. Call it in a transaction.
    """
    before = {
        field.attname: getattr(appointment, field.attname)
        for field in Appointment._meta.concrete_fields
        if {field.name, field.attname} & fields.keys()
    }
    as_seen = Appointment.objects.filter(
        pk=appointment.pk, state=appointment.state, version=appointment.version
    )
    if not as_seen.update(version=F("version") + 1, **fields):
        raise StaleAppointment
    was: dict[str, Any] = {
        "from_state": appointment.state,
        "from_starts_at": appointment.starts_at,
        "from_practitioner_id": appointment.practitioner_id,
    }
    appointment.refresh_from_db()
    if FOUND_BY & fields.keys():
        SearchTerm.objects.write_for_booking(appointment)
    event = record_event(appointment, event_type, **was | of_event)
    if event.actor != Actor.DESK and not appointment.course_id:
        AppointmentEmail.objects.withhold(appointment)  # it would tell what is no longer so
    if event.by_id and event_type != EventType.UNDONE:
        keep_snapshot(event, before)
    return event


def keep_snapshot(event: AppointmentEvent, columns: dict[str, Any]) -> None:
    """Keep what a change by the desk has written over, and the time that is claimed still."""
    claimed: dict[int, list[int]] = defaultdict(list)
    for person, cell in event.appointment.claims.values_list("practitioner", "cell"):
        claimed[person].append(cell)
    proposed = event.appointment.proposed_times.values_list("practitioner", "starts_at")
    AppointmentSnapshot.objects.keep(
        event, columns, claims=[*claimed.items()], proposed=[*proposed]
    )


def record_event(
    appointment: Appointment,
    event_type: AppointmentEvent.EventType,
    *,
    actor: AppointmentEvent.Actor,
    by: User | None = None,
    at: datetime | None = None,
    **fields: Any,
) -> AppointmentEvent:
    """Add a line to the history, and one to the log if somebody of the staff did it."""
    event: AppointmentEvent = AppointmentEvent.objects.create(
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
    return event


def release_time(appointment: Appointment, *, then: Iterable[Span] = ()) -> None:
    """Give back all time that an appointment has claimed, proposals and its seat included.

    Call it after its transition: the row is locked then. `then` is what it claims next.
    """
    release(appointment=appointment, then=then)
    Seat.objects.filter(appointment=appointment).update(appointment=None)
    ProposedTime.objects.filter(appointment=appointment).delete()
