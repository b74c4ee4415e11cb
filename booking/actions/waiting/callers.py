"""Somebody has called, and there is no time for them: they wait for one, by email or by phone."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q
from django.utils import timezone

from booking.actions.errors import ComesAlready, NotOffered
from booking.actions.requests import Contact, create_appointment, store_once
from booking.actions.transitions import Actor, EventType, record_event
from booking.actions.waiting.trace import Act, record_waiting
from booking.models import Appointment, Patient, Practitioner, Service, WaitingListEntry
from booking.parts_of_day import PartOfDay
from booking.patients.doubles import Visitor
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location


@dataclass(frozen=True)
class TimeWished:
    """When it would suit; with nobody named, with anyone."""

    practitioner: Practitioner | None = None
    part_of_day: str = PartOfDay.ANY
    first_day: date | None = None
    last_day: date | None = None


def add_caller(
    service: Service,
    location: Location,
    wished: TimeWished,
    *,
    contact: Contact,
    idempotency_key: str,
    by: User,
    patient: Patient | None = None,
) -> Appointment:
    """Put somebody on the list who has no visit yet, once for one `idempotency_key`.

    They have a request without a time, which nobody has to answer. For classes, whose own list is
    joined with a seat, raises NotOffered; ComesAlready for somebody who waits for it.
    """
    if service.is_class:
        raise NotOffered
    now = timezone.now()

    def store() -> Appointment:
        _refuse_waiting(service, location, replace(contact.visitor, patient=patient))
        appointment = create_appointment(
            service,
            location,
            contact,
            idempotency_key,
            requested_at=now,
            practitioner=wished.practitioner,
            any_practitioner=wished.practitioner is None,
            patient=patient,
        )
        entry = WaitingListEntry.objects.create(
            appointment=appointment,
            without_visit=True,
            joined_at=now,
            any_practitioner=wished.practitioner is None,
            part_of_day=wished.part_of_day,
            first_day=wished.first_day,
            last_day=wished.last_day,
        )
        record_event(appointment, EventType.REQUESTED, actor=Actor.DESK, by=by, at=now)
        record_waiting(entry, Act.ADDED, by=by)
        return appointment

    return store_once(idempotency_key, store)


def _refuse_waiting(service: Service, location: Location, visitor: Visitor) -> None:
    """Raise ComesAlready if this person is on the list for the service as a caller."""
    reached = Q(phone_index__of=visitor.phone) | Q(email_index__of=visitor.email)
    if visitor.patient:
        reached |= Q(patient__in=visitor.patient.family_ids)
    waits = Appointment.objects.filter(
        reached,
        service=service,
        location=location,
        state=Appointment.State.REQUESTED,
        waiting_list_entry__without_visit=True,
    )
    for appointment in waits.select_related("patient"):
        if visitor.is_of(appointment):
            raise ComesAlready(appointment)
