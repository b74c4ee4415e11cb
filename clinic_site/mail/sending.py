import logging
from datetime import timedelta
from email.utils import formataddr
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import get_connection
from django.db.models import QuerySet
from django.utils import timezone

from clinic_site.clinic.current import read_clinic
from clinic_site.jobs.claim import claim_row, claimed
from clinic_site.jobs.status import note_failure, note_success
from clinic_site.mail.message import PortableEmail
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.outbox import Attachment, State

logger = logging.getLogger(__name__)


# Gaps between tries; together about three days, as mail servers keep trying themselves.
GAPS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440, 1440)]


QUEUE = "mail"
# Whom an email went to and what stood in it, private links among it, is kept no longer than it is
# needed to send it.
NOTHING: dict[str, Any] = {
    "to": "",
    "reply_to": "",
    "text": "",
    "html": "",
    "headers": {},
    "attachments": [],
}
# So many are read at once to find one that no other worker has taken meanwhile.
LOOK_AHEAD = 10


def send_due_emails() -> int:
    """Send every email that is due; return how many the mail server took."""
    return sum(_try(email) for email in _due() if _claim(email))


def send_next_email() -> int:
    """Try one email that is due, whether or not the mail server takes it; return 0 or 1."""
    email = next(filter(_claim, _due()[:LOOK_AHEAD]), None)
    if email is None:
        return 0
    _try(email)
    return 1


def _due() -> QuerySet[OutgoingEmail]:
    due = OutgoingEmail.objects.filter(state=State.WAITING, due_at__lte=timezone.now())
    # What it says is read when it is tried, so that one that is damaged holds up itself alone.
    return due.order_by("due_at").defer("subject", *NOTHING)


def _claim(email: OutgoingEmail) -> bool:
    return claim_row(email, now=timezone.now(), attempts=email.attempts + 1)


def _try(email: OutgoingEmail) -> bool:
    started_at = timezone.now()
    # If the claim ran out and another worker took over, what that one notes stands.
    mine = claimed(email).filter(state=State.WAITING)
    try:
        _message(mine.get()).send()
    except Exception as error:  # whatever a mail server does, the other emails go on
        give_up = email.attempts > len(GAPS) or _is_final(error)
        mine.update(
            state=State.FAILED if give_up else State.WAITING,
            due_at=timezone.now() + GAPS[min(email.attempts, len(GAPS)) - 1],
            # The class alone: servers quote addresses in their answers.
            last_error=type(error).__name__,
            **(NOTHING if give_up else {}),
        )
        note_failure(QUEUE, started_at, error)
        logger.warning("mail %s was not taken: %s", email.message_id, type(error).__name__)
        return False
    mine.update(state=State.SENT, sent_at=timezone.now(), last_error="", **NOTHING)
    note_success(QUEUE, started_at)
    return True


def _is_final(error: Exception) -> bool:
    """Tell a mailbox that does not exist (5xx) from one that is busy (4xx)."""
    if not isinstance(error, SMTPRecipientsRefused):
        return False
    return all(code >= 500 for code, _answer in error.recipients.values())


def _message(email: OutgoingEmail) -> PortableEmail:
    message = PortableEmail(
        subject=email.subject,
        body=email.text,
        from_email=formataddr((read_clinic().name, settings.DEFAULT_FROM_EMAIL)),
        to=[email.to],
        reply_to=[email.reply_to] if email.reply_to else None,
        connection=get_connection(settings.MAIL_TRANSPORT),
        headers={
            **email.headers,
            "Message-ID": email.message_id,
            "Auto-Submitted": "auto-generated",
        },
    )
    if email.html:
        message.attach_alternative(email.html, "text/html")
    for attachment in email.attachments:
        message.attach(*Attachment(**attachment))
    return message
