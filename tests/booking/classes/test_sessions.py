"""The desk changes one date of a class: seats, time, or calls it off; everybody who comes hears."""

from datetime import timedelta

import pytest
import time_machine

from booking.actions.classes.sessions import (
    cancel_session,
    change_seats,
    move_session,
    reopen_session,
)
from booking.actions.errors import CannotUndo, JustTaken, SeatsTaken, StaleSession
from booking.actions.visits import cancel_by_patient
from booking.models import CallTask, Claim, ClassSession, Practitioner, Seat, Service
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from tests.booking.classes.factories import WEDNESDAY, fill, join, make_session, taken_seats
from tests.booking.factories import at, book, make_practitioner, make_service


def test_seats_are_added_and_taken_away_but_never_from_under_anybody(
    group_class: Service, session: ClassSession, staff: User
) -> None:
    fill(group_class, 3)
    change_seats(session, 8, by=staff)
    assert Seat.objects.count() == session.seats == 8
    change_seats(session, 3, by=staff)
    assert Seat.objects.count() == session.seats == taken_seats(session) == 3
    with pytest.raises(SeatsTaken) as taken:
        change_seats(session, 2, by=staff)
    assert taken.value.taken == 3
    session.refresh_from_db()
    assert Seat.objects.count() == session.seats == 3


def test_seats_may_be_lowered_after_somebody_in_the_middle_has_left(
    group_class: Service, session: ClassSession, staff: User
) -> None:
    visits = fill(group_class, 6)
    cancel_by_patient(visits[1])
    change_seats(session, 5, by=staff)
    assert taken_seats(session) == Seat.objects.count() == 5
    change_seats(session, 6, by=staff)
    assert Seat.objects.count() == 6


def test_of_two_changes_of_a_class_the_second_is_told_of_the_first(
    session: ClassSession, staff: User
) -> None:
    stale = ClassSession.objects.get()
    change_seats(session, 4, by=staff)
    with pytest.raises(StaleSession):
        change_seats(stale, 5, by=staff)
    with pytest.raises(StaleSession):
        cancel_session(stale, by=staff)
    assert Seat.objects.count() == 4


def test_a_class_called_off_tells_everybody_why_and_gives_its_time_back(
    group_class: Service, theo: Practitioner, session: ClassSession, staff: User
) -> None:
    visits = [*fill(group_class, 2), join(group_class, 3, email="")]
    OutgoingEmail.objects.all().delete()
    events = cancel_session(session, reason="Theo is ill.", by=staff)
    assert {event.appointment for event in events} == {*visits}
    emails = OutgoingEmail.objects.all()
    assert {email.to for email in emails} == {visit.email for visit in visits if visit.email}
    assert all("Theo is ill." in email.text for email in emails)
    assert [task.appointment for task in CallTask.objects.all()] == [visits[2]]
    assert not Claim.objects.exists()
    training = make_service("Training", sign="TR")
    theo.assignments.create(service=training, location=session.location)
    assert book(training, WEDNESDAY).state == "requested"


def test_a_class_called_off_by_mistake_takes_place_again_with_everybody(
    group_class: Service, session: ClassSession, staff: User
) -> None:
    fill(group_class, 3)
    OutgoingEmail.objects.all().delete()
    cancel_session(session, by=staff)
    assert reopen_session(session, by=staff) == 3
    assert (session.state, taken_seats(session), Claim.objects.count()) == ("open", 3, 12)
    assert not OutgoingEmail.objects.exists()  # nobody had heard of it yet


def test_a_class_stays_called_off_once_its_time_has_gone_or_a_quarter_of_an_hour_has(
    group_class: Service,
    theo: Practitioner,
    session: ClassSession,
    staff: User,
    clock: time_machine.Traveller,
) -> None:
    cancel_session(session, by=staff)
    other = make_session(group_class, theo)
    with pytest.raises(JustTaken):
        reopen_session(session, by=staff)
    cancel_session(other, by=staff)
    clock.shift(timedelta(minutes=15))
    with pytest.raises(CannotUndo):
        reopen_session(session, by=staff)


def test_a_class_is_given_to_somebody_else_at_another_time_with_everybody_in_it(
    group_class: Service, session: ClassSession, staff: User
) -> None:
    dana = make_practitioner("Dana Whitfield", group_class)
    visits = fill(group_class, 3)
    OutgoingEmail.objects.all().delete()
    move_session(session, starts_at=at(6, 14), practitioner=dana, by=staff)
    for visit in visits:
        visit.refresh_from_db()
        assert (visit.starts_at, visit.practitioner) == (at(6, 14), dana)
    assert {claim.practitioner for claim in Claim.objects.all()} == {dana}
    assert taken_seats(session) == OutgoingEmail.objects.count() == 3


def test_a_class_moves_to_no_time_that_is_taken(
    group_class: Service, theo: Practitioner, session: ClassSession, staff: User
) -> None:
    make_session(group_class, theo, at(6, 14))
    visit = join(group_class)
    with pytest.raises(JustTaken):
        move_session(session, starts_at=at(6, 14, 30), practitioner=theo, by=staff)
    visit.refresh_from_db()
    assert visit.starts_at == ClassSession.objects.get(pk=session.pk).starts_at == WEDNESDAY
