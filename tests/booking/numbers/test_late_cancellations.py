"""Late cancellations are those of patients, by the policy; what the clinic calls off is none."""

import pytest
import time_machine
from django.test import Client

from booking.actions.undo import undo_change
from booking.actions.visits import cancel_appointment, cancel_by_patient
from booking.models import Appointment, Practitioner, Service
from clinic_site.accounts.models import User
from tests.booking.factories import at, book, page_of, set_rules
from tests.booking.numbers.pages import read_figures


@pytest.fixture
def user(desk: Client) -> User:
    return User.objects.get()


def test_late_are_cancellations_after_the_last_free_moment(
    desk: Client, user: User, service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    in_time, late, by_desk, undone = (
        book(service, at(6, 9 + hour), by=user, email="jo@patient.example") for hour in range(4)
    )
    clock.move_to(at(5, 9))
    cancel_by_patient(in_time)  # 24 hours ahead to the second
    clock.move_to(at(5, 10, 1))
    cancel_by_patient(late)  # 23 hours and 59 minutes
    clock.move_to(at(6, 11, 5))
    cancel_appointment(by_desk, by=user)  # five minutes after it should have begun
    undo_change(cancel_appointment(undone, by=user), by=user)
    read = read_figures(desk)
    assert (read["Late cancellations"], read["Of these, online"]) == ("2", "1")
    set_rules(free_change_hours=48)
    assert read_figures(desk)["Late cancellations"] == "3"


def test_what_the_clinic_calls_off_itself_is_no_late_cancellation(
    desk: Client, user: User, service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    visits = [book(service, at(5, 9 + hour), by=user) for hour in range(4)]
    clock.move_to(at(5, 7))
    for visit, ready in zip(visits, ("away", "closed", "asked", ""), strict=True):
        sent = {"version": visit.version, "ready": ready, "reason": ""}
        desk.post(page_of(visit, "canceled"), sent)
    assert not Appointment.objects.exclude(state="canceled").exists()
    assert read_figures(desk)["Late cancellations"] == "2"  # they asked, or nobody said otherwise


def test_a_request_that_is_withdrawn_is_no_late_cancellation(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    set_rules(free_change_hours=96)
    cancel_by_patient(book(service, at(7, 12)))
    assert read_figures(desk)["Late cancellations"] == "0"


def test_what_is_called_off_only_afterward_is_not_noted(
    desk: Client, user: User, service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    visit = book(service, at(5, 9), by=user)
    clock.move_to(at(5, 10))
    cancel_appointment(visit, by=user)
    read = read_figures(desk)
    assert (read["Late cancellations"], read["Not noted"]) == ("0", "1")
    assert read["Hours booked"] == "1.0"
