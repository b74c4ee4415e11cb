"""Mail that is never lost, and sent once unless a worker dies between sending and noting it.

A letter is queued in the transaction of its cause: if that is rolled back, so is the
letter. The worker sends it once the transaction is on disk. A letter is claimed by a
conditional update before it is sent, so several workers share the work; a worker that
dies leaves its claim to run out. Every try of a letter has the same Message-ID.
"""

import logging
import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from email import message_from_bytes, message_from_string, policy
from email.message import EmailMessage as Message
from email.message import MIMEPart
from email.utils import formataddr
from smtplib import SMTPRecipientsRefused
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import timezone

from clinic_site.context import read_clinic
from clinic_site.models import OutgoingMail

State = OutgoingMail.State

logger = logging.getLogger(__name__)

# One try may take this long before another worker takes the letter over.
CLAIM = timedelta(minutes=10)
# Gaps between tries; together about three days, as mail servers keep trying themselves.
GAPS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440, 1440)]

KEEP_SENT, KEEP_FAILED = timedelta(days=30), timedelta(days=90)


class Attachment(NamedTuple):
    """A text that goes with a letter. `kind` is its content type, with parameters if need be."""

    name: str
    text: str
    kind: str


def queue_mail(
    *,
    to: str,
    template: str,
    context: dict[str, object],
    reply_to: str = "",
    headers: dict[str, str] | None = None,
    attachments: Iterable[Attachment] = (),
    after: timedelta = timedelta(0),
    about: str = "",
) -> OutgoingMail:
    """Queue the letter of `emails/<template>.subject.txt`, `.txt` and `.html` to one address.

    Call it inside the transaction of what the letter tells of. It leaves `after` so long at
    the earliest; until then `take_back` can stop it. `forget_letters` deletes those `about` one.
    """
    context = {"clinic": read_clinic(), "base_url": settings.BASE_URL, **context}
    return _queue(
        to=to,
        reply_to=reply_to,
        about=about,
        subject=render_to_string(f"emails/{template}.subject.txt", context),
        text=render_to_string(f"emails/{template}.txt", context),
        html=render_to_string(f"emails/{template}.html", context),
        headers=headers or {},
        attachments=[attachment._asdict() for attachment in attachments],
        due_at=timezone.now() + after,
    )


def _queue(*, subject: str, due_at: datetime, **fields: Any) -> OutgoingMail:
    return OutgoingMail.objects.create(
        subject=" ".join(subject.split())[:200],
        message_id=f"<{uuid.uuid4()}@{urlsplit(settings.BASE_URL).hostname}>",
        due_at=due_at,
        **fields,
    )


class QueueBackend(BaseEmailBackend):
    """Queues what Django and Wagtail themselves write, such as a link for a new password.

    Each recipient gets a letter of their own, and nobody waits for a mail server.
    """

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        for message in messages:
            for to in message.recipients():
                _queue(
                    to=to,
                    subject=str(message.subject),
                    text=str(message.body),
                    html=_html_of(message),
                    due_at=timezone.now(),
                )
        return len(messages)


def _html_of(message: EmailMessage) -> str:
    alternatives = getattr(message, "alternatives", [])
    return next((str(text) for text, kind in alternatives if kind == "text/html"), "")


def take_back(mail_ids: Iterable[int]) -> int:
    """Delete those letters that no worker has touched yet; return how many."""
    letters = OutgoingMail.objects.filter(pk__in=list(mail_ids), state=State.WAITING, attempts=0)
    return letters.delete()[0]


def forget_letters(about: str) -> None:
    """Delete the letters that tell of what is erased, whether they have left or not."""
    OutgoingMail.objects.filter(about=about).delete()


def send_due_mails() -> int:
    """Send every letter that is due; return how many the mail server took."""
    due = OutgoingMail.objects.filter(state=State.WAITING, due_at__lte=timezone.now())
    return sum(_send(mail) for mail in due.order_by("due_at") if _claim(mail))


def clear_away(now: datetime) -> None:
    """Delete the letters that were sent, or given up, long enough ago."""
    OutgoingMail.objects.filter(state=State.SENT, sent_at__lt=now - KEEP_SENT).delete()
    OutgoingMail.objects.filter(state=State.FAILED, due_at__lt=now - KEEP_FAILED).delete()


def note_bounce(report: bytes) -> bool:
    """Mark the letter that a mail server reports as undeliverable (RFC 3464); tell if it is ours.

    Only our own Message-ID names a letter, and only its recipient's servers have seen that.
    """
    message = message_from_bytes(report, policy=policy.default)
    if message.get_content_type() != "multipart/report" or not _says_failed(message):
        return False
    ids = {str(part.get("Message-ID", "")).strip() for part in _returned(message)} - {""}
    mails = OutgoingMail.objects.filter(message_id__in=ids, state=State.SENT)
    return mails.update(state=State.FAILED, last_error="Bounced") > 0


def _says_failed(report: Message) -> bool:
    return any(
        str(part.get("Action", "")).strip().lower() == "failed"
        for status in report.walk()
        if status.get_content_type() == "message/delivery-status"
        for part in status.iter_parts()
    )


def _returned(report: Message) -> Iterator[MIMEPart]:
    """What a report gives back of the letter: all of it, or its headers as a text."""
    for part in report.walk():
        if part.get_content_type() == "message/rfc822":
            yield from part.iter_parts()
        elif part.get_content_type() == "text/rfc822-headers":
            yield message_from_string(part.get_content(), policy=policy.default)


def _claim(mail: OutgoingMail) -> bool:
    """Take `mail` for this worker. A second worker that read the same row gets False."""
    now = timezone.now()
    claimed = OutgoingMail.objects.filter(
        pk=mail.pk, state=State.WAITING, attempts=mail.attempts, due_at__lte=now
    ).update(attempts=mail.attempts + 1, due_at=now + CLAIM)
    mail.attempts += claimed
    return claimed == 1


def _send(mail: OutgoingMail) -> bool:
    # Our claim: if it ran out and another worker took over, what it notes stands.
    claimed = OutgoingMail.objects.filter(pk=mail.pk, state=State.WAITING, attempts=mail.attempts)
    try:
        _message(mail).send()
    except Exception as error:  # whatever a mail server does, the other letters go on
        give_up = mail.attempts > len(GAPS) or _is_final(error)
        claimed.update(
            state=State.FAILED if give_up else State.WAITING,
            due_at=timezone.now() + GAPS[min(mail.attempts, len(GAPS)) - 1],
            # The class alone: servers quote addresses in their answers.
            last_error=type(error).__name__,
        )
        logger.warning("mail %s was not taken: %s", mail.message_id, type(error).__name__)
        return False
    # What stands in a letter, private links among it, is kept no longer than it is needed.
    claimed.update(
        state=State.SENT, sent_at=timezone.now(), last_error="", text="", html="", attachments=[]
    )
    return True


def _is_final(error: Exception) -> bool:
    """Tell a mailbox that does not exist (5xx) from one that is busy (4xx)."""
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _answer in error.recipients.values())


def _message(mail: OutgoingMail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=formataddr((read_clinic().name, settings.DEFAULT_FROM_EMAIL)),
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        connection=get_connection(settings.MAIL_TRANSPORT),
        headers={
            **(mail.headers or {}),
            "Message-ID": mail.message_id,
            "Auto-Submitted": "auto-generated",
        },
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for attachment in mail.attachments or []:
        message.attach(*Attachment(**attachment))
    return message
