"""A class that moves takes everybody along: who comes, who is offered a seat, and who waits."""

import pytest
from django.utils import timezone

from booking.actions.answers import accept_proposal
from booking.actions.classes.sessions import (
    cancel_session,
    change_seats,
    move_session,
    reopen_session,
)
from booking.actions.classes.waiting import offer_free_seats
from booking.actions.errors import CannotUndo, NotOffered, StaleSession
from booking.actions.undo import undo_change
from booking.actions.visits import cancel_appointment, cancel_by_patient
from booking.models import Appointment, CallTask, Claim, ClassSession, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from tests.booking.classes.factories import WEDNESDAY, fill, join, taken_seats, wait
from tests.booking.factories import at, make_practitioner
from tests.outbox import emails_to


@pytest.fixture
def dana(group_class: Service) -> Practitioner:
    """Who can give the class as well."""
    return make_practitioner("Dana Whitfield", group_class)


@pytest.fixture
def offered(group_class: Service, session: ClassSession) -> Appointment:
    """Somebody who is offered the seat that has fallen free."""
    visits = fill(group_class)
    seventh = wait(session, 7)
    cancel_by_patient(visits[0])
    offer_free_seats(timezone.now())
    seventh.refresh_from_db()
    OutgoingEmail.objects.all().delete()
    return seventh


def test_whoever_is_offered_a_seat_takes_it_when_the_class_really_is(
    session: ClassSession, dana: Practitioner, offered: Appointment, staff: User
) -> None:
    move_session(session, starts_at=at(6, 14), practitioner=dana, by=staff)
    [email] = emails_to("w7@patient.example")
    assert "2:00" in email.text
    assert "Dana Whitfield" in email.text
    offered.refresh_from_db()
    accept_proposal(offered, offered.proposed_times.get())
    assert (offered.state, offered.starts_at) == ("confirmed", at(6, 14))
    assert (offered.practitioner, taken_seats(session)) == (dana, 6)


def test_a_seat_is_not_taken_at_a_time_that_the_class_no_longer_has(
    session: ClassSession, offered: Appointment
) -> None:
    ClassSession.objects.filter(pk=session.pk).update(starts_at=at(6, 8))
    with pytest.raises(NotOffered):
        accept_proposal(offered, offered.proposed_times.get())
    offered.refresh_from_db()
    assert offered.state == "proposed"


def test_whoever_waits_hears_that_the_class_moves_and_keeps_the_place(
    group_class: Service, session: ClassSession, dana: Practitioner, staff: User
) -> None:
    visits = fill(group_class)
    seventh = wait(session, 7)
    by_phone = wait(session, 8, email="", phone="+18055550188")
    OutgoingEmail.objects.all().delete()
    move_session(session, starts_at=at(6, 14), practitioner=dana, by=staff)
    [email] = emails_to("w7@patient.example")
    assert "We’ve changed this class. You’re still on its waiting list" in email.text
    assert "2:00" in email.text
    assert [call.appointment for call in CallTask.objects.all()] == [by_phone]
    seventh.refresh_from_db()
    assert (seventh.state, seventh.practitioner) == ("requested", dana)
    visits[0].refresh_from_db()
    cancel_by_patient(visits[0])
    assert offer_free_seats(timezone.now()) == 1
    seventh.refresh_from_db()
    assert seventh.proposed_times.get().starts_at == at(6, 14)


def test_one_persons_visit_is_not_undone_back_to_a_time_without_the_class(
    group_class: Service, theo: Practitioner, session: ClassSession, staff: User
) -> None:
    visit = join(group_class)
    [event] = move_session(session, starts_at=at(6, 14), practitioner=theo, by=staff)
    with pytest.raises(CannotUndo):
        undo_change(event, by=staff)
    visit.refresh_from_db()
    assert (visit.starts_at, taken_seats(session)) == (at(6, 14), 1)


def test_nobody_comes_back_to_who_gives_the_class_no_longer(
    group_class: Service, session: ClassSession, dana: Practitioner, staff: User
) -> None:
    event = cancel_appointment(join(group_class), by=staff)
    move_session(session, starts_at=WEDNESDAY, practitioner=dana, by=staff)
    with pytest.raises(CannotUndo):
        undo_change(event, by=staff)


def test_what_is_called_off_is_neither_moved_nor_called_off_again(
    group_class: Service, theo: Practitioner, session: ClassSession, staff: User
) -> None:
    visit = join(group_class)
    cancel_session(session, by=staff)
    with pytest.raises(StaleSession):
        move_session(session, starts_at=at(6, 14), practitioner=theo, by=staff)
    session.refresh_from_db()
    with pytest.raises(StaleSession):
        cancel_session(session, by=staff)
    with pytest.raises(StaleSession):
        change_seats(session, 3, by=staff)
    assert not Claim.objects.exists()
    session.refresh_from_db()
    assert reopen_session(session, by=staff) == 1
    visit.refresh_from_db()
    assert (visit.state, session.starts_at) == ("confirmed", WEDNESDAY)
