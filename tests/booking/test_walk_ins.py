"""Who walked in, and is written down later: the desk enters what has begun today."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from booking.actions.answers import confirm_appointment
from booking.actions.errors import TimeIsPast
from booking.actions.visits import mark_arrived, mark_completed, move_appointment
from booking.desk.times import value_of
from booking.models import Appointment, CallTask, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from tests.booking.factories import at, book, make_appointment, said

BOOK = "/admin/appointments/book/"


@pytest.fixture(autouse=True)
def afternoon(clock: time_machine.Traveller) -> None:
    clock.move_to(at(4, 14))


def test_a_visit_that_began_today_is_entered_and_completed(
    service: Service, robin: Practitioner, staff: User
) -> None:
    visit = book(service, at(4, 13), by=staff, outside_hours=True)
    mark_arrived(visit, by=staff)
    mark_completed(visit, by=staff)
    assert visit.state == "completed"


def test_from_the_first_minute_of_the_day_and_no_earlier(
    service: Service, robin: Practitioner, staff: User
) -> None:
    with pytest.raises(TimeIsPast):
        book(service, at(3, 23, 55), by=staff, outside_hours=True)
    visit = book(service, at(4, 0), by=staff, outside_hours=True)
    with pytest.raises(TimeIsPast):
        move_appointment(visit, starts_at=at(3, 23, 55), by=staff, outside_hours=True)


def test_patients_book_nothing_that_has_begun(service: Service, robin: Practitioner) -> None:
    with pytest.raises(TimeIsPast):
        book(service, at(4, 13))


def test_nobody_is_told_of_the_visit_they_are_in(
    service: Service, robin: Practitioner, staff: User
) -> None:
    here = {"by": staff, "outside_hours": True}
    visit = book(service, at(4, 13), email="jo@patient.example", **here)
    book(service, at(4, 10), **here)
    move_appointment(visit, starts_at=at(4, 12), **here)
    assert not OutgoingEmail.objects.exists()
    assert not CallTask.objects.exists()


def test_a_request_is_agreed_on_for_a_time_that_has_begun(
    service: Service, robin: Practitioner, staff: User
) -> None:
    wished = make_appointment()
    confirm_appointment(wished, by=staff, starts_at=at(4, 13), practitioner=robin)
    assert wished.starts_at == at(4, 13)


def test_past_time_of_today_is_pressed_in_the_calendar_and_booked(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    page = desk.get("/admin/calendar/", {"day": "2027-01-04"})
    slot = value_of(at(4, 9, 30), robin.pk)
    assert slot in page.content.decode()
    form = {"key": "k", "service": service.pk, "location": robin.assignments.get().location_id}
    contact = {"name": "Kim Park", "phone": "805-555-0177", "as_clicked": "on"}
    desk.post(BOOK, form | contact | {"slot": slot})
    assert Appointment.objects.get().starts_at == at(4, 9, 30)


def test_no_time_of_yesterday_is_pressed(
    desk: Client, service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    clock.move_to(at(5, 9))
    page = desk.get("/admin/calendar/", {"day": "2027-01-04"})
    assert value_of(at(4, 9, 30), robin.pk) not in page.content.decode()


def test_by_hand_a_time_of_this_morning_is_taken(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    form = {"key": "k", "service": service.pk, "location": robin.assignments.get().location_id}
    by_hand = {"practitioner": robin.pk, "day": "2027-01-04", "time": "13:45"}
    told = desk.post(BOOK, form | by_hand | {"name": "Kim", "phone": "805-555-0177"}, follow=True)
    assert "Booked:" in said(told)
    assert Appointment.objects.get().starts_at == timezone.now() - timedelta(minutes=15)
