"""Giving an appointment a time, in place of the one that it has or holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.utils import timezone

from booking.actions.claiming import find_free, lock, span_of_query
from booking.actions.errors import JustTaken
from booking.actions.holds import claim_time
from booking.actions.transitions import Actor, make_transition, release_time
from booking.models import Appointment, AppointmentEvent, Practitioner
from booking.scheduling.slots import AvailabilityQuery, nearest_free_times
from clinic_site.accounts.models import User


def assign_time(
    appointment: Appointment,
    event_type: AppointmentEvent.EventType,
    *,
    starts_at: datetime,
    practitioner: Practitioner | None,
    by: User | None,
    outside_hours: bool,
) -> None:
    """Move an appointment to a time of somebody who is free. Call it in a transaction.

    If nobody is down for its service at its location, the clinic keeps no calendars for it, and
    nothing is claimed.
    """
    search = query_for(appointment, practitioner, by_desk=by is not None)
    chosen = None
    # Whose time it has as well: somebody may just take that over, and give theirs for this.
    has = [appointment.practitioner_id] if appointment.practitioner_id else []
    lock([*search.practitioners, *has])
    if practitioner or not by or search.practitioners:
        chosen = find_free(search, starts_at, now=timezone.now(), outside_hours=outside_hours)
    make_transition(
        appointment,
        event_type,
        actor=Actor.DESK if by else Actor.PATIENT,
        by=by,
        practitioner=chosen,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=appointment.duration_minutes),
    )
    spans = [span_of_query(search, chosen, starts_at)] if chosen else []
    release_time(appointment, then=spans)
    if spans:
        claim_time(spans, appointment=appointment)


def query_for(
    appointment: Appointment, practitioner: Practitioner | None = None, *, by_desk: bool = False
) -> AvailabilityQuery:
    """The search for another time of an appointment; its own time counts as free."""
    return AvailabilityQuery(
        appointment.service,
        appointment.location,
        practitioner,
        by_desk=by_desk,
        appointment=appointment,
    )


def search_to_move(appointment: Appointment) -> AvailabilityQuery | None:
    """Where a patient finds another time: with the same person or, who takes no more, with others.

    None if nobody is offered to them for it: then they call.
    """
    same = query_for(appointment, appointment.practitioner)
    if same.practitioners:
        return same
    others = query_for(appointment)
    return others if others.practitioners else None


@contextmanager
def nearest_instead(
    appointment: Appointment,
    starts_at: datetime,
    practitioner: Practitioner | None,
    *,
    by_desk: bool = True,
) -> Iterator[None]:
    """Tell whoever comes too late for a time which ones near it are free."""
    try:
        yield
    except JustTaken as taken:
        search = query_for(appointment, practitioner, by_desk=by_desk)
        raise JustTaken(nearest_free_times(search, starts_at, now=timezone.now())) from taken
