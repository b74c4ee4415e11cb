"""An email is queued with its cause, sent once, and never lost."""

from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.mail import send_mail
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from clinic_site.jobs.claim import CLAIM, claim_row
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.outbox import Attachment, queue_email, queue_row
from clinic_site.mail.sending import GAPS, _try, send_due_emails
from clinic_site.mail.words import registry
from clinic_site.mail.words.parts import subject
from clinic_site.mail.words.registry import EditableEmail
from clinic_site.privacy.retention import days_kept, end_what_is_over
from tests.factories import free_port, make_user

pytestmark = pytest.mark.usefixtures("clinic")


class Postbox:
    """A mail server's mind: takes emails, or refuses them with `answer`."""

    def __init__(self) -> None:
        self.emails: list[EmailMessage] = []
        self.bytes: list[bytes] = []
        self.answer = "250 OK"
        self.recipient_answer = "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.recipient_answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            self.bytes.append(envelope.content)
            self.emails.append(message_from_bytes(envelope.content, policy=policy.default))
        return self.answer


@pytest.fixture
def postbox(settings: Settings) -> Iterator[Postbox]:
    """A real mail server on this machine, to which the site's mail goes."""
    box = Postbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.MAIL_TRANSPORT = "clinic_site.mail.smtp.LimitedBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = server.port
    yield box
    server.stop()


def queue(to: str = "pat@patient.example", **fields: Any) -> OutgoingEmail:
    queue_email(to=to, template="tests/emails/test_email", context={"name": "Pat"}, **fields)
    return OutgoingEmail.objects.latest("pk")


