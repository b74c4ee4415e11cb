"""The personal data that the outbox holds."""

from django.utils.translation import gettext_lazy as _

from clinic_site.privacy.register import PersonalDataRecord

RECORDS = [
    PersonalDataRecord(
        what=_("Letters that this site writes"),
        why=_("To send them, and to try again while a mail server does not answer."),
        seen_by=_("The person to whom they go."),
        until=_("For thirty days after they were sent."),
    ),
]
