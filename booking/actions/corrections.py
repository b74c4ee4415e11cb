"""Correcting what was written down: whom to reach, who comes, which service, how long."""

from datetime import timedelta
from typing import Any

from django.db import transaction

from booking.actions.claiming import lock, span_of
from booking.actions.errors import NotOffered
from booking.actions.holds import claim_time
from booking.actions.news import tell_of_change, tell_of_correction
from booking.actions.times import nearest_instead
from booking.actions.transitions import Actor, EventType, release_time, write_change
from booking.manage_links import revoke_links
from booking.models import Appointment, AppointmentEvent
from clinic_site.accounts.models import User

# What patients see in their emails and on their own page.
SEEN = {"name", "email", "visitor_name", "service", "service_name", "duration_minutes"}


def correct_appointment(
    appointment: Appointment, *, by: User, tell: bool = False, **details: Any
) -> AppointmentEvent | None:
    """Write down `details` instead of what stands; return nothing if that is the same.

    A service brings its name and price along, and its buffer. The patient is told if `tell` says so
    and they see any of it. Raises StaleAppointment, or JustTaken, with the nearest free times, if a
    longer visit meets something else; NotOffered for what is of a class, and for what would be.
    """
    changed = {name: new for name, new in details.items() if getattr(appointment, name) != new}
    if not changed:
        return None
    _refuse_another_class(appointment, changed)
    seen = tell and bool(SEEN & changed.keys())
    fields = Appointment._meta.concrete_fields
    words = [str(field.verbose_name) for field in fields if field.name in changed]
    changed |= _that_follows(appointment, changed)
    starts_at, practitioner = appointment.starts_at, appointment.practitioner
    if starts_at is None:
        return _write(appointment, changed, by, words, seen)
    with nearest_instead(appointment, starts_at, practitioner):
        return _write(appointment, changed, by, words, seen)


def _refuse_another_class(appointment: Appointment, changed: dict[str, Any]) -> None:
    """A seat is of one class and as long as that; without one, nobody is in a class."""
    service = changed.get("service")
    if appointment.class_session_id:
        refused = bool({"service", "duration_minutes"} & changed.keys())
    else:
        refused = service is not None and service.is_class
    if refused:
        raise NotOffered


def _that_follows(appointment: Appointment, changed: dict[str, Any]) -> dict[str, Any]:
    """What changes along: what a service promises, and when the visit ends."""
    follows: dict[str, Any] = {}
    if service := changed.get("service"):
        follows["service_name"] = service.name
        follows["price_text"] = service.price_text
        follows["buffer_minutes"] = service.buffer_minutes
    if "visitor_name" in changed:
        follows["for_somebody_else"] = bool(changed["visitor_name"])
    if appointment.starts_at and "duration_minutes" in changed:
        length = timedelta(minutes=changed["duration_minutes"])
        follows["ends_at"] = appointment.starts_at + length
    return follows


@transaction.atomic
def _write(
    appointment: Appointment, changed: dict[str, Any], by: User, words: list[str], tell: bool
) -> AppointmentEvent:
    person = appointment.practitioner_id
    if person:
        lock([person])
    event = write_change(
        appointment,
        EventType.CORRECTED,
        changed,
        actor=Actor.DESK,
        by=by,
        details=", ".join(words)[:200],
    )
    if "email" in changed:
        revoke_links(appointment)  # they are in somebody else's mailbox
    if {"duration_minutes", "buffer_minutes"} & changed.keys() and appointment.claims.exists():
        _claim_anew(appointment)
    if tell:
        tell_of_change(appointment, event)
    else:
        tell_of_correction(appointment, event)
    return event


def _claim_anew(appointment: Appointment) -> None:
    """Claim as much time as the visit takes now."""
    person, starts_at = appointment.practitioner_id, appointment.starts_at
    if person is None or starts_at is None:
        return
    minutes, buffer = appointment.duration_minutes, appointment.buffer_minutes
    span = span_of(person, starts_at, minutes, buffer)
    release_time(appointment, then=[span])
    claim_time([span], appointment=appointment)