@pytest.fixture(autouse=True)
def _email(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "tests" / "emails"
    folder.mkdir(parents=True)
    declared = EditableEmail(
        key="tests/test_email",
        title="",
        sent="",
        parts=(subject("A word\n from us"),),
        chips=(),
        samples={},
    )
    monkeypatch.setitem(registry._emails, declared.key, declared)
    (folder / "test_email.txt").write_text("Dear {{ name }}, ring {{ clinic.location.phone }}.")
    (folder / "test_email.html").write_text("<p>Dear {{ name }}.</p>")
    templates = settings.TEMPLATES[0]
    settings.TEMPLATES = [templates | {"DIRS": [tmp_path, *templates["DIRS"]]}]


def test_a_queued_email_arrives(postbox: Postbox) -> None:
    queued = queue(reply_to="desk@clinic.example")
    assert send_due_emails() == 1
    (sent,) = postbox.emails
    assert sent["To"] == "pat@patient.example"
    assert sent["Reply-To"] == "desk@clinic.example"
    assert sent["From"] == "Motion Unlimited <website@localhost>"
    assert sent["Subject"] == "A word from us"
    assert sent["Message-ID"] == queued.message_id
    assert "Dear Pat, ring 805-880-6533." in sent.get_body(("plain",)).get_content()
    assert "<p>Dear Pat.</p>" in sent.get_body(("html",)).get_content()


def test_what_is_attached_arrives_with_its_kind(postbox: Postbox) -> None:
    text = "BEGIN:VCALENDAR\r\nSUMMARY:Straße\r\nEND:VCALENDAR\r\n"
    attached = Attachment("visit.ics", text, "text/calendar; method=REQUEST")
    queue(attachments=[attached])
    send_due_emails()
    [part] = postbox.emails[0].iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "REQUEST"
    assert part.get_content_charset() == "utf-8"
    assert part.get_filename() == "visit.ics"
    assert part.get_content() == text


def test_an_email_leaves_in_ascii_whatever_the_mail_server_offers(postbox: Postbox) -> None:
    """A relay that recodes 8 bit breaks the signature (DKIM)."""
    attached = Attachment("visit.ics", "SUMMARY:Straße", "text/calendar; method=REQUEST")
    queue_row(
        to="pat@patient.example",
        subject="“Señor”",
        text="“Señor”, " + "a long line " * 100,
        html="<p>“Señor”</p>",
        attachments=[attached._asdict()],
        due_at=timezone.now(),
    )
    send_due_emails()
    assert postbox.bytes[0].isascii()
    assert max(map(len, postbox.bytes[0].splitlines())) <= 78
    parts = [part for part in postbox.emails[0].walk() if not part.is_multipart()]
    assert {part["Content-Transfer-Encoding"] for part in parts} == {"quoted-printable"}
    assert [part.get_content()[:9] for part in parts] == ["“Señor”, ", "<p>“Señor", "SUMMARY:S"]


def test_an_email_that_is_damaged_holds_up_itself_alone(postbox: Postbox) -> None:
    damaged, _whole = queue(), queue()
    with connection.cursor() as cursor:
        change = "UPDATE mail_outgoingemail SET text = 'damaged' WHERE id = %s"
        cursor.execute(change, [damaged.pk])
    assert send_due_emails() == 1
    kept = OutgoingEmail.objects.defer("text").get(pk=damaged.pk)
    assert (kept.state, kept.last_error) == ("waiting", "CannotDecrypt")


def test_an_email_is_undone_with_its_cause() -> None:
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert not OutgoingEmail.objects.exists()


def send_later(after: timedelta) -> int:
    with time_machine.travel(timezone.now() + after):
        return send_due_emails()


def test_a_sent_email_is_not_sent_again(postbox: Postbox) -> None:
    queue()
    assert [send_due_emails(), send_later(timedelta(days=1))] == [1, 0]
    assert len(postbox.emails) == 1


def test_two_workers_that_read_the_same_row_send_one_email(postbox: Postbox) -> None:
    assert claim_row(queue(), now=timezone.now())
    assert send_due_emails() == 0


def test_a_worker_that_died_leaves_its_email_to_the_next(postbox: Postbox) -> None:
    claim_row(queue(), now=timezone.now())
    assert send_later(CLAIM - timedelta(minutes=1)) == 0
    assert send_later(CLAIM + timedelta(minutes=1)) == 1


def test_a_worker_that_hung_does_not_undo_what_another_has_sent(postbox: Postbox) -> None:
    hung = queue()
    claim_row(hung, now=timezone.now())
    assert send_later(CLAIM + timedelta(minutes=1)) == 1
    postbox.answer = "451 try later"
    assert _try(hung) is False  # what the hung worker learns in the end
    assert OutgoingEmail.objects.get().state == OutgoingEmail.State.SENT


def test_a_refused_email_is_tried_again_with_growing_gaps(postbox: Postbox) -> None:
    queue()
    postbox.answer = "451 try later"
    send_due_emails()
    waited = timedelta()
    for gap in GAPS[:3]:
        assert send_later(waited + gap - timedelta(seconds=30)) == 0
        assert OutgoingEmail.objects.get().attempts == GAPS.index(gap) + 1
        waited += gap + timedelta(seconds=30)
        send_later(waited)
    postbox.answer = "250 OK"
    assert send_later(waited + GAPS[3] + timedelta(minutes=1)) == 1
    assert len(postbox.emails) == 1


def test_a_mail_server_that_is_gone_delays_but_loses_nothing(
    settings: Settings, postbox: Postbox
) -> None:
    there = settings.EMAIL_PORT
    settings.EMAIL_PORT = 1
    queue()
    assert send_due_emails() == 0
    settings.EMAIL_PORT = there
    assert send_later(GAPS[0] + timedelta(seconds=30)) == 1


def test_an_address_that_does_not_exist_is_given_up_at_once(postbox: Postbox) -> None:
    postbox.recipient_answer = "550 no such mailbox pat@patient.example"
    email = queue()
    send_due_emails()
    email.refresh_from_db()
    assert email.state == OutgoingEmail.State.FAILED
    assert "pat@" not in email.last_error


def test_one_bad_email_does_not_hold_up_the_others(postbox: Postbox) -> None:
    bad = queue(to="pat@patient.example\nBcc: all@patient.example")
    queue(to="sam@patient.example")
    assert send_due_emails() == 1
    bad.refresh_from_db()
    assert bad.state == OutgoingEmail.State.WAITING
    assert [email["To"] for email in postbox.emails] == ["sam@patient.example"]


def test_an_email_that_nobody_takes_is_given_up_in_the_end(postbox: Postbox) -> None:
    email = queue()
    postbox.answer = "451 try later"
    for _attempt in range(len(GAPS) + 1):
        with time_machine.travel(email.due_at + timedelta(seconds=1)):
            send_due_emails()
        email.refresh_from_db()
    assert email.state == OutgoingEmail.State.FAILED


def test_the_worker_sends_what_is_due(postbox: Postbox) -> None:
    queue()
    call_command("worker", "--once")
    assert len(postbox.emails) == 1


def test_what_django_and_wagtail_write_is_queued_too(
    postbox: Postbox, settings: Settings, client: Client
) -> None:
    settings.EMAIL_BACKEND = "clinic_site.mail.backend.QueueBackend"
    user = make_user("Editors")
    postbox.answer = "451 try later"
    answer = client.post("/admin/password_reset/", {"email": user.email})
    assert answer.status_code == 302, "nobody waits for the mail server"
    assert send_due_emails() == 0
    postbox.answer = "250 OK"
    assert send_later(GAPS[0] + timedelta(seconds=30)) == 1
    assert postbox.emails[0]["To"] == user.email
    assert "/admin/password_reset/confirm/" in postbox.emails[0].get_content()


def test_each_recipient_gets_an_email_of_their_own(postbox: Postbox, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "clinic_site.mail.backend.QueueBackend"
    send_mail("Hello", "All of you", None, ["a@clinic.example", "b@clinic.example"])
    send_due_emails()
    assert [email["To"] for email in postbox.emails] == ["a@clinic.example", "b@clinic.example"]


def test_emails_are_cleared_away(postbox: Postbox) -> None:
    queue()
    send_due_emails()
    queue(to="sam@patient.example")
    kept = timedelta(days=days_kept("mail.sent"))
    end_what_is_over(timezone.now() + kept - timedelta(hours=1))
    assert OutgoingEmail.objects.count() == 2
    end_what_is_over(timezone.now() + kept + timedelta(hours=1))
    assert [email.to for email in OutgoingEmail.objects.all()] == ["sam@patient.example"]
