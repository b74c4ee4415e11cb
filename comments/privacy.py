"""The personal data that comments hold, for as long as the rules that are really used say."""

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clinic_site.privacy.register import PersonalDataRecord
from clinic_site.privacy.retention import kept_in_words
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
        columns={
            "comments.Comment": "name text digest held_for idempotency_key learned_as",
            "comments.CommentEdit": "text held_for",
            "comments.UndoSnapshot": "text edit_text edit_held_for",
            "comments.PrivateLink": "token_hash",
        },
        readable={
            "comments.Comment": "name text digest held_for idempotency_key learned_as",
        },
        readable_because=gettext_lazy(
            "You wrote it for everyone to read. Edits that we haven’t read, and words that we took "
            "out, are encrypted."
        ),
    ),
    PersonalDataRecord(
        what=gettext_lazy(
            "What you typed into the comment form, if we couldn’t accept it, encrypted"
        ),
        why=gettext_lazy("So you can fix it without losing anything."),
        seen_by=gettext_lazy("Only you, at the address of the page you’re on."),
        until=gettext_lazy("Until you send it, or for two hours after you last tried."),
        columns={"comments.CommentDraft": "token_hash text"},
    ),
    PersonalDataRecord(
        what=gettext_lazy("The email address you comment with, encrypted"),
        why=gettext_lazy(
            "To tell people apart, and to email you about replies if you want that. We "
            "never publish it or anything made from it."
        ),
        seen_by=gettext_lazy("The few of us who are allowed to see email addresses."),
        until=address_kept,
        columns={"comments.Commenter": "email email_index"},
    ),
    PersonalDataRecord(
        what=gettext_lazy(
            "Which of our staff decided about a comment or looked at an email address, and when"
        ),
        why=gettext_lazy("So we can account for it."),
        seen_by=gettext_lazy("Our moderators and the clinic’s owners."),
        until=kept_in_words(
            gettext_lazy(
                "As long as we keep the comment. That someone looked at an email address: "
                "%(history)s."
            ),
            history="pages.history",
        ),
    ),
]
NOT_PERSONAL = {
    "comments.CannedReply": "title text",
    "comments.CommentRules": "held_words notify_email",
    "comments.SpamToken": "token",  # a hash of a word
}
