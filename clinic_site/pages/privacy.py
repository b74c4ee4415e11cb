"""The personal data that pages hold."""

from django.utils.translation import gettext_lazy as _

from clinic_site.privacy.register import PersonalDataRecord

RECORDS = [
    PersonalDataRecord(
        what=_("What you say about us, if you’ve given us written permission to publish it"),
        why=_("To show others what a visit is like, under the name you chose."),
        seen_by=_("Everyone. Our editors also see the date you gave permission."),
        until=_("Until you ask us to take it down."),
    ),
]
