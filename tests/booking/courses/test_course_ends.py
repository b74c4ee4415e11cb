"""A course tells the desk when one visit is left; it is erased with its patient, and ends."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from booking.actions.courses.booking import WantedVisit
from booking.actions.courses.invitations import (
    book_invited,
    invite_to_course,
    send_invitation,
    withdraw_invitation,
)
from booking.actions.courses.last_visits import call_before_last_visit
from booking.actions.patients.erasing import erase_record
from booking.actions.patients.records import Details, create_patient
from booking.actions.personal_data.erasing import erase_appointment
from booking.actions.personal_data.retention import delete_expired
from booking.actions.reminders import remind_patients
from booking.actions.requests import Contact
from booking.actions.visits import cancel_appointment, mark_arrived, mark_no_show
from booking.data_requests import AppointmentTable, PatientTable
from booking.formatting import place_in_course
from booking.manage_links import issue_link
from booking.models import Appointment, CallTask, Course, Patient, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from clinic_site.mail.models import OutgoingEmail
from tests.booking.courses.factories import WEDNESDAYS, make_course
from tests.booking.factories import said

Clock = time_machine.Traveller


@pytest.fixture
def course(service: Service, robin: Practitioner, staff: User) -> Course:
    return make_course(service, robin, staff)


def visits(course: Course) -> list[Appointment]:
    return list(course.appointments.select_related("location").order_by("starts_at"))


def come_to(course: Course, count: int, by: User, clock: Clock) -> None:
    for visit in visits(course)[:count]:
        assert visit.starts_at
        clock.move_to(visit.starts_at + timedelta(minutes=5))
        mark_arrived(visit, by=by)
    clock.shift(timedelta(days=1))


def test_the_desk_is_to_call_when_one_visit_is_left(
    course: Course, staff: User, clock: Clock
) -> None:
    come_to(course, 4, staff, clock)
    assert call_before_last_visit(timezone.now()) == 0
    mark_no_show_of_fifth(course, staff, clock)
    assert call_before_last_visit(timezone.now()) == 1
    call = CallTask.objects.open(timezone.now()).get()
    assert (call.reason, call.appointment) == (CallTask.Reason.COURSE, visits(course)[5])
    assert call_before_last_visit(timezone.now()) == 0  # once


def mark_no_show_of_fifth(course: Course, staff: User, clock: Clock) -> None:
    clock.move_to(WEDNESDAYS[4] + timedelta(minutes=20))
    mark_no_show(visits(course)[4], by=staff)


def test_nobody_is_called_because_the_others_were_canceled(course: Course, staff: User) -> None:
    for visit in visits(course)[1:]:
        cancel_appointment(visit, by=staff)
    assert call_before_last_visit(timezone.now()) == 0


def test_a_visit_that_is_canceled_while_courses_are_counted_stops_no_other_call(
    course: Course, service: Service, robin: Practitioner, staff: User, clock: Clock
) -> None:
    later = [time + timedelta(hours=2) for time in WEDNESDAYS]
    other = make_course(service, robin, staff, later, key="other")
    clock.move_to(WEDNESDAYS[4] + timedelta(hours=4))
    last = visits(course)[5]

    def canceled_first(execute: Any, sql: str, *args: Any) -> Any:
        """Once all are counted, and before the first of them is noted."""
        if sql.startswith("UPDATE") and "last_visit_told_at" in sql:
            Appointment.objects.filter(pk=last.pk).update(state="canceled")
        return execute(sql, *args)

    with connection.execute_wrapper(canceled_first):
        assert call_before_last_visit(timezone.now()) == 1
    assert CallTask.objects.get().appointment == visits(other)[5]


def test_the_counts_of_a_course_add_up(course: Course, staff: User, clock: Clock) -> None:
    cancel_appointment(visits(course)[5], by=staff)
    come_to(course, 2, staff, clock)
    clock.move_to(WEDNESDAYS[2] + timedelta(hours=3))
    now = timezone.now()
    counted = Course.objects.with_counts(now).get()
    assert (counted.kept, counted.not_noted, counted.left, counted.canceled) == (2, 1, 2, 1)
    assert list(Course.objects.open(now)) == [course]
    assert list(Course.objects.open(now + timedelta(days=60))) == []


def test_each_visit_says_which_of_the_course_it_is(
    course: Course, client: Client, staff: User
) -> None:
    second = visits(course)[1]
    assert place_in_course(second) == "Visit 2 of 6"
    assert "Visit 2 of 6" in said(client.get(f"/book/mine/{issue_link(second)}/"))
    cancel_appointment(visits(course)[0], by=staff)
    assert place_in_course(second) == "Visit 1 of 5"
    assert place_in_course(visits(course)[0]) == ""


def test_the_reminder_says_it_as_well(course: Course, clock: Clock) -> None:
    clock.move_to(WEDNESDAYS[1] - timedelta(hours=20))
    OutgoingEmail.objects.all().delete()
    remind_patients(timezone.now())
    assert "Visit 2 of 6" in OutgoingEmail.objects.get().text


def test_erasing_a_visit_takes_the_emails_of_its_course(course: Course) -> None:
    assert OutgoingEmail.objects.exists()
    erase_appointment(visits(course)[0], by=None)
    assert not OutgoingEmail.objects.exists()


def test_a_course_goes_when_nothing_says_whose_it_was(course: Course) -> None:
    delete_expired(timezone.now())
    assert Course.objects.exists()
    for visit in visits(course):
        erase_appointment(visit, by=None)
    delete_expired(timezone.now())
    assert not Course.objects.exists()
    assert Appointment.objects.count() == 6


def test_erasing_the_record_leaves_the_visits_each_by_itself(course: Course, staff: User) -> None:
    assert course.patient
    erase_record(course.patient, by=staff)
    assert not Course.objects.exists()
    assert Appointment.objects.filter(course=None, state="confirmed").count() == 6


def test_erasing_a_record_takes_its_invitation_and_the_email_of_it(
    service: Service, staff: User, clock: Clock
) -> None:
    patient = create_patient(Details(name="Priya Nair", emails="priya@patient.example"), by=staff)
    invite(service, patient, staff)
    assert OutgoingEmail.objects.exists()
    erase_record(patient, by=staff)
    assert not OutgoingEmail.objects.exists()
    assert not Course.objects.exists()


def invite(service: Service, patient: Patient, by: User) -> Course:
    return invite_to_course(
        service=service,
        location=Location.objects.get(),
        size=3,
        contact=Contact(name=patient.name, email=patient.emails),
        patient=patient,
        idempotency_key="invited",
        by=by,
    )


def test_a_course_of_which_no_time_was_chosen_goes_a_month_after_its_invitation(
    service: Service, staff: User, clock: Clock
) -> None:
    patient = create_patient(Details(name="Priya Nair", emails="priya@patient.example"), by=staff)
    invite(service, patient, staff)
    clock.shift(timedelta(days=7 + 29))
    delete_expired(timezone.now())
    assert Course.objects.exists()
    clock.shift(timedelta(days=2))
    delete_expired(timezone.now())
    assert not Course.objects.exists()


def test_an_invitation_that_was_withdrawn_can_be_sent_again_for_a_month(
    service: Service, staff: User, clock: Clock
) -> None:
    patient = create_patient(Details(name="Priya Nair", emails="priya@patient.example"), by=staff)
    course = invite(service, patient, staff)
    withdraw_invitation(course)
    clock.shift(timedelta(days=29))
    delete_expired(timezone.now())
    send_invitation(course)
    assert course.invitations.usable(timezone.now()).count() == 1
    withdraw_invitation(course)
    clock.shift(timedelta(days=31))
    delete_expired(timezone.now())
    assert not Course.objects.exists()


def test_links_to_choose_times_that_do_nothing_any_more_go(
    service: Service, robin: Practitioner, staff: User, clock: Clock
) -> None:
    patient = create_patient(Details(name="Priya Nair", emails="priya@patient.example"), by=staff)
    course = invite(service, patient, staff)
    send_invitation(course)
    delete_expired(timezone.now())
    assert course.invitations.count() == 1  # one has taken the place of the other
    book_invited(course, [WantedVisit(time, robin) for time in WEDNESDAYS[:3]])
    delete_expired(timezone.now())
    assert course.invitations.count() == 1
    clock.shift(timedelta(days=8))
    delete_expired(timezone.now())
    assert course.invitations.count() == 0


def test_what_is_handed_over_names_the_course(course: Course) -> None:
    visit, patient = visits(course)[0], course.patient
    assert patient
    assert course.reference in AppointmentTable().export(visit).values()
    (booked,) = PatientTable().export(patient)["Visits booked together"]
    assert booked["Number of visits"] == "6"
