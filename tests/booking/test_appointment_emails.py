"""What emails about a visit carry: the private link, the calendar file; and who gets a call."""

import re
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.utils import timezone
from icalendar import Calendar

from booking.actions.answers import (
    accept_proposal,
    confirm_appointment,
    decline_appointment,
    propose_times,
)
from booking.actions.visits import cancel_appointment, cancel_by_patient, move_appointment
from booking.manage_links import find_appointment
from booking.models import Appointment, AppointmentEmail, CallTask, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.sending import send_due_emails
from tests.booking.factories import at, book
from tests.outbox import emails_to

EMAIL = "jo@patient.example"


@pytest.fixture
def visit(service: Service, robin: Practitioner) -> Appointment:
    """A request that holds Wednesday at ten; its own emails are there."""
    return book(service, at(6, 10), email=EMAIL)


def latest() -> OutgoingEmail:
    return emails_to(EMAIL).latest("pk")


def token_in(email: OutgoingEmail) -> str:
    """The private link of an email, the same in its text and its HTML."""
    [token] = re.findall(r"/book/\w+/([\w-]{20,})/\s", email.text)
    assert f'/{token}/"' in email.html
    return str(token)


def leads_to(token: str) -> Appointment | None:
    return find_appointment(token, now=timezone.now())


def method(email: OutgoingEmail) -> str | None:
    if not email.attachments:
        return None
    [file] = email.attachments
    told = str(Calendar.from_ical(file["text"])["METHOD"])
    assert file["kind"] == f"text/calendar; method={told}"
    return told


def test_a_confirmation_has_the_private_link_and_an_invitation_for_the_calendar(
    visit: Appointment, staff: User
) -> None:
    confirm_appointment(visit, by=staff)
    assert method(latest()) == "REQUEST"
    assert leads_to(token_in(latest())) == visit
    assert "With Robin Alvarez" in latest().text
    assert AppointmentEmail.objects.filter(appointment=visit).count() == 2


def test_a_change_replaces_the_private_link(
    visit: Appointment, staff: User, clock: time_machine.Traveller
) -> None:
    first = token_in(latest())
    assert leads_to(first) == visit
    confirm_appointment(visit, by=staff)
    second = token_in(latest())
    clock.shift(timedelta(minutes=3))
    assert leads_to(first) is None
    send_due_emails()
    move_appointment(visit, starts_at=at(7, 10), by=staff)
    clock.shift(timedelta(minutes=3))
    assert leads_to(second) is None
    assert leads_to(token_in(latest())) == visit


def test_the_database_knows_no_link_once_its_email_is_gone(visit: Appointment) -> None:
    token = token_in(latest())
    assert not visit.manage_links.filter(token_hash=token).exists()


def test_only_what_was_agreed_reaches_the_calendar(visit: Appointment, staff: User) -> None:
    assert method(latest()) is None
    cancel_by_patient(visit)
    assert method(latest()) is None
    assert "Your request" in latest().subject


def test_a_canceled_visit_leaves_the_calendar(visit: Appointment, staff: User) -> None:
    confirm_appointment(visit, by=staff)
    cancel_appointment(visit, reason="Robin is ill.", by=staff)
    assert method(latest()) == "CANCEL"


def test_a_request_says_how_long_its_time_is_held(visit: Appointment) -> None:
    words = " ".join(latest().text.split())
    assert "We’re holding this time for you until Monday, January 4, 2027, 5:00 PM PST" in words


def test_proposed_times_say_until_when_and_where_to_choose(
    visit: Appointment, robin: Practitioner, staff: User
) -> None:
    propose_times(visit, [(at(7, 10), robin), (at(8, 11), robin)], by=staff, note="Both quiet.")
    email = latest()
    for text in (email.text, email.html):
        assert "Thursday, January 7, 2027, 10:00 AM PST" in text
        assert "Friday, January 8, 2027, 11:00 AM PST" in text
        assert "Please choose one by Wednesday, January 6, 2027, 9:00 AM PST" in text
        assert "Both quiet." in text
    assert leads_to(token_in(email)) == visit


def test_whoever_has_no_email_is_called_when_there_is_news(
    service: Service, robin: Practitioner, staff: User
) -> None:
    changes = [
        confirm_appointment,
        partial(decline_appointment, reason="We are full."),
        partial(cancel_appointment, reason="Robin is ill."),
    ]
    for hour, change in enumerate(changes, start=10):
        visit = book(service, at(6, hour))
        assert not visit.call_tasks.exists()
        change(visit, by=staff)
        assert [call.reason for call in visit.call_tasks.all()] == [CallTask.Reason.NO_EMAIL]
    assert {email.to for email in OutgoingEmail.objects.all()} <= {"desk@clinic.example"}


def test_news_upon_news_is_one_call(service: Service, robin: Practitioner, staff: User) -> None:
    visit = book(service, at(6, 10))
    confirm_appointment(visit, by=staff)
    move_appointment(visit, starts_at=at(6, 11), by=staff)
    assert CallTask.objects.count() == 1
    CallTask.objects.update(done_at=timezone.now())
    move_appointment(visit, starts_at=at(6, 12), by=staff)
    assert CallTask.objects.open(timezone.now()).count() == 1


def test_nobody_is_called_about_what_they_did_themselves(
    service: Service, robin: Practitioner, staff: User
) -> None:
    by_phone = book(service, at(6, 10), by=staff)
    move_appointment(by_phone, starts_at=at(6, 11))
    cancel_by_patient(by_phone)
    asked = book(service, at(6, 10))
    propose_times(asked, [(at(7, 10), robin)], by=staff)
    CallTask.objects.all().delete()
    accept_proposal(asked, asked.proposed_times.get())
    assert not CallTask.objects.exists()


def test_nobody_without_email_gets_a_link(service: Service, robin: Practitioner) -> None:
    assert not book(service, at(6, 10)).manage_links.exists()
