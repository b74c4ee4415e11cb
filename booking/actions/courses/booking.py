"""Booking the visits of a course: all of them, or none."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from booking.actions.claiming import lock, to_utc
from booking.actions.classes.found import find_time, take_time
from booking.actions.courses.news import tell_of_booking
from booking.actions.errors import AlreadyBooked, JustTaken, NotOffered, TimeIsPast, TimesGone
from booking.actions.patients.assigning import attach, attach_new
from booking.actions.requests import (
    Contact,
    create_appointment,
    new_reference,
    store_row_once,
)
from booking.actions.times import is_past
from booking.actions.transitions import Actor, EventType, State, record_event
from booking.models import (
    Appointment,
    AppointmentEvent,
    AppointmentSnapshot,
    Course,
    Patient,
    Practitioner,
    Service,
)
from booking.scheduling.slots import AvailabilityQuery
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location


class WantedVisit(NamedTuple):
    """A time with somebody or, for None, with whoever is free; by hand it may be outside hours."""

    starts_at: datetime
    practitioner: Practitioner | None = None
    outside_hours: bool = False


def book_course(
    *,
    service: Service,
    location: Location,
    visits: Sequence[WantedVisit],
    contact: Contact,
    idempotency_key: str,
    by: User,
    practitioner: Practitioner | None = None,
    weeks_between: int = 1,
    patient: Patient | None = None,
) -> Course:
    """Book a course for somebody on the phone, once for one `idempotency_key`.

    `practitioner` is with whom it is as a rule. Without a `patient` a record is made of them.
    Raises TimesGone, having booked nothing, if any of the times cannot be had.
    """

    def store() -> Course:
        course = create_course(
            service=service,
            location=location,
            practitioner=practitioner,
            size=len(visits),
            weeks_between=weeks_between,
            patient=patient,
            idempotency_key=idempotency_key,
            by=by,
        )
        return book_visits(course, visits, contact, by=by)

    return store_row_once(Course, idempotency_key, store)


def create_course(*, by: User, **fields: Any) -> Course:
    course: Course = Course.objects.create(reference=new_reference(), made_by=by, **fields)
    return course


@transaction.atomic
def book_visits(
    course: Course, visits: Iterable[WantedVisit], contact: Contact, *, by: User | None = None
) -> Course:
    """Book all visits of a course that has none yet, by the desk or, without `by`, its patient.

    Raises TimesGone, or AlreadyBooked if somebody was first, having booked nothing.
    """
    now = timezone.now()
    if not Course.objects.filter(pk=course.pk, booked_at=None).update(booked_at=now):
        raise AlreadyBooked
    course.booked_at = now
    wanted = [visit._replace(starts_at=to_utc(visit.starts_at)) for visit in visits]
    wanted.sort(key=lambda visit: visit.starts_at)
    search = partial(
        AvailabilityQuery,
        course.service,
        course.location,
        by_desk=by is not None,
        invited=by is None,
    )
    everybody = {person for visit in wanted for person in search(visit.practitioner).practitioners}
    lock(everybody)
    length = timedelta(minutes=course.service.duration_minutes)
    refused: dict[datetime, Exception] = {
        later.starts_at: JustTaken()  # nobody is at two visits at once
        for earlier, later in pairwise(wanted)
        if later.starts_at - earlier.starts_at < length
    }
    events: list[AppointmentEvent] = []
    for number, visit in enumerate(wanted):
        try:
            with transaction.atomic():
                events.append(
                    _book(course, visit, contact, number, search(visit.practitioner), by, now)
                )
        except (TimeIsPast, NotOffered, JustTaken) as refusal:
            refused[visit.starts_at] = refusal
        except OverflowError:  # the ends of the calendar
            refused[visit.starts_at] = NotOffered()
    if refused:
        raise TimesGone(refused)
    if by:
        _assign(course, [event.appointment for event in events], by)
    tell_of_booking(course, events)
    return course


def _book(
    course: Course,
    visit: WantedVisit,
    contact: Contact,
    number: int,
    search: AvailabilityQuery,
    by: User | None,
    now: datetime,
) -> AppointmentEvent:
    if is_past(visit.starts_at, course.location, now=now, by_desk=by is not None):
        raise TimeIsPast
    found = find_time(search, visit.starts_at, now=now, outside_hours=visit.outside_hours)
    appointment = create_appointment(
        course.service,
        course.location,
        contact,
        f"course {course.pk} visit {number}",
        course=course,
        patient=course.patient,
        requested_at=now,
        state=State.CONFIRMED,
        practitioner=found.practitioner,
        any_practitioner=visit.practitioner is None and found.session is None,
        class_session=found.session,
        starts_at=visit.starts_at,
        ends_at=found.ends_at,
    )
    take_time(found, appointment)
    actor = Actor.DESK if by else Actor.PATIENT
    event = record_event(appointment, EventType.BOOKED, actor=actor, by=by, at=now)
    if by:
        # Undone, it is called off, and has no time.
        AppointmentSnapshot.objects.keep(event, {"state": State.CANCELED})
    return event


def _assign(course: Course, visits: Sequence[Appointment], by: User) -> None:
    """Make a record of somebody new, and say that all visits are theirs."""
    if course.patient:
        return
    first, *others = visits
    patient = attach_new(first, by=by)
    for visit in others:
        attach(visit, patient, by=by)
    Course.objects.filter(pk=course.pk).update(patient=patient)
    course.patient = patient
