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
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.words.registry import editable_email
from clinic_site.mail.words.rendering import render_email
from clinic_site.privacy.tables import export_fields

State = OutgoingEmail.State

logger = logging.getLogger(__name__)


class Attachment(NamedTuple):
    """A text that goes with an email. `kind` is its content type, with parameters if need be."""

    name: str
    text: str
    kind: str


def queue_email(
    *,
    to: str,
    template: str,
    context: dict[str, object],
    reply_to: str = "",
    headers: dict[str, str] | None = None,
    attachments: Iterable[Attachment] = (),
    after: timedelta = timedelta(0),
    subject_ref: str = "",
) -> OutgoingEmail:
    """Queue the email of `<template>.txt` and `.html` to one address, in the clinic's own words.

    Call it inside the transaction of what the email tells of. It leaves `after` so long at the
    earliest; until then `cancel_emails` can stop it. `subject_ref` names the record that it tells
    of, so that it can go with that.
    """
    return queue_row(
        to=to,
        reply_to=reply_to,
        subject_ref=subject_ref,
        **render_email(editable_email(template.replace("/emails/", "/")), context)._asdict(),
        headers=headers or {},
        attachments=[attachment._asdict() for attachment in attachments],
        due_at=timezone.now() + after,
    )


def queue_row(*, subject: str, due_at: datetime, **fields: Any) -> OutgoingEmail:
    return OutgoingEmail.objects.create(
        subject=" ".join(subject.split())[:200],
        message_id=f"<{uuid.uuid4()}@{urlsplit(settings.BASE_URL).hostname}>",
        due_at=due_at,
        **fields,
    )


def cancel_emails(email_ids: Iterable[int]) -> int:
    """Delete those emails that no worker has touched yet; return how many.

    Call it in a transaction. They are locked first: a worker that claims one at this very moment
    either has it, and it counts as sent, or finds it gone.
    """
    untouched = OutgoingEmail.objects.filter(
        pk__in=list(email_ids), state=State.WAITING, attempts=0
    ).select_for_update(of=("self",))
    ours = list(untouched.values_list("pk", flat=True))
    OutgoingEmail.objects.filter(pk__in=ours).delete()
    return len(ours)


def try_waiting_now() -> int:
    """Have those emails tried at once that have been tried in vain; return how many."""
    tried = OutgoingEmail.objects.filter(state=State.WAITING, attempts__gt=0)
    return tried.exclude(last_error="").update(due_at=timezone.now())


def delete_emails(emails: QuerySet[OutgoingEmail]) -> None:
    """Delete these, and the files that a site without a mail server has made of them."""
    ids = [*emails.values_list("message_id", flat=True)]
    emails.delete()
    if ids and settings.EMAIL_FILE_PATH:
        transaction.on_commit(partial(_delete_files, ids))


def _delete_files(message_ids: Iterable[str]) -> None:
    named = [message_id.encode() for message_id in message_ids]
    for file in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        written = file.read_bytes()
        if any(message_id in written for message_id in named):
            file.unlink(missing_ok=True)


def export_emails(subject_ref: str) -> list[dict[str, str]]:
    """Return what is held of the emails about one record; once they have left, hardly anything."""
    emails = OutgoingEmail.objects.filter(subject_ref=subject_ref).order_by("pk")
    return [export_fields(email, "to subject text state sent_at") for email in emails]


def end_sent_emails(before: datetime, at_once: int) -> int:
    """Delete the notes of emails that were sent before that; return of how many."""
    return _delete(OutgoingEmail.objects.filter(state=State.SENT, sent_at__lt=before)[:at_once])


def end_failed_emails(before: datetime, at_once: int) -> int:
    """Delete the notes of emails that were given up before that; return of how many."""
    return _delete(OutgoingEmail.objects.filter(state=State.FAILED, due_at__lt=before)[:at_once])


def _delete(emails: QuerySet[OutgoingEmail]) -> int:
    ids = [*emails.values_list("pk", flat=True)]
    delete_emails(OutgoingEmail.objects.filter(pk__in=ids))
    return len(ids)
