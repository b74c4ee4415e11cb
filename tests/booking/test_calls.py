"""Calls are tasks: tried until somebody is reached, and at an end when the matter is over."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from booking.actions.answers import confirm_appointment, decline_appointment
from booking.actions.calls import note_call
from booking.actions.errors import AlreadyCalled
from booking.actions.undo import undo_change
from booking.actions.visits import (
    cancel_appointment,
    mark_arrived,
    move_appointment,
)
from booking.models import Appointment, CallTask, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from tests.booking.factories import at, book, make_appointment, page_of, said
from tests.factories import make_user
from tests.threads import all_at_once

INBOX = "/admin/inbox/"
Outcome = CallTask.Outcome


@pytest.fixture
def visit(service: Service, robin: Practitioner, staff: User) -> Appointment:
    """Of somebody without an email address."""
    return book(service, at(6, 10), by=staff)


@pytest.fixture
def call(visit: Appointment) -> CallTask:
    return CallTask.objects.create(appointment=visit, reason=CallTask.Reason.NO_EMAIL)


def to_make() -> list[CallTask]:
    return list(CallTask.objects.to_make(timezone.now()))


def done(client: Client, call: CallTask, **sent: Any) -> str:
    call.refresh_from_db()
    form = {"outcome": "reached", "tries": call.tries, "again": "hour"} | sent
    return said(client.post(f"{INBOX}calls/{call.pk}/done/", form, follow=True))


def test_whoever_is_reached_is_off_the_list(client: Client, call: CallTask, staff: User) -> None:
    client.force_login(staff)
    assert "It’s off the list." in done(client, call, note="Comes at ten.")
    call.refresh_from_db()
    assert (call.outcome, call.note, call.done_by) == (Outcome.REACHED, "Comes at ten.", staff)
    assert to_make() == []


@pytest.mark.parametrize("outcome", ["message", "no_answer"])
def test_who_is_not_reached_is_tried_again_later(
    client: Client, call: CallTask, staff: User, clock: time_machine.Traveller, outcome: str
) -> None:
    client.force_login(staff)
    told = done(client, call, outcome=outcome)
    assert "try again: Mon, Jan 4, 10:00 AM" in told
    assert "1 to try again later" in told
    assert "Tried once" in told
    assert to_make() == [call]
    clock.shift(timedelta(hours=1))
    assert "to try again later" not in said(client.get(INBOX))
    done(client, call, outcome=outcome, again="next_day")
    call.refresh_from_db()
    assert (call.tries, call.try_again_at) == (2, at(5, 9))


def test_a_call_can_be_said_to_need_no_call(client: Client, call: CallTask, staff: User) -> None:
    client.force_login(staff)
    done(client, call, outcome="not_needed")
    assert to_make() == []


@pytest.mark.parametrize("sent", [{"outcome": "abc"}, {"tries": "x"}, {"note": "x" * 301}])
def test_what_no_page_sends_notes_nothing(
    client: Client, call: CallTask, staff: User, sent: dict[str, str]
) -> None:
    client.force_login(staff)
    done(client, call, **sent)
    assert to_make() == [call]


def test_who_notes_a_call_second_is_told(client: Client, call: CallTask, staff: User) -> None:
    client.force_login(staff)
    done(client, call, outcome="no_answer")
    assert "Someone else just noted this call." in done(client, call, tries=0)
    call.refresh_from_db()
    assert call.tries == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_many_who_note_one_call_at_once_one_counts(
    service: Service, robin: Practitioner
) -> None:
    staff = make_user("Front desk")
    visit = book(service, at(6, 10), by=User.objects.get(pk=staff.pk))
    call = CallTask.objects.create(appointment=visit, reason=CallTask.Reason.NO_EMAIL)
    answers = all_at_once(
        partial(note_call, CallTask.objects.get(pk=call.pk), Outcome.NO_ANSWER, by=staff)
        for _desk in range(4)
    )
    assert sorted(map(str, map(type, answers))) == sorted(
        [str(type(None)), *[str(AlreadyCalled)] * 3]
    )
    call.refresh_from_db()
    assert call.tries == 1


def test_nobody_is_called_about_a_visit_that_has_taken_place(
    call: CallTask, staff: User, clock: time_machine.Traveller
) -> None:
    clock.move_to(at(6, 9, 55))
    mark_arrived(call.appointment, by=staff)
    assert to_make() == []


def test_nor_once_its_time_has_passed(call: CallTask, clock: time_machine.Traveller) -> None:
    clock.move_to(at(6, 11))
    assert to_make() == []


def test_a_call_about_a_closed_day_ends_when_the_visit_is_moved_and_undo_brings_it_back(
    visit: Appointment, staff: User
) -> None:
    closure = Closure.objects.create(first_day=at(6, 0).date(), last_day=at(6, 0).date())
    call = CallTask.objects.create(
        appointment=visit, closure=closure, reason=CallTask.Reason.CLOSURE
    )
    moved = move_appointment(visit, starts_at=at(8, 10), by=staff, patient_knows=False)
    assert call not in to_make()
    undo_change(moved, by=staff)
    assert call in to_make()


def test_a_call_that_was_asked_for_ends_with_the_answer(service: Service, staff: User) -> None:
    request = make_appointment(wants_call=True, wishes=[])
    calls = CallTask.objects.filter(reason=CallTask.Reason.ASKED)
    assert calls.open(timezone.now()).get().appointment == request
    decline_appointment(request, by=staff)
    assert not calls.open(timezone.now()).exists()


def test_a_request_that_asks_for_a_call_stands_once(
    client: Client, service: Service, staff: User
) -> None:
    request = make_appointment(wants_call=True, wishes=[])
    client.force_login(staff)
    page = said(client.get(INBOX))
    assert page.count(f"Open : {request.reference}") == 1
    assert "Calls to make (0)" in page
    assert "Would like a call: (805) 555-0123" in page


def test_nobody_is_called_about_what_they_have_asked_for(
    client: Client, visit: Appointment, staff: User
) -> None:
    client.force_login(staff)
    move = {"version": 1, "day": "2027-01-07", "time": "14:00", "patient_knows": "on"}
    client.post(page_of(visit, "moved"), move)
    assert to_make() == []
    client.post(page_of(visit, "canceled"), {"version": 2, "ready": "asked"})
    visit.refresh_from_db()
    assert visit.state == "canceled"
    assert to_make() == []


def test_whom_no_email_tells_is_called_about_the_clinics_own_changes(
    visit: Appointment, staff: User
) -> None:
    cancel_appointment(visit, reason="Robin is ill.", by=staff)
    assert [call.appointment for call in to_make()] == [visit]


def test_on_the_phone_what_was_to_be_told_is_told(
    service: Service, visit: Appointment, staff: User
) -> None:
    move_appointment(visit, starts_at=at(7, 10), by=staff)
    assert to_make()
    move_appointment(visit, starts_at=at(8, 10), by=staff, patient_knows=True)
    assert to_make() == []


def test_a_request_confirmed_on_the_phone_makes_no_call(
    service: Service, robin: Practitioner, staff: User
) -> None:
    request = book(service, at(6, 10))
    confirm_appointment(request, by=staff, patient_knows=True)
    assert to_make() == []


def undo(client: Client, call: CallTask, tries: object) -> str:
    address = f"{INBOX}calls/{call.pk}/undo/"
    return said(client.post(address, {"tries": str(tries)}, follow=True))


@pytest.mark.parametrize("outcome", ["reached", "no_answer"])
def test_what_was_noted_of_a_call_is_taken_back_as_it_was(
    client: Client, call: CallTask, staff: User, outcome: str
) -> None:
    client.force_login(staff)
    done(client, call, outcome="message", note="Asked for Robin.")
    was = CallTask.objects.values().get(pk=call.pk)
    done(client, call, outcome=outcome, note="No luck.")
    assert "The call is back on the list." in undo(client, call, 2)
    now = CallTask.objects.values().get(pk=call.pk)
    assert {**now, "before": None} == {**was, "before": None}
    assert "can’t be undone" in undo(client, call, 1)


def test_it_is_taken_back_once_for_a_quarter_of_an_hour_and_not_over_another_try(
    client: Client, call: CallTask, staff: User, clock: time_machine.Traveller
) -> None:
    client.force_login(staff)
    done(client, call, outcome="no_answer")
    done(client, call, outcome="no_answer")
    assert "can’t be undone" in undo(client, call, 1)
    clock.shift(timedelta(minutes=15))
    assert "can’t be undone" in undo(client, call, 2)
    assert "can’t be undone" in undo(client, call, "x")
    call.refresh_from_db()
    assert call.tries == 2


def test_nobody_is_to_be_tried_again_at_night(
    client: Client, call: CallTask, staff: User, clock: time_machine.Traveller
) -> None:
    client.force_login(staff)
    clock.move_to(at(4, 16, 30))
    done(client, call, outcome="no_answer", again="later")
    call.refresh_from_db()
    assert call.try_again_at == at(5, 9)
