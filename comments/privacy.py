"""The personal data that comments hold, for as long as the rules that are really used say."""

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clinic_site.privacy.register import PersonalDataRecord
from comments.models import CommentRules


def _address_kept() -> str:
    days = CommentRules.load().keep_address_days
    return ngettext(
        (
            "Until we’ve decided about the comment and emailed you. If you want to hear about "
            "replies: until you unsubscribe, but no longer than %(days)s day after you confirm."
        ),
        (
            "Until we’ve decided about the comment and emailed you. If you want to hear about "
            "replies: until you unsubscribe, but no longer than %(days)s days after you "
            "confirm."
        ),
        days,
    ) % {"days": days}


def _words_kept() -> str:
    days = CommentRules.load().keep_refused_days
    return _(
        "Until you erase it or its article is deleted. If we reject it or you withdraw it, "
        "it’s erased after %(days)s days."
    ) % {"days": days}


address_kept = lazy(_address_kept, str)()
words_kept = lazy(_words_kept, str)()

RECORDS = [
    PersonalDataRecord(
        what=gettext_lazy("The name and text of a comment"),
        why=gettext_lazy("To publish it once one of us has read it."),
        seen_by=gettext_lazy("Our moderators, and everyone once it’s approved."),
        until=words_kept,
    ),
    PersonalDataRecord(
        what=gettext_lazy(
            "What you have typed into the form for a comment, if it couldn’t be taken, encrypted"
        ),
        why=gettext_lazy("So that you can correct it, and lose nothing."),
        seen_by=gettext_lazy("Only you, at the address of the page you’re on."),
        until=gettext_lazy("Until you send it, or for two hours after you last tried."),
    ),
    PersonalDataRecord(
        what=gettext_lazy("The email address you comment with, encrypted"),
        why=gettext_lazy(
            "To tell people apart, and to email you about replies if you want that. We "
            "never publish it or anything made from it."
        ),
        seen_by=gettext_lazy("The few of us who may see email addresses."),
        until=address_kept,
    ),
    PersonalDataRecord(
        what=gettext_lazy(
            "Which of our staff decided about a comment or looked at an email address, and when"
        ),
        why=gettext_lazy("So we can account for it."),
        seen_by=gettext_lazy("Our moderators and the clinic’s owners."),
        until=gettext_lazy(
            "As long as we keep the comment. If someone looked at an email address: as "
            "long as we run this site."
        ),
    ),
]
