"""Emails on their way. What they say is encrypted, so the database cannot be asked for it."""

import re

from django.db.models import QuerySet

from clinic_site.mail.models import OutgoingEmail


def emails_to(address: str) -> QuerySet[OutgoingEmail]:
    emails = OutgoingEmail.objects.all()
    return emails.filter(pk__in=[email.pk for email in emails if email.to == address])


def emails_about(words: str) -> QuerySet[OutgoingEmail]:
    """Return those whose subject has `words`, a regular expression; the oldest first."""
    emails = OutgoingEmail.objects.order_by("pk")
    about = [email.pk for email in emails if re.search(words, email.subject, re.IGNORECASE)]
    return emails.filter(pk__in=about)


def emails_with(words: str) -> list[OutgoingEmail]:
    """Return those with `words` in their text."""
    return [email for email in OutgoingEmail.objects.all() if words in email.text]
