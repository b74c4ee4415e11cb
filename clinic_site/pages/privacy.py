"""The personal data that pages hold."""

from django.utils.translation import gettext_lazy as _

from clinic_site.privacy.register import PersonalDataRecord

RECORDS = [
    PersonalDataRecord(
        what=_("What you say of us, if you have allowed us in writing to print it"),
        why=_("To show others what a visit is like, under the name that you chose."),
        seen_by=_("Everybody. Our editors also see on which day you allowed it."),
        until=_("Until you ask us to take it down."),
    ),
]
