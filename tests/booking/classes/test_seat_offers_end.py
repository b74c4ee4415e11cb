"""How long a seat is held for whoever waits, and what they hear when nobody has answered."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking.actions.classes.waiting import offer_free_seats
from booking.actions.holds import expire_due_holds
from booking.actions.visits import cancel_by_patient
from booking.models import Appointment, CallTask, ClassSession, Patient, Service
from booking.patients.doubles import Visitor
from clinic_site.mail.models import OutgoingEmail
from tests.booking.classes.factories import WEDNESDAY, fill, join, taken_seats, wait
from tests.booking.factories import at
from tests.outbox import emails_to


@pytest.fixture
def visits(group_class: Service, session: ClassSession) -> list[Appointment]:
    """Those who fill the class."""
    return fill(group_class)


def offer(visits: list[Appointment], waits: Appointment) -> Appointment:
    cancel_by_patient(visits[0])
    assert offer_free_seats(timezone.now()) == 1
    waits.refresh_from_db()
    OutgoingEmail.objects.all().delete()
    CallTask.objects.all().delete()
    return waits


@pytest.mark.parametrize(
    ("now", "reached", "until"),
    [
        (at(4, 10), {}, at(4, 14)),
        (at(4, 20, 59), {}, at(5, 11, 59)),  # nobody answers at night
        (at(3, 8), {"email": "", "phone": "+18055550188"}, at(4, 13)),  # nobody calls on a Sunday
        (at(4, 16), {"email": "", "phone": "+18055550188"}, at(5, 12)),
        (at(5, 20), {}, WEDNESDAY),
    ],
)
def test_a_seat_is_held_for_hours_in_which_it_can_be_answered(
    visits: list[Appointment],
    session: ClassSession,
    clock: time_machine.Traveller,
    now: datetime,
    reached: dict[str, str],
    until: datetime,
) -> None:
    waits = wait(session, 7, **reached)
    clock.move_to(now)
    assert offer(visits, waits).hold_expires_at == until


def test_who_does_not_answer_is_told_that_the_seat_goes_to_somebody_else_and_not_called(
    visits: list[Appointment], session: ClassSession, clock: time_machine.Traveller
) -> None:
    waits = offer(visits, wait(session, 7, phone="+18055550188"))
    clock.shift(timedelta(hours=5))
    assert expire_due_holds(timezone.now()) == 1
    waits.refresh_from_db()
    assert (waits.state, taken_seats(session)) == ("expired", 5)
    [email] = emails_to("w7@patient.example")
    assert "we’re offering it to someone else" in " ".join(email.text.split())
    assert "call you" not in email.text
    assert not CallTask.objects.exists()


def test_nobody_hears_of_a_seat_of_a_class_that_has_begun(
    visits: list[Appointment], session: ClassSession, clock: time_machine.Traveller
) -> None:
    waits = wait(session, 7)
    clock.move_to(at(5, 20))
    offer(visits, waits)
    clock.move_to(WEDNESDAY)
    assert expire_due_holds(timezone.now()) == 1
    assert not OutgoingEmail.objects.exists()
    assert not CallTask.objects.exists()


def test_a_seat_whose_hold_has_run_out_can_be_had_whether_or_not_the_worker_runs(
    group_class: Service,
    visits: list[Appointment],
    session: ClassSession,
    clock: time_machine.Traveller,
) -> None:
    waits = offer(visits, wait(session, 7))
    clock.shift(timedelta(hours=4))
    assert join(group_class, 9).state == "confirmed"
    waits.refresh_from_db()
    assert (waits.state, taken_seats(session)) == ("expired", 6)


def test_whose_offer_has_run_out_may_wait_again_at_once(
    group_class: Service,
    visits: list[Appointment],
    session: ClassSession,
    clock: time_machine.Traveller,
) -> None:
    offer(visits, wait(session, 7))
    clock.shift(timedelta(hours=4))
    same = {"name": "Waiter 7", "email": "w7@patient.example"}
    assert join(group_class, 9, **same).state == "confirmed"


def test_whose_records_are_merged_is_asked_once_however_many_come(
    group_class: Service, visits: list[Appointment], session: ClassSession
) -> None:
    for visit in visits:
        visit.patient = Patient.objects.create(name=visit.name)
        visit.save()
    visitor = Visitor("Kim Park", patient=Patient.objects.create(name="Kim Park"))
    with CaptureQueriesContext(connection) as asked:
        assert not any(visitor.is_of(visit) for visit in visits)
    assert len(asked) == 1
