"""Whose a booking is said to be is taken back by one press, for a while."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from booking.models import Appointment, Patient, PatientEvent, Service
from tests.booking.factories import make_appointment, said
from tests.booking.patients.factories import PATIENTS, make_patient

UNDO = f"{PATIENTS}undo/"


@pytest.fixture
def booking(desk: Client, service: Service) -> Appointment:
    return make_appointment(name="Priya Nair", phone="+18055550110")


def assign(desk: Client, booking: Appointment, **sent: object) -> list[str]:
    """Say whose it is; return what the button beside the words sends."""
    page = desk.post(f"{PATIENTS}booking/{booking.pk}/", sent, follow=True)
    form = BeautifulSoup(page.content, "html.parser").select_one(f'form[action="{UNDO}"]')
    assert form
    return [str(field["value"]) for field in form.select("input[name=event]")]


def whose(booking: Appointment) -> Patient | None:
    booking.refresh_from_db()
    return booking.patient


def test_an_assignment_is_taken_back(desk: Client, booking: Appointment) -> None:
    events = assign(desk, booking, patient=make_patient().pk)
    assert "Undone." in said(desk.post(UNDO, {"event": events}, follow=True))
    assert whose(booking) is None
    assert Patient.objects.count() == 1


def test_it_is_again_whose_it_was_before(desk: Client, booking: Appointment) -> None:
    first, second = make_patient(), make_patient("Priya Nair Jr")
    assign(desk, booking, patient=first.pk)
    events = assign(desk, booking, patient=second.pk)
    desk.post(UNDO, {"event": events})
    assert whose(booking) == first


def test_a_booking_taken_out_is_put_back(desk: Client, booking: Appointment) -> None:
    patient = make_patient()
    assign(desk, booking, patient=patient.pk)
    events = assign(desk, booking, nobody="1")
    desk.post(UNDO, {"event": events})
    assert whose(booking) == patient


def test_a_record_made_for_a_booking_goes_with_it(desk: Client, service: Service) -> None:
    booking = make_appointment(name="Ana Nair", visitor_name="Leo Nair", for_somebody_else=True)
    events = assign(desk, booking, new="1")
    assert Patient.objects.count() == 2
    desk.post(UNDO, {"event": events})
    assert not Patient.objects.exists()
    assert whose(booking) is None


def test_a_record_stays_that_something_has_come_to(
    desk: Client, booking: Appointment, clock: time_machine.Traveller
) -> None:
    events = assign(desk, booking, new="1")
    patient = Patient.objects.get()
    other = make_appointment(name="Priya Nair")
    assign(desk, other, patient=patient.pk)
    desk.post(UNDO, {"event": events})
    assert whose(booking) is None
    assert whose(other) == patient


def test_many_are_taken_back_in_one_press(desk: Client, service: Service) -> None:
    patient = make_patient(phones="+18055550110")
    bookings = [make_appointment(name="Priya Nair", phone="+18055550110") for _n in range(3)]
    pairs = [f"{one.pk}-{patient.pk}" for one in bookings]
    page = desk.post(PATIENTS, {"booking": pairs}, follow=True)
    assert "3 bookings assigned." in said(page)
    form = BeautifulSoup(page.content, "html.parser").select_one(f'form[action="{UNDO}"]')
    assert form
    desk.post(UNDO, {"event": [field["value"] for field in form.select("input[name=event]")]})
    assert [whose(one) for one in bookings] == [None] * 3


def test_once_and_not_after_a_quarter_of_an_hour_nor_over_what_others_said(
    desk: Client, booking: Appointment, clock: time_machine.Traveller
) -> None:
    first, second = make_patient(), make_patient("Priya Nair Jr")
    events = assign(desk, booking, patient=first.pk)
    later = assign(desk, booking, patient=second.pk)
    assert "can’t be undone" in said(desk.post(UNDO, {"event": events}, follow=True))
    assert whose(booking) == second
    clock.move_to(timezone.now() + timedelta(minutes=15))
    assert "can’t be undone" in said(desk.post(UNDO, {"event": later}, follow=True))
    assert whose(booking) == second


@pytest.mark.parametrize("event", ["", "x", "99999999", "999999999999999"])
def test_what_no_page_sends_changes_nothing(desk: Client, booking: Appointment, event: str) -> None:
    assert desk.post(UNDO, {"event": event}).status_code == 302
    assert not PatientEvent.objects.exists()
