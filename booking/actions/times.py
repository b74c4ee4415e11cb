"""Giving an appointment a time, in place of the one that it has or holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.utils import timezone

from booking.actions.claiming import lock
from booking.actions.classes.found import find_time, take_time
from booking.actions.classes.seats import refuse_twice
from booking.actions.errors import JustTaken
from booking.actions.transitions import Actor, make_transition, release_time
from booking.models import Appointment, AppointmentEvent, Practitioner
from booking.patients.doubles import visitor_of
from booking.scheduling.slots import AvailabilityQuery, nearest_free_times
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location


def assign_time(
    appointment: Appointment,
    event_type: AppointmentEvent.EventType,
    *,
    starts_at: datetime,
    practitioner: Practitioner | None,
    by: User | None,
    outside_hours: bool,
) -> AppointmentEvent:
    """Move an appointment to a time of somebody who is free. Call it in a transaction.

    If nobody is down for its service at its location, the clinic keeps no calendars for it, and
    nothing is claimed.
    """
    search = query_for(appointment, practitioner, by_desk=by is not None)
    length = timedelta(minutes=appointment.duration_minutes)
    found = None
    # Whose time it has as well: somebody may just take that over, and give theirs for this.
    has = [appointment.practitioner_id] if appointment.practitioner_id else []
    lock([*search.practitioners, *has])
    if practitioner or not by or search.practitioners or search.service.is_class:
        found = find_time(search, starts_at, now=timezone.now(), outside_hours=outside_hours)
    if found and found.session and by is None:
        refuse_twice(found.session, visitor_of(appointment), ignoring=appointment)
    length_of_class = {
        name: getattr(found.session, name)
        for name in ("duration_minutes", "buffer_minutes")
        if found and found.session
    }
    event = make_transition(
        appointment,
        event_type,
        actor=Actor.DESK if by else Actor.PATIENT,
        by=by,
        practitioner=found and found.practitioner,
        class_session=found and found.session,
        starts_at=starts_at,
        ends_at=found.ends_at if found else starts_at + length,
        **length_of_class,
    )
    release_time(appointment, then=found.spans if found else [])
    if found:
        take_time(found, appointment)
    return event


def is_past(starts_at: datetime, location: Location, *, now: datetime, by_desk: bool) -> bool:
    """Tell whether it is too late to give a visit this time.

    The desk may enter what has begun today: people walk in, and are written down later.
    """
    zone = location.zone
    if by_desk:
        return starts_at.astimezone(zone).date() < now.astimezone(zone).date()
    return starts_at <= now


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
    same = query_for(appointment, same_person(appointment))
    if same.practitioners:
        return same
    others = query_for(appointment)
    return others if others.practitioners else None


def same_person(appointment: Appointment) -> Practitioner | None:
    """With whom it stays if nobody says otherwise. A class is the same, whoever gives it."""
    return None if appointment.service.is_class else appointment.practitioner


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
