"""The demo's year before: visits of which nobody is named any more, so that the numbers have one.

One a day for each practitioner at work. Who came is told by counting, so that it can be counted
again by hand: of each eleven one did not come and one called off three hours before.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from booking.models import Appointment, AppointmentEvent, Practitioner
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.opening_hours import DAY, days_between

State = Appointment.State
EventType = AppointmentEvent.EventType
Actor = AppointmentEvent.Actor
MONTHS = 11
LATE = timedelta(hours=3)


def create_past_months() -> None:
    """Store them with the line of history that each number is read from."""
    location, now = Location.objects.get(), timezone.now()
    first = (location.today - MONTHS * 31 * DAY).replace(day=1)
    visits = [
        _visit(number, practitioner, starts_at, location, now)
        for number, (practitioner, starts_at) in enumerate(
            _times(location, first, location.today - 8 * DAY), start=1
        )
    ]
    Appointment.objects.bulk_create(visits)
    AppointmentEvent.objects.bulk_create(event for visit in visits for event in _events(visit))


def _times(location: Location, first: date, last: date) -> Iterator[tuple[Practitioner, datetime]]:
    """When each practitioner begins, on each of their days."""
    people = Practitioner.objects.prefetch_related("weekly_hours", "assignments__service")
    for day in days_between(first, last):
        for person in people:
            begins = [
                one.begins for one in person.weekly_hours.all() if one.weekday == day.weekday()
            ]
            if begins:
                yield person, datetime.combine(day, min(begins), location.zone)


def _visit(
    number: int, person: Practitioner, starts_at: datetime, location: Location, now: datetime
) -> Appointment:
    services = [one.service for one in person.assignments.all() if not one.service.is_class]
    service = services[number % len(services)]
    state = {5: State.NO_SHOW, 6: State.CANCELED}.get(number % 11, State.COMPLETED)
    starts_at = starts_at.astimezone(UTC)
    return Appointment(
        reference=f"DEM3-{number:04}",
        idempotency_key=f"demo past {number}",
        state=state,
        requested_at=starts_at - timedelta(days=2 + number % 12),
        location=location,
        practitioner=person,
        service=service,
        service_name=service.name,
        duration_minutes=service.duration_minutes,
        buffer_minutes=service.buffer_minutes,
        price_text=service.price_text,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=service.duration_minutes),
        new_patient=number % 6 == 0,
        erased_at=now,
    )


def _events(visit: Appointment) -> Iterator[AppointmentEvent]:
    """Every third was asked for on the site, and answered after an hour, two or three."""
    number = int(visit.reference.removeprefix("DEM3-"))
    common = {
        "appointment": visit,
        "starts_at": visit.starts_at,
        "practitioner": visit.practitioner,
    }
    asked = number % 3 == 0
    yield AppointmentEvent(
        **common,
        at=visit.requested_at,
        event_type=EventType.REQUESTED if asked else EventType.BOOKED,
        actor=Actor.PATIENT if asked else Actor.DESK,
        to_state=State.REQUESTED if asked else State.CONFIRMED,
    )
    if asked:
        yield AppointmentEvent(
            **common,
            at=visit.requested_at + timedelta(hours=1 + number % 9 // 3),
            event_type=EventType.CONFIRMED,
            from_state=State.REQUESTED,
            to_state=State.CONFIRMED,
        )
    if visit.state == State.CANCELED and visit.starts_at:
        yield AppointmentEvent(
            **common,
            at=visit.starts_at - LATE,
            event_type=EventType.CANCELED,
            actor=Actor.PATIENT,
            from_state=State.CONFIRMED,
            from_starts_at=visit.starts_at,
            to_state=State.CANCELED,
        )
