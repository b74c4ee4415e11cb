"""However a mail server keeps us waiting, an email has its time and no more."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from threading import Event, Thread

import pytest
from django.utils import timezone
from pytest_django import Settings

from clinic_site.jobs.models import JobStatus
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.outbox import queue_row
from clinic_site.mail.sending import send_due_emails
from tests.clinic_site.mail.test_mail import Postbox
from tests.clinic_site.mail.test_mail import postbox as _postbox

pytestmark = pytest.mark.usefixtures("clinic")

postbox = _postbox

GREETING = b"220 mail.example\r\n"
GAP = 0.02  # seconds between two bytes: each answer comes before its own time is over


@pytest.fixture
def email(settings: Settings) -> OutgoingEmail:
    settings.MAIL_TRANSPORT = "clinic_site.mail.smtp.LimitedBackend"
    settings.EMAIL_TIMEOUT = 0.4
    now = timezone.now()
    return queue_row(to="pat@patient.example", subject="A word", text="From us.", due_at=now)


Talk = Callable[[socket.socket, Event], None]


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[Callable[[Talk], None]]:
    """Has a server on this machine talk to whoever connects as it is told."""
    settings.EMAIL_HOST, over = "127.0.0.1", Event()
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        settings.EMAIL_PORT = listener.getsockname()[1]

        def serve(talk: Talk) -> None:
            connection, _address = listener.accept()
            with closing(connection), suppress(OSError):
                talk(connection, over)

        yield lambda talk: Thread(target=serve, args=[talk], daemon=True).start()
        over.set()


def drip(connection: socket.socket, over: Event) -> None:
    while not over.wait(GAP):
        connection.sendall(b"2")


def drip_after_the_greeting(connection: socket.socket, over: Event) -> None:
    connection.sendall(GREETING)
    drip(connection, over)


def say_nothing(connection: socket.socket, over: Event) -> None:
    over.wait()


@pytest.mark.parametrize("talk", [say_nothing, drip, drip_after_the_greeting])
@pytest.mark.parametrize("tls", [False, True])
def test_an_email_that_takes_too_long_is_cut_and_tried_later(
    email: OutgoingEmail,
    mail_server: Callable[[Talk], None],
    settings: Settings,
    talk: Talk,
    tls: bool,
) -> None:
    settings.EMAIL_USE_SSL = tls
    mail_server(talk)
    assert send_due_emails() == 0
    email.refresh_from_db()
    assert (email.state, email.attempts) == (OutgoingEmail.State.WAITING, 1)
    errors = {"TimeoutError", "SSLError"} if tls else {"TimeoutError"}  # a 2 is no TLS
    assert email.last_error in errors


def test_a_server_that_takes_an_email_and_no_leave_has_taken_it(
    email: OutgoingEmail, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang(*_said: object) -> str:
        await asyncio.Event().wait()
        return ""

    monkeypatch.setattr(Postbox, "handle_QUIT", hang, raising=False)
    assert send_due_emails() == 1
    email.refresh_from_db()
    assert (email.state, email.to, email.text) == (OutgoingEmail.State.SENT, "", "")
    assert len(postbox.emails) == 1


def test_the_last_success_and_the_last_error_are_kept_without_words(
    email: OutgoingEmail, postbox: Postbox
) -> None:
    postbox.recipient_answer = "450 pat@patient.example is busy"
    send_due_emails()
    status = JobStatus.objects.get(name="mail")
    assert status.failed_at
    assert not status.succeeded_at
    assert status.last_error.startswith("SMTPRecipientsRefused in clinic_site/mail/")
    assert "@" not in status.last_error
    OutgoingEmail.objects.update(due_at=timezone.now())
    postbox.recipient_answer = "250 OK"
    send_due_emails()
    status.refresh_from_db()
    assert status.succeeded_at
    assert status.succeeded_at > status.failed_at
    assert status.last_error, "what went wrong before can still be read"
