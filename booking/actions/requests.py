"""How appointments come to be: with a time of those that are free, or with wishes alone."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone

from booking import emails
from booking.actions.claiming import to_utc
from booking.actions.classes.found import find_time, take_time
from booking.actions.classes.seats import refuse_twice
from booking.actions.errors import ComesAlready, JustTaken, TimeIsPast, TimesGone
from booking.actions.news import tell_of_change
from booking.actions.times import is_past
from booking.actions.transitions import Actor, EventType, State, record_event
from booking.models import (
    Appointment,
    AppointmentSnapshot,
    BookingRules,
    CallTask,
    Course,
    Patient,
    Practitioner,
    SearchTerm,
    Service,
    Wish,
)
from booking.patients.doubles import Visitor
from booking.scheduling.opening import after_opening_hours
from booking.scheduling.slots import AvailabilityQuery, nearest_free_times
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location

# No vowels, so that no word arises; nothing that is misread or misheard for another.
REFERENCE_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
TRIES = 5
WISHES = 3
Row = TypeVar("Row", Appointment, Course)


@dataclass(frozen=True)
class Contact:
    """Who asks, and how to reach them: cleaned, with a phone number or an email address."""

    name: str
    phone: str = ""  # E.164
    email: str = ""
    new_patient: bool = False
    for_somebody_else: bool = False
    visitor_name: str = ""
    access_needs: str = ""
    note: str = ""

    @property
    def visitor(self) -> Visitor:
        """Who comes."""
        return Visitor(self.visitor_name or self.name, self.phone, self.email)


def book_time(
    *,
    service: Service,
    location: Location,
    starts_at: datetime,
    contact: Contact,
    idempotency_key: str,
    practitioner: Practitioner | None = None,
    by: User | None = None,
    outside_hours: bool = False,
    patient: Patient | None = None,
) -> Appointment:
    """Book a free time: confirmed at once, or held as a request, as the service says.

    Without a `practitioner` anybody who is free. Stores it once for one `idempotency_key`, however
    often and wherever it is sent. `by` is the member of staff who books for somebody: then it is
    confirmed, and notice, horizon, "by phone only" and, if asked for, hours do not bind. They may
    say at once whose it is, by `patient`, and enter what has begun today already.

    Raises TimeIsPast, NotOffered, JustTaken with the nearest free times or, when patients book
    the same person twice into one class, ComesAlready.
    """
    now, starts_at = timezone.now(), to_utc(starts_at)
    search = AvailabilityQuery(service, location, practitioner, by_desk=by is not None)

    def store() -> Appointment:
        if is_past(starts_at, location, now=now, by_desk=by is not None):
            raise TimeIsPast
        found = find_time(search, starts_at, now=now, outside_hours=outside_hours)
        if found.session and by is None:
            refuse_twice(found.session, contact.visitor)
        at_once = by is not None or service.mode == Service.Mode.AT_ONCE
        appointment = create_appointment(
            service,
            location,
            contact,
            idempotency_key,
            requested_at=now,
            state=State.CONFIRMED if at_once else State.REQUESTED,
            practitioner=found.practitioner,
            any_practitioner=practitioner is None and found.session is None,
            class_session=found.session,
            starts_at=starts_at,
            ends_at=found.ends_at,
            hold_expires_at=None if at_once else _held_until(location, starts_at, now),
            patient=patient,
        )
        take_time(found, appointment)
        event_type = EventType.BOOKED if at_once else EventType.REQUESTED
        event = record_event(
            appointment, event_type, actor=Actor.DESK if by else Actor.PATIENT, by=by, at=now
        )
        if by:
            # Undone, it is called off, and has no time.
            AppointmentSnapshot.objects.keep(event, {"state": State.CANCELED})
            tell_of_change(appointment, event)
        elif at_once:
            emails.appointment_confirmed(appointment)
        else:
            _tell_of_request(appointment)
        return appointment

    try:
        return store_once(idempotency_key, store)
    except JustTaken as taken:
        raise JustTaken(nearest_free_times(search, starts_at, now=now)) from taken


def request_appointment(
    *,
    service: Service,
    location: Location,
    contact: Contact,
    idempotency_key: str,
    wishes: Sequence[Wish] = (),
    wants_call: bool = False,
    practitioner: Practitioner | None = None,
) -> Appointment:
    """Store a request without a time: up to three wished days, or "please call me".

    Stores it once for one `idempotency_key`, however often and wherever it is sent.
    """
    if len(wishes) > WISHES:
        raise ValueError("at most three wishes")
    columns = [
        ("preferred_date", "part_of_day"),
        ("second_date", "second_part"),
        ("third_date", "third_part"),
    ]
    wished: dict[str, Any] = {}
    for (day, part), wish in zip(columns, wishes, strict=False):
        wished |= {day: wish.day, part: wish.part_of_day}

    def store() -> Appointment:
        appointment = create_appointment(
            service,
            location,
            contact,
            idempotency_key,
            practitioner=practitioner,
            any_practitioner=practitioner is None,
            wants_call=wants_call,
            **wished,
        )
        record_event(
            appointment, EventType.REQUESTED, actor=Actor.PATIENT, at=appointment.requested_at
        )
        if wants_call:
            CallTask.objects.create(appointment=appointment, reason=CallTask.Reason.ASKED)
        _tell_of_request(appointment)
        return appointment

    return store_once(idempotency_key, store)


def store_once(idempotency_key: str, store: Callable[[], Appointment]) -> Appointment:
    """Store in a transaction, or return what is stored under the key already."""
    return store_row_once(Appointment, idempotency_key, store)


def store_row_once(model: type[Row], idempotency_key: str, store: Callable[[], Row]) -> Row:
    """The same for whatever has an idempotency key."""
    tries_left = TRIES
    while True:
        twin = model._default_manager.filter(idempotency_key=idempotency_key).first()
        if twin:
            return twin
        try:
            with transaction.atomic():
                return store()
        except IntegrityError:
            # The same form has just been stored, which the next round finds, or, once in
            # many millions, the reference was taken.
            tries_left -= 1
            if not tries_left:
                raise
        except (ComesAlready, JustTaken, TimesGone):
            # Perhaps by this very form, sent twice.
            twin = model._default_manager.filter(idempotency_key=idempotency_key).first()
            if twin:
                return twin
            raise


def create_appointment(
    service: Service, location: Location, contact: Contact, idempotency_key: str, **fields: Any
) -> Appointment:
    promised = fields.get("class_session") or service  # a date keeps the length it was made with
    appointment = Appointment.objects.create(
        reference=new_reference(),
        idempotency_key=idempotency_key,
        location=location,
        service=service,
        service_name=service.name,
        duration_minutes=promised.duration_minutes,
        buffer_minutes=promised.buffer_minutes,
        price_text=service.price_text,
        **asdict(contact),
        **fields,
    )
    SearchTerm.objects.write_for_booking(appointment)
    return appointment


def _held_until(location: Location, starts_at: datetime, now: datetime) -> datetime:
    """As many opening hours from now as the rules say, so that the desk can answer."""
    hours = BookingRules.load().hold_hours
    return min(after_opening_hours(location, now, hours), starts_at)


def _tell_of_request(appointment: Appointment) -> None:
    emails.appointment_received(appointment)
    emails.new_request(appointment)


def new_reference() -> str:
    drawn = "".join(secrets.choice(REFERENCE_ALPHABET) for _place in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"
