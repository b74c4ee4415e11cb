"""A mail server that is down, hangs or drops at the moment of booking: one email, later."""

import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest
import time_machine
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import Client
from pytest_django import Settings

from booking.actions.reminders import create_calls_for_undelivered
from booking.models import Appointment, CallTask, Service
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.sending import GAPS, send_due_emails
from tests.booking.factories import MONDAY_MORNING, filled_form, send
from tests.clinic_site.mail.test_mail import Postbox
from tests.clinic_site.mail.test_mail import postbox as _postbox
from tests.factories import free_port

postbox = _postbox


@contextmanager
def down(settings: Settings) -> Iterator[None]:
    """Nothing listens."""
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, free_port()
    yield
    settings.EMAIL_PORT = port


@contextmanager
def hanging(settings: Settings) -> Iterator[None]:
    """Something listens and never says a word."""
    port = settings.EMAIL_PORT
    with closing(socket.create_server(("127.0.0.1", 0))) as mute:
        settings.EMAIL_PORT = mute.getsockname()[1]
        settings.EMAIL_TIMEOUT = 0.2
        yield
    settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = port, 10


class Dropping(Postbox):
    """Takes all of an email, and is gone before it says so."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert server.transport is not None
        server.transport.abort()
        return "250 OK"


@pytest.mark.parametrize("fault", [down, hanging])
def test_the_page_answers_and_the_emails_leave_once_it_is_back(
    client: Client,
    service: Service,
    settings: Settings,
    postbox: Postbox,
    clock: time_machine.Traveller,
    fault: object,
) -> None:
    with fault(settings):  # type: ignore[operator]
        answer = send(client, filled_form())
        assert answer.status_code == 303
        assert send_due_emails() == 0
    assert Appointment.objects.count() == 1
    clock.shift(GAPS[0])
    assert send_due_emails() == 2
    clock.shift(timedelta(days=3))
    assert send_due_emails() == 0
    assert sorted(email["To"] for email in postbox.emails) == [
        "desk@clinic.example",
        "jo@patient.example",
    ]


def test_an_email_handed_over_twice_is_the_same_email(
    client: Client,
    service: Service,
    settings: Settings,
    postbox: Postbox,
    clock: time_machine.Traveller,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whether a server that drops has kept the email nobody knows; mailboxes tell by its id."""
    send(client, filled_form())
    with monkeypatch.context() as fault:
        fault.setattr(Postbox, "handle_DATA", Dropping.handle_DATA)
        assert send_due_emails() == 0
    ids = set(OutgoingEmail.objects.values_list("message_id", flat=True))
    clock.shift(GAPS[0])
    assert send_due_emails() == 2
    assert {email["Message-ID"] for email in postbox.emails} == ids


def test_an_address_that_does_not_exist_becomes_a_call(
    client: Client, service: Service, postbox: Postbox
) -> None:
    send(client, filled_form())
    postbox.recipient_answer = "550 no such mailbox"
    send_due_emails()
    assert create_calls_for_undelivered(MONDAY_MORNING) == 1
    assert CallTask.objects.get().reason == CallTask.Reason.EMAIL_FAILED


def test_what_was_sent_is_kept_no_longer_than_needed(
    client: Client, service: Service, postbox: Postbox
) -> None:
    send(client, filled_form())
    send_due_emails()
    for email in OutgoingEmail.objects.all():
        assert (email.text, email.html, email.attachments) == ("", "", [])
