"""Mail that is never lost, and sent once unless a worker dies between sending and noting it.

An email is queued in the transaction of its cause: if that is rolled back, so is the
email. The worker sends it once the transaction is on disk. An email is claimed by a
conditional update before it is sent, so several workers share the work; a worker that
dies leaves its claim to run out. Every try of an email has the same Message-ID.
"""

import logging
import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from clinic_site.clinic.current import read_clinic
from clinic_site.mail.models import OutgoingMail

State = OutgoingMail.State

logger = logging.getLogger(__name__)


KEEP_SENT, KEEP_FAILED = timedelta(days=30), timedelta(days=90)


class Attachment(NamedTuple):
    """A text that goes with an email. `kind` is its content type, with parameters if need be."""

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
    subject_ref: str = "",
) -> OutgoingMail:
    """Queue the email of `<template>.subject.txt`, `.txt` and `.html` to one address.

    Call it inside the transaction of what the email tells of. It leaves `after` so long at the
    earliest; until then `cancel_mails` can stop it. `subject_ref` names the record that it tells
    of, so that it can go with that.
    """
    context = {"clinic": read_clinic(), "base_url": settings.BASE_URL, **context}
    return queue_row(
        to=to,
        reply_to=reply_to,
        subject_ref=subject_ref,
        subject=render_to_string(f"{template}.subject.txt", context),
        text=render_to_string(f"{template}.txt", context),
        html=render_to_string(f"{template}.html", context),
        headers=headers or {},
        attachments=[attachment._asdict() for attachment in attachments],
        due_at=timezone.now() + after,
    )


def queue_row(*, subject: str, due_at: datetime, **fields: Any) -> OutgoingMail:
    return OutgoingMail.objects.create(
        subject=" ".join(subject.split())[:200],
        message_id=f"<{uuid.uuid4()}@{urlsplit(settings.BASE_URL).hostname}>",
        due_at=due_at,
        **fields,
    )


def cancel_mails(mail_ids: Iterable[int]) -> int:
    """Delete those emails that no worker has touched yet; return how many."""
    mails = OutgoingMail.objects.filter(pk__in=list(mail_ids), state=State.WAITING, attempts=0)
    return mails.delete()[0]


def delete_mails_to(address: str) -> int:
    """Delete the emails to `address` that have not left; return how many. Each is decrypted."""
    waiting = OutgoingMail.objects.filter(state=State.WAITING).only("to").iterator()
    ours = [mail.pk for mail in waiting if mail.to.casefold() == address.strip().casefold()]
    return OutgoingMail.objects.filter(pk__in=ours).delete()[0]


def delete_old_mails(now: datetime) -> None:
    """Delete the emails that were sent, or given up, long enough ago."""
    OutgoingMail.objects.filter(state=State.SENT, sent_at__lt=now - KEEP_SENT).delete()
    OutgoingMail.objects.filter(state=State.FAILED, due_at__lt=now - KEEP_FAILED).delete()
