"""Emails on their way. Whom they go to is encrypted, so the database cannot be asked for it."""

from django.db.models import QuerySet

from clinic_site.mail.models import OutgoingMail


def emails_to(address: str) -> QuerySet[OutgoingMail]:
    mails = OutgoingMail.objects.all()
    return mails.filter(pk__in=[mail.pk for mail in mails if mail.to == address])
