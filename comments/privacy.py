"""How long things about commenters are kept, in words made of the rules that are really used."""

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def _address_kept() -> str:
    from comments.models import CommentRules

    days = CommentRules.load().keep_address_days
    return ngettext(
        "Until we have decided about the comment. If you want to hear of replies: until you "
        "unsubscribe, at the longest %(days)s day after you have confirmed it.",
        "Until we have decided about the comment. If you want to hear of replies: until you "
        "unsubscribe, at the longest %(days)s days after you have confirmed it.",
        days,
    ) % {"days": days}


def _words_kept() -> str:
    from comments.models import CommentRules

    days = CommentRules.load().keep_refused_days
    return _(
        "Until you erase it or its article is deleted. What we refuse or you withdraw is erased "
        "after %(days)s days."
    ) % {"days": days}


address_kept = lazy(_address_kept, str)()
words_kept = lazy(_words_kept, str)()
