"""A class counts once for the hours, and seat by seat for how full it was."""

import pytest
import time_machine
from django.test import Client

from booking.actions.answers import confirm_appointment
from booking.actions.classes.sessions import cancel_session
from booking.actions.personal_data.erasing import erase_appointment
from booking.actions.visits import cancel_appointment, cancel_by_patient, mark_arrived
from booking.models import Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models import ClinicDetails
from tests.booking.classes.factories import (
    NEXT_WEDNESDAY,
    fill,
    join,
    make_class,
    make_session,
    wait,
)
from tests.booking.factories import at, make_practitioner
from tests.booking.numbers.pages import read_figures, read_picture


@pytest.fixture
def service(clinic: ClinicDetails) -> Service:
    return make_class()


@pytest.fixture
def theo(service: Service) -> Practitioner:
    return make_practitioner("Theo Lindqvist", service)


def test_a_class_is_counted_once_and_its_seats_one_by_one(
    desk: Client, service: Service, theo: Practitioner, clock: time_machine.Traveller
) -> None:
    user = User.objects.get()
    make_session(service, theo)
    visits = fill(service, 4)
    cancel_by_patient(visits[3])
    make_session(service, theo, at(7, 9))  # to which nobody comes
    make_session(service, theo, NEXT_WEDNESDAY)  # to come, with two
    fill(service, 2, NEXT_WEDNESDAY)
    cancel_session(make_session(service, theo, at(8, 9)), by=user)
    clock.move_to(at(8, 12))
    for visit in visits[:2]:
        mark_arrived(visit, by=user)
    read = read_figures(desk)
    assert read["Visits"] == "2"
    assert read["Seats in classes"] == "12"
    assert read["Seats filled"] == "25%"  # three of twelve
    assert read["Hours booked"] == "1.7"  # two classes of fifty minutes
    assert read_picture(desk, "service")["Corrective exercise class"][-1] == "25%"
    for visit in visits:
        erase_appointment(visit, by=user)
    assert read_figures(desk) == read


def test_a_class_that_the_clinic_calls_off_is_no_late_cancellation(
    desk: Client, service: Service, theo: Practitioner, clock: time_machine.Traveller
) -> None:
    session = make_session(service, theo)
    visits = fill(service, 3)
    clock.move_to(at(5, 10))
    cancel_appointment(visits[0], by=User.objects.get())  # they called, 23 hours ahead
    clock.move_to(at(6, 7))
    cancel_session(session, by=User.objects.get())
    assert read_figures(desk)["Late cancellations"] == "1"


def test_who_waits_for_a_seat_and_gets_it_from_the_desk_has_made_no_request(
    desk: Client, service: Service, theo: Practitioner
) -> None:
    session = make_session(service, theo, seats=1)
    visit = join(service)
    waits = wait(session, 7)
    cancel_by_patient(visit)
    confirm_appointment(waits, starts_at=session.starts_at, by=User.objects.get())
    read = read_figures(desk)
    assert (read["Requests"], read["Requests answered"]) == ("0", "0")
