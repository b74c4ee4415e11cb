"""A class of six, Wednesdays at nine, and people who come to it."""

from datetime import datetime
from typing import Any

from booking.actions.classes.sessions import create_session
from booking.actions.classes.waiting import wait_for_seat
from booking.actions.requests import Contact
from booking.models import Appointment, ClassSession, Practitioner, Seat, Service
from booking.scheduling.query import AvailabilityQuery
from clinic_site.clinic.models.locations import Location
from tests.booking.factories import at, book, make_service

WEDNESDAY = at(6, 9)
NEXT_WEDNESDAY = at(13, 9)


def make_class(name: str = "Corrective exercise class", **fields: Any) -> Service:
    defaults = {
        "seats": 6,
        "mode": Service.Mode.AT_ONCE,
        "duration_minutes": 50,
        "buffer_minutes": 10,
        "price_text": "$25",
    }
    return make_service(name, **defaults | fields)


def make_session(
    service: Service, practitioner: Practitioner, starts_at: datetime = WEDNESDAY, **fields: Any
) -> ClassSession:
    return create_session(
        service=service,
        location=fields.pop("location", None) or Location.objects.get(),
        practitioner=practitioner,
        starts_at=starts_at,
        seats=fields.pop("seats", service.seats),
        **fields,
    )


def join(
    service: Service, number: int = 1, starts_at: datetime = WEDNESDAY, **answers: Any
) -> Appointment:
    """Have somebody, told apart by their number, take a seat."""
    who = {
        "name": f"Visitor {chr(64 + number % 26)}{number}",
        "phone": f"+1805555{number:04}",
        "email": f"visitor{number}@patient.example",
        "idempotency_key": f"seat {starts_at} {number}",
    }
    return book(service, starts_at, **who | answers)


def fill(service: Service, seats: int = 6, starts_at: datetime = WEDNESDAY) -> list[Appointment]:
    return [join(service, n, starts_at) for n in range(1, seats + 1)]


def taken_seats(session: ClassSession) -> int:
    return Seat.objects.filter(session=session, appointment__isnull=False).count()


def wait(session: ClassSession, number: int, **answers: Any) -> Appointment:
    """Put somebody, told apart by their number, on the waiting list of a full class."""
    contact = Contact(
        **{"name": f"Waiter {number}", "email": f"w{number}@patient.example"} | answers
    )
    search = AvailabilityQuery(session.service, session.location)
    key = f"wait {number}"
    return wait_for_seat(search, session.starts_at, contact=contact, idempotency_key=key)
