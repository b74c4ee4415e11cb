"""Who waits for a seat of a full class is offered one that falls free, the longest first."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from booking.actions.answers import accept_proposal
from booking.actions.classes.sessions import cancel_session, change_seats
from booking.actions.classes.waiting import offer_free_seats
from booking.actions.errors import ComesAlready, JustTaken, NotOffered, TimeIsPast
from booking.actions.holds import expire_due_holds
from booking.actions.visits import cancel_by_patient
from booking.actions.waiting.seats import offer_seat_by_hand
from booking.data_requests import AppointmentTable
from booking.models import ClassSession, Service, WaitingListEntry
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from tests.booking.classes.factories import WEDNESDAY, fill, join, taken_seats, wait
from tests.booking.factories import at, said
from tests.factories import make_user


def test_the_seventh_waits_and_takes_the_seat_that_falls_free(
    group_class: Service, session: ClassSession
) -> None:
    visits = fill(group_class)
    seventh = wait(session, 7)
    assert (seventh.state, seventh.starts_at, taken_seats(session)) == ("requested", None, 6)
    assert offer_free_seats(timezone.now()) == 0
    cancel_by_patient(visits[0])
    assert offer_free_seats(timezone.now()) == 1
    seventh.refresh_from_db()
    assert (seventh.state, taken_seats(session)) == ("proposed", 6)
    accept_proposal(seventh, seventh.proposed_times.get())
    assert (seventh.state, seventh.starts_at) == ("confirmed", WEDNESDAY)
    assert taken_seats(session) == 6
    assert WaitingListEntry.objects.get().left_at is not None


def test_a_seat_is_kept_for_those_who_wait_before_anybody_is_asked(
    group_class: Service, session: ClassSession, staff: User
) -> None:
    visits = fill(group_class)
    wait(session, 7)
    cancel_by_patient(visits[0])
    with pytest.raises(JustTaken):
        join(group_class, 8)
    assert join(group_class, 8, by=staff).state == "confirmed"  # the desk decides


def test_an_offer_that_runs_out_goes_to_the_next_and_nobody_is_asked_at_night(
    group_class: Service, session: ClassSession, clock: time_machine.Traveller
) -> None:
    visits = fill(group_class)
    seventh, eighth = wait(session, 7), wait(session, 8)
    cancel_by_patient(visits[0])
    clock.move_to(at(4, 23))
    assert offer_free_seats(timezone.now()) == 0
    clock.move_to(at(5, 8))
    assert offer_free_seats(timezone.now()) == 1
    clock.shift(timedelta(hours=5))
    assert expire_due_holds(timezone.now()) == 1
    assert offer_free_seats(timezone.now()) == 1
    seventh.refresh_from_db()
    eighth.refresh_from_db()
    assert (seventh.state, eighth.state, taken_seats(session)) == ("expired", "proposed", 6)


def test_of_a_class_by_phone_only_the_desk_gives_the_seats(
    group_class: Service, session: ClassSession, staff: User
) -> None:
    visits = fill(group_class)
    seventh = wait(session, 7)
    Service.objects.update(mode=Service.Mode.BY_PHONE)
    cancel_by_patient(visits[0])
    OutgoingEmail.objects.all().delete()
    assert offer_free_seats(timezone.now()) == 0
    assert not OutgoingEmail.objects.exists()
    offer_seat_by_hand(WaitingListEntry.objects.get(appointment=seventh), by=staff)
    seventh.refresh_from_db()
    assert seventh.state == "proposed"


def test_whoever_waits_is_told_of_a_class_called_off(
    group_class: Service, session: ClassSession, staff: User
) -> None:
    fill(group_class)
    seventh = wait(session, 7)
    OutgoingEmail.objects.all().delete()
    cancel_session(session, by=staff)
    seventh.refresh_from_db()
    assert seventh.state == "canceled"
    assert OutgoingEmail.objects.count() == 7


def test_seats_added_are_offered_first_to_those_who_wait(
    group_class: Service, session: ClassSession, staff: User
) -> None:
    fill(group_class)
    wait(session, 7)
    change_seats(session, 8, by=staff)
    assert offer_free_seats(timezone.now()) == 1
    assert join(group_class, 8).state == "confirmed"
    with pytest.raises(JustTaken):
        join(group_class, 9)


def test_nobody_waits_for_what_is_free_or_twice_or_too_late(
    group_class: Service, session: ClassSession, clock: time_machine.Traveller
) -> None:
    with pytest.raises(NotOffered):
        wait(session, 7)
    fill(group_class)
    wait(session, 7)
    with pytest.raises(ComesAlready):
        wait(session, 8, name="Waiter 7", email="w7@patient.example")
    clock.move_to(WEDNESDAY)
    with pytest.raises(TimeIsPast):
        wait(session, 9)


def test_waiting_ends_when_the_class_begins(
    group_class: Service, session: ClassSession, clock: time_machine.Traveller
) -> None:
    fill(group_class)
    seventh = wait(session, 7)
    clock.move_to(WEDNESDAY)
    offer_free_seats(timezone.now())
    seventh.refresh_from_db()
    assert seventh.state == "expired"
    assert not WaitingListEntry.objects.waiting().exists()


def test_whoever_waits_is_handed_over_what_for(group_class: Service, session: ClassSession) -> None:
    fill(group_class)
    exported = AppointmentTable().export(wait(session, 7))
    assert exported["Class on"] == "Jan 6, 2027, 9:00 AM"


def test_the_waiting_list_names_one_date_for_a_seat_and_no_days(
    client: Client, group_class: Service, session: ClassSession
) -> None:
    fill(group_class)
    wait(session, 7)
    client.force_login(make_user("Front desk"))
    page = said(client.get("/admin/waiting/"))
    assert "for a seat on" in page
    assert "any day" not in page
