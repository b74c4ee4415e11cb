from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from clinic_site.mail.outbox import queue_row


class QueueBackend(BaseEmailBackend):
    """Queues what Django and Wagtail themselves write, such as a link for a new password.

    Each recipient gets an email of their own, and nobody waits for a mail server.
    """

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        for message in messages:
            for to in message.recipients():
                queue_row(
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
