"""What is undone about somebody who waits for a seat leaves them just where they were."""

import pytest
from django.test import Client
from django.utils import timezone

from booking.actions.answers import accept_proposal, confirm_appointment
from booking.actions.classes.sessions import cancel_session, change_seats, reopen_session
from booking.actions.classes.waiting import offer_free_seats
from booking.actions.errors import JustTaken
from booking.actions.undo import undo_change
from booking.actions.visits import cancel_appointment, cancel_by_patient
from booking.actions.waiting.leaving import take_off_list
from booking.models import Appointment, ClassSession, Seat, Service, WaitingListEntry
from clinic_site.accounts.models import User
from tests.booking.classes.factories import WEDNESDAY, fill, join, taken_seats, wait
from tests.booking.waiting.factories import WAITING, names


@pytest.fixture
def offered(group_class: Service, session: ClassSession) -> Appointment:
    """Somebody who is offered the seat that has fallen free."""
    visits = fill(group_class)
    seventh = wait(session, 7)
    cancel_by_patient(visits[0])
    offer_free_seats(timezone.now())
    seventh.refresh_from_db()
    return seventh


def is_offered_again(visit: Appointment) -> bool:
    """Whether the seat is really held: it can be taken."""
    visit.refresh_from_db()
    accept_proposal(visit, visit.proposed_times.get())
    return visit.starts_at == WEDNESDAY and Seat.objects.filter(appointment=visit).exists()


def test_taken_off_the_list_and_put_back_they_have_their_offer(
    session: ClassSession, offered: Appointment, staff: User
) -> None:
    _act, canceled = take_off_list(WaitingListEntry.objects.get(), by=staff)
    assert canceled is not None
    assert taken_seats(session) == 5
    undo_change(canceled, by=staff)
    assert taken_seats(session) == 6
    assert is_offered_again(offered)


def test_an_offer_that_the_desk_has_taken_for_them_by_mistake_is_held_again(
    session: ClassSession, offered: Appointment, staff: User
) -> None:
    event = confirm_appointment(offered, starts_at=WEDNESDAY, by=staff)
    undo_change(event, by=staff)
    assert taken_seats(session) == 6
    assert is_offered_again(offered)


def test_a_class_that_is_on_again_holds_the_seat_that_it_held(
    session: ClassSession, offered: Appointment, staff: User
) -> None:
    cancel_session(session, by=staff)
    assert reopen_session(session, by=staff) == 6
    assert taken_seats(session) == 6
    assert is_offered_again(offered)


def test_an_offer_does_not_come_back_once_somebody_else_has_the_seat(
    group_class: Service, session: ClassSession, offered: Appointment, staff: User
) -> None:
    event = cancel_appointment(offered, by=staff)
    join(group_class, 9)
    with pytest.raises(JustTaken):
        undo_change(event, by=staff)
    assert taken_seats(session) == 6


@pytest.mark.slow
def test_whoever_waits_again_stands_on_the_list_again(
    desk: Client, group_class: Service, session: ClassSession, staff: User
) -> None:
    fill(group_class)
    seventh = wait(session, 7)
    event = cancel_appointment(seventh, by=staff)
    offer_free_seats(timezone.now())
    assert names(desk.get(WAITING)) == []
    undo_change(event, by=staff)
    assert names(desk.get(WAITING)) == ["Waiter 7"]
    cancel_session(session, by=staff)
    offer_free_seats(timezone.now())
    reopen_session(session, by=staff)
    assert names(desk.get(WAITING)) == ["Waiter 7"]
    change_seats(session, 7, by=staff)
    assert offer_free_seats(timezone.now()) == 1
