"""The personal data that comments hold, for as long as the rules that are really used say."""

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clinic_site.privacy.register import PersonalDataRecord
from comments.models import CommentRules


def _address_kept() -> str:
    days = CommentRules.load().keep_address_days
    return ngettext(
        "Until we have decided about the comment and what we email you has left. If you want to "
        "hear of replies: until you unsubscribe, at the longest %(days)s day after you have "
        "confirmed it.",
        "Until we have decided about the comment and what we email you has left. If you want to "
        "hear of replies: until you unsubscribe, at the longest %(days)s days after you have "
        "confirmed it.",
        days,
    ) % {"days": days}


def _words_kept() -> str:
    days = CommentRules.load().keep_refused_days
    return _(
        "Until you erase it or its article is deleted. What we refuse or you withdraw is erased "
        "after %(days)s days."
    ) % {"days": days}


address_kept = lazy(_address_kept, str)()
words_kept = lazy(_words_kept, str)()

RECORDS = [
    PersonalDataRecord(
        what=gettext_lazy("The name and the words of a comment"),
        why=gettext_lazy("To publish them once one of us has read them."),
        seen_by=gettext_lazy("Our moderators; everybody once it is approved."),
        until=words_kept,
    ),
    PersonalDataRecord(
        what=gettext_lazy(
            "What you have typed into the form for a comment, if it could not be taken, encrypted"
        ),
        why=gettext_lazy("So that you can correct it, and lose nothing."),
        seen_by=gettext_lazy("You alone, by the address of the page that you are on."),
        until=gettext_lazy("Until you send it, or for two hours after you last tried."),
    ),
    PersonalDataRecord(
        what=gettext_lazy("The email address of somebody who comments, encrypted"),
        why=gettext_lazy(
            "To tell people apart, and to tell you of replies if you want that. It is "
            "never published, nor anything made from it."
        ),
        seen_by=gettext_lazy("Those of us who may see addresses."),
        until=address_kept,
    ),
    PersonalDataRecord(
        what=gettext_lazy(
            "Who of our staff decided about a comment, or looked at an address, and when"
        ),
        why=gettext_lazy("To be able to answer for it."),
        seen_by=gettext_lazy("Our moderators and the owners of the clinic."),
        until=gettext_lazy(
            "As long as the comment. That an address was looked at: as long as the site runs."
        ),
    ),
]
