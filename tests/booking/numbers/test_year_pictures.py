"""Answers, lead time and seats, for each of twelve months."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from booking.actions.answers import confirm_appointment
from booking.actions.visits import mark_arrived
from booking.models import Appointment, Practitioner, Service
from clinic_site.accounts.models import User
from tests.booking.classes.factories import fill, make_class, make_session
from tests.booking.factories import at, book, make_appointment, make_practitioner
from tests.booking.numbers.pages import NUMBERS, drawn, read_picture

IN_JUNE = f"{NUMBERS}?month=2027-06"


@pytest.fixture
def user(desk: Client) -> User:
    return User.objects.get()


def test_how_long_the_answers_of_half_a_year_ago_took(
    desk: Client, user: User, service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    quick, slow = make_appointment(), make_appointment()
    clock.move_to(at(4, 9, 30))
    confirm_appointment(quick, starts_at=at(20, 9), by=user)  # 30 minutes
    clock.move_to(at(4, 15, 0))
    confirm_appointment(slow, starts_at=at(20, 10), by=user)  # six hours
    rows = read_picture(desk, "answers", IN_JUNE)
    assert rows["Jan 2027"] == ["2", "30 min", "6 hr", "30 min", "6 hr"]
    assert rows["Feb 2027"] == ["0", "–", "–", "–", "–"]
    values = [text.get_text() for text in drawn(desk, "answers", IN_JUNE).select(".chart__value")]
    assert values.count("6") == 1
    assert values.count("–") == 11


def test_how_far_ahead_people_booked_half_a_year_ago(
    desk: Client, user: User, service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    for days in (1, 2, 9):
        clock.move_to(at(4, 9))
        visit = book(service, at(4 + days, 9), by=user)
        clock.move_to(at(4 + days, 9))
        mark_arrived(visit, by=user)
    rows = read_picture(desk, "lead", IN_JUNE)
    assert rows["Jan 2027"] == ["2 days ahead", "9 days ahead"]
    assert rows["Jun 2027"] == ["–", "–"]


def test_how_full_the_classes_of_half_a_year_ago_were(
    desk: Client, user: User, clock: time_machine.Traveller
) -> None:
    assert drawn(desk, "seats", IN_JUNE) is None  # a clinic without classes
    group_class = make_class()
    make_session(group_class, make_practitioner("Theo Lindqvist", group_class))
    visits = fill(group_class, 3)
    clock.move_to(at(4, 9) + timedelta(days=150))
    assert Appointment.objects.filter(pk__in=[visit.pk for visit in visits]).count() == 3
    assert read_picture(desk, "seats", IN_JUNE)["Jan 2027"] == ["6", "3", "50%"]
