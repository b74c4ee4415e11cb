"""The personal data of the access log: what the staff did, told by numbers."""

from django.utils.translation import gettext_lazy as _

from clinic_site.access_log.sealing import end_lines
from clinic_site.privacy.register import PersonalDataRecord
from clinic_site.privacy.retention import RetentionRule, kept_in_words

RECORDS = [
    PersonalDataRecord(
        what=_(
            "Which of our staff looked at your record or appointment, on which screen, and when"
        ),
        why=_("So we can account for it. It holds numbers and not your name."),
        seen_by=_("The clinic’s owners."),
        until=kept_in_words(_("For %(lines)s."), lines="access_log.lines"),
        untraceable=_("It names no one, and stays when you ask us to delete what we hold."),
    ),
]
RETENTION = [
    RetentionRule(
        key="access_log.lines",
        what=_("Lines of the access log: who saw whom, who signed in, what was set"),
        days=7 * 365,
        reason=_(
            "HIPAA has you keep it for at least six years (45 CFR 164.312(b) and 164.316(b)(2)); "
            "a seventh covers leap days, and a claim that comes late."
        ),
        end=end_lines,
        least_days=6 * 365 + 2,  # six years have two leap days at most
    ),
]
NOT_PERSONAL = {
    "access_log.AccessLine": "via table details",
    "access_log.AccessSeal": "lines_hash chain_hash proof",
}
