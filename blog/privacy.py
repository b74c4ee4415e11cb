"""Articles are about no patient: what they say of anybody, its author has written for everybody.

What people search for may be about them, so it is kept in a way that tells nobody whose it was.
"""

from django.utils.translation import gettext_lazy as _

from clinic_site.privacy.register import PersonalDataRecord

RECORDS = [
    PersonalDataRecord(
        what=_("A word you searched for, if it found nothing"),
        why=_(
            "So that our editors see what’s missing. Each word is counted by itself, with the day "
            "of the last time. We don’t keep who searched, what time it was, or what else they "
            "typed, and nothing with a digit or an @ in it."
        ),
        seen_by=_("Our editors."),
        until=_("90 days after the last time."),
        columns={"blog.VainSearch": "word"},
        readable={"blog.VainSearch": "word"},
        readable_because=_("Our editors count it, and it tells of nobody."),
        untraceable=_("It’s kept without anything that would tell who searched."),
    ),
]
NOT_PERSONAL = {
    "blog.ArticlePage": "summary body sources",
    "blog.TopicPage": "introduction",
    "blog.SearchSynonym": "typed means",
    "blog.KnownWord": "word",
}
