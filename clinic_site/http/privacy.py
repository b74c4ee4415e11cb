"""The personal data that the rate limits hold."""

from django.utils.translation import gettext_lazy as _

from clinic_site.privacy.register import PersonalDataRecord

RECORDS = [
    PersonalDataRecord(
        what=_("How often something was sent from your network"),
        why=_(
            "To stop floods of messages. We don’t keep your network address, only a code "
            "made from it that changes every day."
        ),
        seen_by=_("No one."),
        until=_("One day."),
        columns={"http.RateLimitCount": "scope key_hash times"},
        readable={"http.RateLimitCount": "scope times"},
        readable_because=_("It says what was sent and when, and not by whom."),
        untraceable=_("The code can’t be turned back into an address."),
    ),
]

NOT_PERSONAL = {"http.SentForm": "key_hash led_to"}
