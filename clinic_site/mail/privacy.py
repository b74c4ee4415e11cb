"""The personal data that the outbox holds."""

from django.utils.translation import gettext_lazy as _

from clinic_site.privacy.register import PersonalDataRecord

RECORDS = [
    PersonalDataRecord(
        what=_("Emails that this site writes, and your address for them, encrypted"),
        why=_("To send them, and to try again while a mail server does not answer."),
        seen_by=_("The person to whom they go."),
        until=_(
            "Until they have left, or for three days while a mail server does not take them. "
            "That one was sent, and its subject: for thirty days, or ninety if it never arrived."
        ),
    ),
]
