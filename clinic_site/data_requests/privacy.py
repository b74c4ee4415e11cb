"""The personal data of data requests themselves."""

from django.utils.translation import gettext_lazy as _

from clinic_site.privacy.register import PersonalDataRecord

RECORDS = [
    PersonalDataRecord(
        what=_("That you asked us to delete something: a code of each deleted record"),
        why=_("To delete it again if a backup brings it back. The code doesn’t tell what it said."),
        seen_by=_("No one."),
        until=_("As long as we run this site."),
        columns={"data_requests.Erasure": "row_hash"},
        untraceable=_("The code can’t be turned back into anything."),
    ),
    PersonalDataRecord(
        what=_("Whom one of our owners is looking for to answer them, encrypted"),
        why=_("To show or delete what we have about you when you ask."),
        seen_by=_("The owner who is looking."),
        until=_("Until it’s done, or for two hours."),
        columns={"data_requests.DataRequestDraft": "token_hash text"},
        untraceable=_("It’s encrypted and ends by itself."),
    ),
]
