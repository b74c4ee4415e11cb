"""What is kept of reading and searching: sums of a day, which tell of nobody."""

from django.utils.translation import gettext_lazy as _

from clinic_site.page_views.ending import end_counts
from clinic_site.privacy.register import PersonalDataRecord
from clinic_site.privacy.retention import RetentionRule, kept_in_words

RECORDS = [
    PersonalDataRecord(
        what=_("How often each page is read, without anything about you"),
        why=_(
            "So we know what helps. For each day we keep how often a page was opened, how often "
            "a booking was started from it, which websites readers came from, and single words "
            "people searched for. We don’t keep who, what time it was, or what else you read. "
            "Words with a digit or an @ aren’t counted."
        ),
        seen_by=_(
            "Our editors and the clinic’s owners. A word only once it’s been searched for on three "
            "days."
        ),
        until=kept_in_words(
            _("For %(counts)s. A word that isn’t searched for on three days: 90 days."),
            counts="page_views.counts",
        ),
        columns={"page_views.DailyCount": "name"},
        readable={"page_views.DailyCount": "name"},
        readable_because=_("They’re addresses of pages, names of websites, and single words."),
        untraceable=_("They’re sums of a day, kept without anything that would tell who."),
    ),
]
RETENTION = [
    RetentionRule(
        key="page_views.counts",
        what=_("How often each page was read, day by day"),
        days=760,
        reason=_("To compare a month with the same one of the year before; it tells of nobody."),
        end=end_counts,
    ),
]
NOT_PERSONAL = {"page_views.DailyCount": "kind"}
