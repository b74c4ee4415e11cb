"""The personal data that the rate limits hold."""

from django.utils.translation import gettext_lazy as _

from clinic_site.privacy.register import PersonalDataRecord

RECORDS = [
    PersonalDataRecord(
        what=_("How often something was sent from your network"),
        why=_(
            "To stop floods. We keep no network address, only a code made from it that "
            "is another each day."
        ),
        seen_by=_("Nobody."),
        until=_("For a day."),
    ),
]
