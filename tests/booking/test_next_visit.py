"""One email after a completed visit leads to the next, if the clinic and the patient want it."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from booking.actions.reminders import invite_to_next_visit
from booking.actions.undo import undo_change
from booking.actions.visits import mark_arrived, mark_completed, mark_no_show, reopen_visit
from booking.models import Appointment, AppointmentEvent, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from tests.booking.factories import at, book, make_appointment, make_practitioner, said, set_rules
from tests.factories import make_user
from tests.outbox import emails_about

ADDRESS = "jo@patient.example"
DUE = at(7, 11, 30)  # a day after the end


@pytest.fixture
def staff(db: None) -> User:
    staff = make_user("Front desk")
    assert isinstance(staff, User)
    return staff


@pytest.fixture
def visit(service: Service, robin: Practitioner, staff: User) -> Appointment:
    """Agreed for Wednesday, half past ten to half past eleven."""
    set_rules(next_visit_hours=24)
    return book(service, at(6, 10, 30), email=ADDRESS, by=staff)


@pytest.fixture
def completed(visit: Appointment, staff: User, clock: time_machine.Traveller) -> Appointment:
    clock.move_to(at(6, 11, 30))
    complete(visit, staff)
    return visit


def complete(visit: Appointment, staff: User) -> AppointmentEvent:
    mark_arrived(visit, by=staff)
    return mark_completed(visit, by=staff)


def sent() -> list[OutgoingEmail]:
    return list(emails_about("^Thank you for your visit"))


def link_in(email: OutgoingEmail) -> str:
    link = re.search(r"/book/mine/[\w-]+/", email.text)
    assert link is not None
    return link[0]


def invite_at(moment: Any, clock: time_machine.Traveller) -> int:
    clock.move_to(moment)
    return invite_to_next_visit(timezone.now())


def test_it_leaves_so_many_hours_after_the_visit_and_not_a_second_sooner(
    completed: Appointment, clock: time_machine.Traveller
) -> None:
    assert invite_at(DUE - timedelta(seconds=1), clock) == 0
    assert invite_at(DUE, clock) == 1
    [email] = sent()
    assert email.to == ADDRESS
    assert email.subject == f"Thank you for your visit {completed.reference}"
    assert "Thank you for coming in on Wednesday, January 6." in email.text


def test_it_names_nothing_about_health(
    completed: Appointment, clock: time_machine.Traveller
) -> None:
    Appointment.objects.update(note="My sciatica is back", access_needs="A ramp")
    invite_at(DUE, clock)
    [email] = sent()
    for secret in (completed.service_name, "sciatica", "A ramp", completed.price_text):
        assert secret not in email.subject + email.text + email.html


def test_its_button_leads_to_booking_the_same_again(
    client: Client, completed: Appointment, clock: time_machine.Traveller
) -> None:
    make_practitioner("Dana Whitfield", completed.service)
    invite_at(DUE, clock)
    [email] = sent()
    link = link_in(email)
    assert "Book your next visit" in said(client.get(link))
    page = said(client.post(f"{link}again/", follow=True))
    assert "When would you like to come in?" in page
    assert "Robin Alvarez" in page
    assert completed.service_name in page


def test_nobody_is_written_to_twice(completed: Appointment, clock: time_machine.Traveller) -> None:
    assert [invite_at(DUE + timedelta(minutes=each), clock) for each in range(3)] == [1, 0, 0]


def test_a_visit_completed_again_after_a_mistake_has_one_email(
    completed: Appointment, staff: User, clock: time_machine.Traveller
) -> None:
    invite_at(DUE, clock)
    reopen_visit(completed, by=staff)
    complete(completed, staff)
    assert invite_at(DUE + timedelta(hours=1), clock) == 0


def test_the_clinic_wants_none_unless_it_says_so(
    completed: Appointment, clock: time_machine.Traveller
) -> None:
    set_rules(next_visit_hours=None)
    assert invite_at(DUE, clock) == 0


def test_turned_on_later_it_is_not_about_visits_of_long_ago(
    completed: Appointment, clock: time_machine.Traveller
) -> None:
    assert invite_at(DUE + timedelta(days=3), clock) == 0


def test_whoever_did_not_come_gets_none(
    visit: Appointment, staff: User, clock: time_machine.Traveller
) -> None:
    clock.move_to(at(6, 11, 30))
    mark_no_show(visit, by=staff)
    assert invite_at(DUE, clock) == 0


def test_a_visit_that_nobody_has_completed_has_none(
    visit: Appointment, clock: time_machine.Traveller
) -> None:
    assert invite_at(DUE, clock) == 0


def test_what_is_completed_late_may_still_be_undone_first(
    visit: Appointment, staff: User, clock: time_machine.Traveller
) -> None:
    clock.move_to(DUE)
    event = complete(visit, staff)
    assert invite_at(DUE + timedelta(minutes=14), clock) == 0
    undo_change(event, by=staff)
    assert invite_at(DUE + timedelta(minutes=16), clock) == 0


def test_completed_late_it_leaves_once_that_stands(
    visit: Appointment, staff: User, clock: time_machine.Traveller
) -> None:
    clock.move_to(DUE)
    complete(visit, staff)
    assert invite_at(DUE + timedelta(minutes=16), clock) == 1


def test_without_an_email_address_there_is_none(
    completed: Appointment, clock: time_machine.Traveller
) -> None:
    Appointment.objects.update(email="")
    assert invite_at(DUE, clock) == 0


@pytest.mark.parametrize("has_a_time", [True, False])
def test_whoever_has_booked_again_is_not_asked_to(
    completed: Appointment, staff: User, clock: time_machine.Traveller, *, has_a_time: bool
) -> None:
    if has_a_time:
        book(completed.service, at(8, 10), email=ADDRESS.title(), phone="", by=staff)
    else:
        make_appointment(email=ADDRESS)
    assert invite_at(DUE, clock) == 0


def test_a_visit_of_before_stands_in_nobodys_way(
    completed: Appointment, clock: time_machine.Traveller
) -> None:
    earlier = Appointment.objects.get()
    earlier.pk, earlier.reference, earlier.idempotency_key = None, "AAAA-2222", "another"
    earlier.starts_at, earlier.ends_at = at(5, 9), at(5, 10)
    earlier.save()
    invite_at(DUE, clock)
    assert [email.subject.split()[-1] for email in sent()] == [completed.reference]


def test_the_page_of_the_visit_ends_them_and_has_them_sent_again(
    client: Client, completed: Appointment, clock: time_machine.Traveller
) -> None:
    invite_at(DUE, clock)
    link = link_in(sent()[0])
    assert "Turn off these emails" in said(client.get(f"{link}emails/", follow=True))
    assert "We won’t email you after your visits" in said(
        client.post(f"{link}emails/", {"unwanted": "1"}, follow=True)
    )
    assert "Turn off these emails" in said(
        client.post(f"{link}emails/", {"wanted": "1"}, follow=True)
    )


def test_who_wants_none_after_one_visit_gets_none_after_the_next(
    completed: Appointment,
    staff: User,
    clock: time_machine.Traveller,
) -> None:
    """A mail program has said so for them: from elsewhere, and without being led to a page."""
    invite_at(DUE, clock)
    [email] = sent()
    assert email.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = f"{link_in(email)}emails/"
    assert email.headers["List-Unsubscribe"].endswith(f"{address}>")
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(
        address, {"List-Unsubscribe": "One-Click"}, headers={"origin": "https://mail.example"}
    )
    assert (answer.status_code, answer.content) == (200, b"")
    again = book(completed.service, at(11, 10), email=ADDRESS.title(), phone="", by=staff)
    clock.move_to(at(11, 11))
    complete(again, staff)
    assert invite_at(at(12, 11), clock) == 0
    assert len(sent()) == 1
