"""Blocks, closures and the rules for patients: what the desk may do to the calendar, and they."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from booking.actions.calendars.closures import (
    block_time,
    call_affected,
    create_closure,
    unblock_time,
)
from booking.actions.errors import JustTaken, NotFree, NotOffered, StaleAppointment, TooLate
from booking.actions.visits import cancel_appointment, cancel_by_patient, move_appointment
from booking.manage_links import find_appointment, issue_link, revoke_links
from booking.models import (
    Appointment,
    CallTask,
    Claim,
    Practitioner,
    Service,
)
from booking.models.rules import LateChanges
from booking.scheduling.affected import affected_appointments, to_be_told
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from tests.booking.factories import at, book, make_practitioner, set_rules

WEDNESDAY = date(2027, 1, 6)


@pytest.fixture
def visit(service: Service, robin: Practitioner, staff: User) -> Appointment:
    return book(service, at(6, 10), by=staff)


def test_blocked_time_is_nobodys_until_it_is_given_back(
    service: Service, robin: Practitioner, staff: User
) -> None:
    block = block_time(robin, starts_at=at(6, 10), ends_at=at(6, 11), reason="Lunch", by=staff)
    with pytest.raises(JustTaken):
        book(service, at(6, 10, 30))
    assert book(service, at(6, 11)).practitioner == robin
    unblock_time(block)
    assert book(service, at(6, 10)).practitioner == robin


def test_a_block_goes_around_visits(
    service: Service, robin: Practitioner, visit: Appointment, staff: User
) -> None:
    before = Claim.objects.count()
    for begins, ends in [(at(6, 9), at(6, 10, 5)), (at(6, 10, 55), at(6, 12))]:
        with pytest.raises(NotFree):
            block_time(robin, starts_at=begins, ends_at=ends, by=staff)
    assert Claim.objects.count() == before
    assert not robin.blocks.exists()
    block_time(robin, starts_at=at(6, 9), ends_at=at(6, 10), by=staff)


def test_a_block_ends_after_it_begins(robin: Practitioner, staff: User) -> None:
    with pytest.raises(ValueError, match="after it begins"):
        block_time(robin, starts_at=at(6, 10), ends_at=at(6, 10), by=staff)


def test_a_closure_lists_whom_it_hits_and_alters_none(
    service: Service, robin: Practitioner, visit: Appointment, staff: User
) -> None:
    asked = book(service, at(6, 14))
    book(service, at(7, 10), by=staff)
    cancel_appointment(book(service, at(6, 16), by=staff), by=staff)
    states = list(Appointment.objects.order_by("pk").values_list("state", "version", "starts_at"))
    closure = Closure(first_day=WEDNESDAY, last_day=WEDNESDAY)
    create_closure(closure, by=staff)
    assert to_be_told(closure, now=timezone.now()) == [visit, asked]
    assert not closure.call_tasks.exists()
    assert states == list(
        Appointment.objects.order_by("pk").values_list("state", "version", "starts_at")
    )
    with pytest.raises(NotOffered):
        book(service, at(6, 11))


def test_its_calls_are_listed_once_and_stay_done(visit: Appointment, staff: User) -> None:
    closure = Closure(first_day=WEDNESDAY, last_day=WEDNESDAY)
    create_closure(closure, by=staff)
    [call] = call_affected(closure, [visit.pk])
    assert call_affected(closure, [visit.pk]) == [call]
    CallTask.objects.update(done_at=timezone.now(), done_by=staff)
    assert call_affected(closure, [visit.pk]) == []
    assert not CallTask.objects.open(timezone.now()).exists()
    assert to_be_told(closure, now=timezone.now()) == []


@pytest.mark.parametrize(
    ("fields", "hit"),
    [
        ({"begins": time(10, 59), "ends": time(12)}, True),
        ({"begins": time(11), "ends": time(12)}, False),
        ({"begins": time(9), "ends": time(10)}, False),
        ({"begins": time(9), "ends": time(10, 1)}, True),
        ({"kind": Closure.Kind.EXTRA, "begins": time(9), "ends": time(12)}, False),
        ({"first_day": date(2027, 1, 5), "last_day": date(2027, 1, 7)}, True),
        ({"first_day": date(2027, 1, 7), "last_day": date(2027, 1, 8)}, False),
    ],
)
def test_it_hits_what_it_falls_upon(
    visit: Appointment, fields: dict[str, object], hit: bool
) -> None:
    closure = Closure(**{"first_day": WEDNESDAY, "last_day": WEDNESDAY} | fields)
    assert (affected_appointments(closure) == [visit]) is hit


def test_it_hits_only_whom_it_is_for(
    service: Service, robin: Practitioner, visit: Appointment
) -> None:
    dana = make_practitioner("Dana Whitfield", service)
    days = {"first_day": WEDNESDAY, "last_day": WEDNESDAY}
    assert affected_appointments(Closure(person=dana.person, **days)) == []
    assert affected_appointments(Closure(person=robin.person, **days)) == [visit]
    assert affected_appointments(Closure(location=visit.location, **days)) == [visit]


def test_patients_move_and_cancel_to_the_second_of_the_rule(
    service: Service, visit: Appointment, clock: time_machine.Traveller
) -> None:
    service.notice_hours = 0
    service.save()
    set_rules(free_change_hours=12, late_changes=LateChanges.CALL)
    clock.move_to(at(5, 22) + timedelta(seconds=1))
    with pytest.raises(TooLate):
        move_appointment(visit, starts_at=at(7, 10))
    clock.move_to(at(5, 22))
    move_appointment(visit, starts_at=at(6, 11))
    clock.move_to(at(5, 23) + timedelta(seconds=1))
    with pytest.raises(TooLate):
        cancel_by_patient(visit)
    clock.move_to(at(5, 23))
    cancel_by_patient(visit)
    assert visit.state == Appointment.State.CANCELED


def test_what_is_not_agreed_yet_is_withdrawn_at_any_time(
    service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    visit = book(service, at(6, 10))
    clock.move_to(at(6, 9, 59))
    cancel_by_patient(visit)
    assert not visit.claims.exists()


def test_patients_move_only_to_what_they_are_offered(
    service: Service, visit: Appointment, staff: User
) -> None:
    other = book(service, at(7, 10), by=staff)
    refusals = {
        at(6, 18): NotOffered,  # after work
        at(6, 10, 5): NotOffered,  # off the grid
        at(9, 10): NotOffered,  # Saturday
        at(5, 8): NotOffered,  # too soon
        at(7, 10, 30): JustTaken,
    }
    for wanted, refusal in refusals.items():
        with pytest.raises(refusal):
            move_appointment(visit, starts_at=wanted)
    assert (other.starts_at, visit.starts_at) == (at(7, 10), at(6, 10))
    move_appointment(visit, starts_at=at(6, 10, 15))  # over its own old time
    assert visit.claims.count() == 12


def test_a_change_made_on_an_old_page_is_refused(visit: Appointment, staff: User) -> None:
    old = Appointment.objects.get(pk=visit.pk)
    move_appointment(visit, starts_at=at(7, 10), by=staff)
    with pytest.raises(StaleAppointment):
        cancel_appointment(old, by=staff)


def test_a_link_opens_one_appointment_until_it_is_revoked_or_over(
    visit: Appointment, clock: time_machine.Traveller
) -> None:
    token = issue_link(visit)
    now = timezone.now()
    assert find_appointment(token, now=now) == visit
    for wrong in ("", token[:-1], token + "A", token.swapcase(), "\ud800", "x" * 10_000):
        assert find_appointment(wrong, now=now) is None
    over = at(6, 11) + timedelta(days=30)
    assert find_appointment(token, now=over - timedelta(seconds=1)) == visit
    assert find_appointment(token, now=over) is None
    revoke_links(visit)
    assert find_appointment(token, now=now) is None
