"""A person has one first visit, however many they booked as somebody new."""

from functools import partial

import pytest
import time_machine
from django.test import Client

from booking.actions.corrections import correct_appointment
from booking.actions.personal_data.erasing import erase_appointment
from booking.actions.undo import undo_change
from booking.actions.visits import mark_arrived, mark_completed, reopen_visit
from booking.models import Appointment, Practitioner, Service
from clinic_site.accounts.models import User
from tests.booking.factories import at, book
from tests.booking.numbers.pages import read_figures, read_picture
from tests.threads import all_at_once


@pytest.fixture
def user(desk: Client) -> User:
    return User.objects.get()


@pytest.fixture
def three(
    user: User, service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> list[Appointment]:
    """Somebody new who has booked three visits of one day, at the end of that day."""
    visits = [book(service, at(5, 9 + hour), by=user, new_patient=True) for hour in range(3)]
    clock.move_to(at(5, 16))
    return visits


def first_visits(desk: Client) -> str:
    return read_figures(desk)["First visits"]


def test_somebody_new_who_comes_three_times_counts_once(
    desk: Client, user: User, three: list[Appointment]
) -> None:
    for visit in three:
        mark_completed(mark_arrived(visit, by=user).appointment, by=user)
    assert (read_figures(desk)["Visits"], first_visits(desk)) == ("3", "1")
    assert read_picture(desk, "visits")["Jan 2027"][:2] == ["3", "1"]
    for visit in three:
        erase_appointment(visit, by=user)
    assert first_visits(desk) == "1"


def test_a_child_and_a_parent_who_share_a_phone_have_a_first_visit_each(
    desk: Client, user: User, service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    parent = book(service, at(5, 9), by=user, new_patient=True)
    child = book(
        service,
        at(5, 10),
        by=user,
        new_patient=True,
        for_somebody_else=True,
        visitor_name="Ada Moreno",
    )
    clock.move_to(at(5, 16))
    for visit in (parent, child):
        mark_arrived(visit, by=user)
    assert first_visits(desk) == "2"


def test_the_next_visit_is_the_first_once_the_first_is_taken_back(
    desk: Client, user: User, three: list[Appointment]
) -> None:
    first, second, _third = three
    arrived = mark_arrived(first, by=user)
    mark_arrived(second, by=user)
    undo_change(arrived, by=user)
    assert (read_figures(desk)["Visits"], first_visits(desk)) == ("1", "1")
    first.refresh_from_db()
    mark_arrived(first, by=user)
    assert first_visits(desk) == "1"
    second.refresh_from_db()
    reopened = reopen_visit(second, by=user)
    assert first_visits(desk) == "1"
    undo_change(reopened, by=user)
    assert (read_figures(desk)["Visits"], first_visits(desk)) == ("2", "1")


def test_who_turns_out_to_be_new_counts_and_who_does_not_counts_no_more(
    desk: Client, user: User, three: list[Appointment]
) -> None:
    visit = mark_arrived(three[0], by=user).appointment
    correct_appointment(visit, by=user, new_patient=False)
    assert first_visits(desk) == "0"
    correct_appointment(visit, by=user, new_patient=True)
    assert first_visits(desk) == "1"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_visits_noted_at_once_one_is_the_first(
    service: Service, robin: Practitioner, staff: User, clock: time_machine.Traveller
) -> None:
    for again in range(3):
        who = {"name": f"Jo {chr(65 + again)}", "phone": f"+1805555017{again}"}
        two = [book(service, at(5 + again, hour), by=staff, **who) for hour in (10, 14)]
        clock.move_to(at(5 + again, 16))
        all_at_once(partial(mark_arrived, visit, by=staff) for visit in two)
        came = Appointment.objects.filter(pk__in=[visit.pk for visit in two])
        assert sorted(came.values_list("state", "came_before")) == [
            ("arrived", False),
            ("arrived", True),
        ]
