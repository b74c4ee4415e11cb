"""A report of an undeliverable email marks that email as failed, and no other."""

import io

import pytest
from django.core.management import call_command

from clinic_site.mail.bounces import mark_bounced
from clinic_site.mail.models import OutgoingEmail

pytestmark = pytest.mark.django_db

REPORT = """\
From: MAILER-DAEMON@mail.example
To: website@clinic.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; pat@patient.example
Action: {action}
Status: 5.1.1

--b
Content-Type: {kind}

From: website@clinic.example
To: pat@patient.example
Message-ID: {message_id}
Subject: A word

--b--
"""


@pytest.fixture
def email() -> OutgoingEmail:
    return OutgoingEmail.objects.create(
        to="pat@patient.example",
        subject="A word",
        message_id="<one@clinic.example>",
        state=OutgoingEmail.State.SENT,
        due_at="2027-01-04T09:00:00Z",
    )


def report(**changes: str) -> bytes:
    told = {"action": "failed", "kind": "message/rfc822", "message_id": "<one@clinic.example>"}
    return REPORT.format(**told | changes).encode()


def state(email: OutgoingEmail) -> str:
    email.refresh_from_db()
    return email.state


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_marks_its_email_as_failed(email: OutgoingEmail, kind: str) -> None:
    assert mark_bounced(report(kind=kind))
    assert state(email) == "failed"
    assert email.last_error == "Bounced"


@pytest.mark.parametrize(
    "other",
    [
        report(action="delayed"),
        report(message_id="<another@clinic.example>"),
        report(message_id=""),
        report(kind="text/plain"),
        b"",
        b"\xff\x00 Content-Type: multipart/report",
        report()[:200],
    ],
    ids=range(7),
)
def test_anything_else_changes_nothing(email: OutgoingEmail, other: bytes) -> None:
    assert not mark_bounced(other)
    assert state(email) == "sent"


def test_an_email_that_still_waits_is_not_given_up(email: OutgoingEmail) -> None:
    OutgoingEmail.objects.update(state=OutgoingEmail.State.WAITING)
    assert not mark_bounced(report())


def test_a_mail_server_can_hand_reports_over(
    email: OutgoingEmail,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(report())))
    call_command("mark_bounced")
    assert capsys.readouterr().out == "Noted.\n"
    assert state(email) == "failed"
