"""The personal data that the outbox holds."""

from django.utils.translation import gettext_lazy as _

from clinic_site.privacy.register import PersonalDataRecord

RECORDS = [
    PersonalDataRecord(
        what=_("Emails this site sends you, and your email address, encrypted"),
        why=_("To send them, and to try again if a mail server doesn’t answer."),
        seen_by=_("The person they go to."),
        until=_(
            "Until they’re sent, or for three days if a mail server doesn’t take them. We "
            "keep a note that one was sent, with its subject, for 30 days, or 90 if it "
            "never arrived."
        ),
    ),
]
