"""Emails of the desk's changes leave after a grace: what is undone within it, nobody hears of."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from booking.actions.answers import confirm_appointment, decline_appointment, propose_times
from booking.actions.holds import expire_due_holds
from booking.actions.undo import undo_change
from booking.actions.visits import cancel_appointment, cancel_by_patient, move_appointment
from booking.manage_links import find_appointment, issue_link
from booking.models import Appointment, AppointmentEvent, CallTask, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.sending import send_due_emails
from tests.booking.factories import MONDAY_MORNING, at, book, set_rules
from tests.factories import make_user

TEN = at(6, 10)
GRACE = timedelta(minutes=3)
JO = "jo@patient.example"
Clock = time_machine.Traveller


@pytest.fixture
def visit(service: Service, robin: Practitioner) -> Appointment:
    """An agreed visit that its patient knows of."""
    return _known(book(service, TEN, by=make_user("Owners"), email=JO))


@pytest.fixture
def held(service: Service, robin: Practitioner) -> Appointment:
    """A request that its patient knows we have."""
    return _known(book(service, TEN, email=JO))


def _known(appointment: Appointment) -> Appointment:
    OutgoingEmail.objects.all().delete()
    return appointment


def waiting() -> list[str]:
    """What each email that has not left says first."""
    return [email.subject for email in OutgoingEmail.objects.filter(state="waiting").order_by("pk")]


def leave(clock: Clock) -> list[str]:
    """Let the grace pass; return the subjects of what leaves."""
    clock.shift(GRACE)
    before = set(OutgoingEmail.objects.filter(state="sent").values_list("pk", flat=True))
    send_due_emails()
    sent = OutgoingEmail.objects.filter(state="sent").exclude(pk__in=before).order_by("pk")
    return [email.subject for email in sent]


def subject(what: str) -> str:
    reference = Appointment.objects.get().reference
    return {
        "moved": f"Your appointment {reference} has moved",
        "confirmed": f"Your appointment {reference} is confirmed",
        "canceled": f"Your appointment {reference} is canceled",
        "withdrawn": f"Your request {reference} is canceled",
        "declined": f"About your request {reference}",
        "proposed": f"Other times for your request {reference}",
        "corrected": f"Please ignore our last email about {reference}",
    }[what]


def move(visit: Appointment, by: User, day: int = 7, hour: int = 15) -> AppointmentEvent:
    return move_appointment(visit, starts_at=at(day, hour), by=by)


def test_what_was_moved_back_and_then_is_undone_is_told_after_all(
    visit: Appointment, staff: User, clock: Clock
) -> None:
    move(visit, staff)
    back = move(visit, staff, 6, 10)
    assert waiting() == []  # it is where the patient believes it to be
    undo_change(back, by=staff)
    assert leave(clock) == [subject("moved")]
    assert "Thursday, January 7" in mail.outbox[-1].body


def test_what_is_told_after_all_and_undone_once_more_nobody_hears_of(
    visit: Appointment, staff: User, clock: Clock
) -> None:
    move(visit, staff)
    visit = undo_change(move(visit, staff, 6, 10), by=staff)
    move(visit, staff, 6, 10)
    assert leave(clock) == []


def test_an_email_of_the_desk_leaves_after_three_minutes(
    visit: Appointment, staff: User, clock: Clock
) -> None:
    move(visit, staff)
    clock.shift(GRACE - timedelta(seconds=1))
    assert send_due_emails() == 0
    clock.shift(timedelta(seconds=1))
    assert send_due_emails() == 1


def test_how_long_is_a_rule_of_the_clinics(visit: Appointment, staff: User) -> None:
    set_rules(grace_minutes=0)
    move(visit, staff)
    assert send_due_emails() == 1


def test_a_patient_is_answered_at_once(visit: Appointment) -> None:
    cancel_by_patient(visit)
    assert send_due_emails() == 1


def test_what_is_undone_in_time_nobody_hears_of(
    visit: Appointment, staff: User, clock: Clock
) -> None:
    link = issue_link(visit)
    event = move(visit, staff)
    clock.shift(timedelta(minutes=2))
    undo_change(event, by=staff)
    assert leave(clock) == []
    found = find_appointment(link, now=MONDAY_MORNING + timedelta(days=1))
    assert found == visit, "the link that the patient has opens nothing any more"


def test_the_link_that_a_patient_has_works_until_the_next_one_has_left(
    visit: Appointment, staff: User
) -> None:
    link = issue_link(visit)
    move(visit, staff)
    assert find_appointment(link, now=MONDAY_MORNING + timedelta(minutes=2)) == visit
    assert find_appointment(link, now=MONDAY_MORNING + GRACE) is None


def test_two_moves_make_one_email(visit: Appointment, staff: User, clock: Clock) -> None:
    move(visit, staff, 7)
    clock.shift(timedelta(minutes=2))
    move(visit, staff, 8)
    clock.shift(timedelta(minutes=2))
    assert send_due_emails() == 0
    assert leave(clock) == [subject("moved")]
    assert "January 8" in mail.outbox[-1].body


def test_moved_there_and_back_is_no_news(visit: Appointment, staff: User, clock: Clock) -> None:
    move(visit, staff, 7)
    move(visit, staff, 6, 10)
    assert leave(clock) == []


def test_of_two_moves_undone_one_by_one_the_first_is_told(
    visit: Appointment, staff: User, clock: Clock
) -> None:
    move(visit, staff, 7)
    undo_change(move(visit, staff, 8), by=staff)
    assert leave(clock) == [subject("moved")]
    assert "January 7" in mail.outbox[-1].body


def test_a_visit_that_was_moved_and_canceled_is_canceled_at_the_time_its_patient_knows(
    visit: Appointment, staff: User, clock: Clock
) -> None:
    move(visit, staff, 7)
    cancel_appointment(visit, reason="Robin is ill.", by=staff)
    assert leave(clock) == [subject("canceled")]
    assert "January 6, 2027, 10:00 AM" in mail.outbox[-1].body


def test_a_request_that_is_confirmed_and_moved_is_confirmed(
    held: Appointment, staff: User, clock: Clock
) -> None:
    confirm_appointment(held, by=staff)
    move(held, staff, 8)
    assert leave(clock) == [subject("confirmed")]
    assert "January 8" in mail.outbox[-1].body


def test_a_booking_undone_at_once_writes_to_nobody(
    service: Service, robin: Practitioner, staff: User, clock: Clock
) -> None:
    visit = book(service, TEN, by=staff, email=JO)
    undo_change(visit.events.get(), by=staff)
    assert leave(clock) == []


Change = Callable[[Appointment, User], AppointmentEvent]
ANSWERS: dict[str, Change] = {
    "confirmed": lambda held, by: confirm_appointment(held, by=by),
    "declined": lambda held, by: decline_appointment(held, reason="We’re full.", by=by),
    "withdrawn": lambda held, by: cancel_appointment(held, by=by),
    "proposed": lambda held, by: propose_times(
        held, [(at(7, 15), Practitioner.objects.get())], by=by
    ),
}


@pytest.mark.parametrize("what", ANSWERS)
def test_an_undo_after_the_email_left_sends_a_correction(
    held: Appointment, staff: User, clock: Clock, what: str
) -> None:
    event = ANSWERS[what](held, staff)
    assert leave(clock) == [subject(what)]
    undo_change(event, by=staff)
    assert send_due_emails() == 1, "a correction leaves at once"
    assert mail.outbox[-1].subject == subject("corrected")
    assert "We still have your request" in mail.outbox[-1].body


def test_a_move_that_was_told_is_corrected_to_the_time_before(
    visit: Appointment, staff: User, clock: Clock
) -> None:
    event = move(visit, staff)
    leave(clock)
    undo_change(event, by=staff)
    send_due_emails()
    assert "Your appointment is still at this time:" in mail.outbox[-1].body
    assert "January 6, 2027, 10:00 AM" in mail.outbox[-1].body


def test_an_email_that_is_being_tried_counts_as_sent(
    visit: Appointment, staff: User, clock: Clock
) -> None:
    event = move(visit, staff)
    OutgoingEmail.objects.update(attempts=1)
    undo_change(event, by=staff)
    assert waiting() == [subject("moved"), subject("corrected")]


def test_a_patient_who_acts_within_the_grace_reads_of_that_alone(
    visit: Appointment, staff: User, clock: Clock
) -> None:
    move(visit, staff)
    cancel_by_patient(visit)
    assert leave(clock) == [subject("canceled")]


def test_a_hold_that_runs_out_within_the_grace_is_told_alone(
    held: Appointment, staff: User, clock: Clock
) -> None:
    event = propose_times(held, [(at(4, 9, 2), Practitioner.objects.get())], by=staff)
    assert event.to_state == "proposed"
    clock.shift(timedelta(minutes=2))
    expire_due_holds(at(4, 9, 2))
    assert waiting() == [subject("declined")], "the words about a request that is over"


def test_without_an_email_address_nobody_is_called_about_what_is_undone(
    service: Service, robin: Practitioner, staff: User
) -> None:
    visit = book(service, TEN, by=staff)
    event = move(visit, staff)
    assert CallTask.objects.open(timezone.now()).count() == 1
    undo_change(event, by=staff)
    assert not CallTask.objects.exists()


def test_whoever_has_been_called_is_called_again_about_an_undo(
    service: Service, robin: Practitioner, staff: User, clock: Clock
) -> None:
    visit = book(service, TEN, by=staff)
    event = move(visit, staff)
    CallTask.objects.update(done_at=MONDAY_MORNING, done_by=staff)
    undo_change(event, by=staff)
    assert CallTask.objects.open(timezone.now()).count() == 1
