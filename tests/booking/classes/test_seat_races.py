"""Many want the last seat at once, while the desk changes the class."""

from functools import partial
from typing import Any

import pytest

from booking.actions.classes.sessions import cancel_session, change_seats
from booking.actions.errors import JustTaken, SeatsTaken
from booking.actions.visits import cancel_by_patient
from booking.models import Appointment, ClassSession, Practitioner, Seat, Service
from clinic_site.accounts.models import User
from tests.booking.classes.factories import (
    NEXT_WEDNESDAY,
    WEDNESDAY,
    fill,
    join,
    make_session,
    taken_seats,
)
from tests.threads import all_at_once, outcomes

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

MANY = 50


def test_of_fifty_for_the_last_seat_one_gets_it(
    group_class: Service, theo: Practitioner, session: ClassSession
) -> None:
    make_session(group_class, theo, NEXT_WEDNESDAY)
    fill(group_class, 5)
    results = all_at_once(partial(join, group_class, n) for n in range(6, 6 + MANY))
    assert outcomes(results) == {"Appointment": 1, "JustTaken": MANY - 1}
    for result in results:
        if isinstance(result, JustTaken):
            assert [slot.starts_at for slot in result.nearest] == [NEXT_WEDNESDAY]
    assert taken_seats(session) == Appointment.objects.count() == 6


def test_one_form_sent_twenty_times_at_once_has_one_seat(
    group_class: Service, session: ClassSession
) -> None:
    results = all_at_once([partial(join, group_class, 1)] * 20)
    assert outcomes(results) == {"Appointment": 20}
    assert taken_seats(session) == Appointment.objects.count() == 1


def test_whoever_books_while_the_class_is_canceled_has_no_seat_in_it(
    group_class: Service, session: ClassSession, staff: User
) -> None:
    results: list[Any] = all_at_once(
        [
            *(partial(join, group_class, n) for n in range(1, 6)),
            partial(cancel_session, session, reason="Theo is ill.", by=staff),
        ]
    )
    assert isinstance(results[-1], list)
    assert set(outcomes(results[:-1])) <= {"Appointment", "NotOffered"}
    assert not Appointment.objects.exclude(state="canceled").exists()
    assert taken_seats(session) == 0


def test_seats_are_not_lowered_below_those_taken_meanwhile(
    group_class: Service, session: ClassSession, staff: User
) -> None:
    fill(group_class, 2)
    results: list[Any] = all_at_once(
        [
            *(partial(join, group_class, n) for n in range(3, 7)),
            partial(change_seats, session, 3, by=staff),
        ]
    )
    session.refresh_from_db()
    seats = Seat.objects.filter(session=session).count()
    assert seats == session.seats
    assert results[-1] is None or isinstance(results[-1], SeatsTaken)
    assert taken_seats(session) <= seats
    booked = Appointment.objects.filter(state="confirmed").count()
    assert booked == taken_seats(session)


def test_a_cancellation_by_link_and_of_the_whole_class_exclude_each_other(
    group_class: Service, session: ClassSession, staff: User
) -> None:
    visits = fill(group_class, 4)
    results: list[Any] = all_at_once(
        [
            partial(cancel_session, session, by=staff),
            *(partial(cancel_by_patient, visit) for visit in visits),
        ]
    )
    assert isinstance(results[0], list)
    assert [visit.events.filter(event_type="canceled").count() for visit in visits] == [1] * 4
    assert taken_seats(session) == 0
    assert session.starts_at == WEDNESDAY
