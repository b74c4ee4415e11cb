"""A course is booked whole or not at all; each of its visits is an appointment of its own."""

from datetime import timedelta

import pytest

from booking.actions.courses.booking import WantedVisit, book_course, book_visits
from booking.actions.errors import AlreadyBooked, JustTaken, NotOffered, TimeIsPast, TimesGone
from booking.actions.requests import Contact
from booking.actions.visits import move_appointment
from booking.models import Appointment, Claim, Course, Patient, Practitioner, SearchTerm, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from clinic_site.mail.models import OutgoingEmail
from tests.booking.courses.factories import WEDNESDAYS, make_course
from tests.booking.factories import at, book, make_practitioner

CONFIRMED = Appointment.State.CONFIRMED


def test_six_visits_are_booked_for_one_patient(
    service: Service, robin: Practitioner, staff: User
) -> None:
    course = make_course(service, robin, staff)
    visits = list(course.appointments.order_by("starts_at"))
    assert [visit.starts_at for visit in visits] == WEDNESDAYS
    assert {(visit.state, visit.practitioner) for visit in visits} == {(CONFIRMED, robin)}
    assert {visit.patient for visit in visits} == {Patient.objects.get(), course.patient}
    assert Claim.objects.count() == 6 * 12
    assert all(visit.events.get().event_type == "booked" for visit in visits)


def test_a_patient_who_is_known_gets_no_second_record(
    service: Service, robin: Practitioner, staff: User
) -> None:
    known = make_course(service, robin, staff).patient
    later = [time + timedelta(hours=2) for time in WEDNESDAYS]
    course = make_course(service, robin, staff, later, key="another", patient=known)
    assert course.patient == known == Patient.objects.get()
    assert course.appointments.filter(patient=known).count() == 6
    assert not SearchTerm.objects.filter(appointment__isnull=False).exists()


def test_if_one_time_is_taken_none_is_booked(
    service: Service, robin: Practitioner, staff: User
) -> None:
    book(service, WEDNESDAYS[3], practitioner=robin)
    emails = OutgoingEmail.objects.count()
    with pytest.raises(TimesGone) as refusal:
        make_course(service, robin, staff)
    ((time, why),) = refusal.value.refused.items()
    assert time == WEDNESDAYS[3]
    assert isinstance(why, JustTaken)
    assert (Appointment.objects.count(), Course.objects.count()) == (1, 0)
    assert Patient.objects.count() == 0
    assert OutgoingEmail.objects.count() == emails


def test_all_times_that_cannot_be_had_are_named_at_once(
    service: Service, robin: Practitioner, staff: User
) -> None:
    times = [at(3, 10), *WEDNESDAYS, at(9, 10), at(6, 10, 30)]  # yesterday, a Saturday, twice
    with pytest.raises(TimesGone) as refusal:
        make_course(service, robin, staff, times)
    refused = {time: type(why) for time, why in refusal.value.refused.items()}
    assert refused == {at(3, 10): TimeIsPast, at(9, 10): NotOffered, at(6, 10, 30): JustTaken}


def test_nobody_is_at_two_visits_at_once_with_two_practitioners(
    service: Service, robin: Practitioner, staff: User
) -> None:
    dana = make_practitioner("Dana Whitfield", service)
    visits = [WantedVisit(at(6, 10), robin), WantedVisit(at(6, 10), dana)]
    with pytest.raises(TimesGone):
        book_course(
            service=service,
            location=Location.objects.get(),
            visits=visits,
            contact=Contact(name="Jo", phone="+18055550123"),
            idempotency_key="two",
            by=staff,
        )
    assert not Appointment.objects.exists()


def test_a_time_by_hand_may_be_outside_hours(
    service: Service, robin: Practitioner, staff: User
) -> None:
    saturday = WantedVisit(at(9, 10), robin, outside_hours=True)
    course = book_course(
        service=service,
        location=Location.objects.get(),
        visits=[WantedVisit(at(6, 10), robin), saturday],
        contact=Contact(name="Jo", phone="+18055550123"),
        idempotency_key="by hand",
        by=staff,
    )
    assert course.appointments.filter(starts_at=at(9, 10)).exists()


def test_the_same_form_twice_is_one_course(
    service: Service, robin: Practitioner, staff: User
) -> None:
    assert make_course(service, robin, staff) == make_course(service, robin, staff)
    assert Appointment.objects.count() == 6
    assert OutgoingEmail.objects.count() == 1


def test_a_course_is_booked_once(service: Service, robin: Practitioner, staff: User) -> None:
    course = make_course(service, robin, staff)
    again = [WantedVisit(time + timedelta(hours=2), robin) for time in WEDNESDAYS]
    with pytest.raises(AlreadyBooked):
        book_visits(course, again, Contact(name="Jo", phone="+18055550123"), by=staff)
    assert Appointment.objects.count() == 6


def test_a_visit_that_is_moved_stays_in_its_course(
    service: Service, robin: Practitioner, staff: User
) -> None:
    course = make_course(service, robin, staff)
    first = course.appointments.earliest("starts_at")
    move_appointment(first, starts_at=at(7, 15), by=staff)
    first.refresh_from_db()
    assert first.course == course
    assert first.starts_at == at(7, 15)


def test_a_practitioner_who_has_left_is_not_booked(
    service: Service, robin: Practitioner, staff: User
) -> None:
    Practitioner.objects.filter(pk=robin.pk).update(active=False)
    with pytest.raises(TimesGone):
        make_course(service, robin, staff)
    assert not Appointment.objects.exists()
