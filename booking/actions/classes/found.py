"""A time that somebody can have: free time of a practitioner, or a seat of a class."""

from datetime import datetime, timedelta
from typing import NamedTuple

from booking.actions.claiming import Span, find_free, span_of_query
from booking.actions.classes.seats import find_session, take_seat
from booking.actions.holds import claim_time
from booking.models import Appointment, ClassSession, Practitioner
from booking.scheduling.query import AvailabilityQuery


class FoundTime(NamedTuple):
    """Where and with whom somebody will be, and what they take by it."""

    practitioner: Practitioner
    ends_at: datetime
    spans: list[Span]  # of the practitioner's time; in a class its session has claimed that
    session: ClassSession | None = None


def find_time(
    search: AvailabilityQuery, starts_at: datetime, *, now: datetime, outside_hours: bool = False
) -> FoundTime:
    """Find it and lock who gives it. Call it in a transaction.

    Raises NotOffered, or JustTaken without nearest times.
    """
    if search.service.is_class:
        session = find_session(search, starts_at, now=now)
        return FoundTime(session.practitioner, session.ends_at, [], session)
    person = find_free(search, starts_at, now=now, outside_hours=outside_hours)
    ends_at = starts_at + timedelta(minutes=search.visit.duration_minutes)
    return FoundTime(person, ends_at, [span_of_query(search, person, starts_at)])


def take_time(found: FoundTime, appointment: Appointment) -> None:
    """Take it for an appointment. Raises JustTaken."""
    if found.session:
        take_seat(found.session.pk, appointment)
    else:
        claim_time(found.spans, appointment=appointment)
