from collections.abc import Iterator
from email import message_from_bytes, message_from_string, policy
from email.message import EmailMessage as Message
from email.message import MIMEPart

from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.outbox import State


def mark_bounced(report: bytes) -> bool:
    """Mark the email that a mail server reports as undeliverable (RFC 3464); tell if it is ours.

    Only our own Message-ID names an email, and only its recipient's servers have seen that.
    """
    message = message_from_bytes(report, policy=policy.default)
    if message.get_content_type() != "multipart/report" or not _says_failed(message):
        return False
    ids = {str(part.get("Message-ID", "")).strip() for part in _returned(message)} - {""}
    emails = OutgoingEmail.objects.filter(message_id__in=ids, state=State.SENT)
    return emails.update(state=State.FAILED, last_error="Bounced") > 0


def _says_failed(report: Message) -> bool:
    return any(
        str(part.get("Action", "")).strip().lower() == "failed"
        for status in report.walk()
        if status.get_content_type() == "message/delivery-status"
        for part in status.iter_parts()
    )


def _returned(report: Message) -> Iterator[MIMEPart]:
    """What a report gives back of the email: all of it, or its headers as a text."""
    for part in report.walk():
        if part.get_content_type() == "message/rfc822":
            yield from part.iter_parts()
        elif part.get_content_type() == "text/rfc822-headers":
            yield message_from_string(part.get_content(), policy=policy.default)
