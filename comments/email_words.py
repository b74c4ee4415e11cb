"""What the emails about comments say."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from clinic_site.mail.words.parts import (
    CLINIC,
    above_link,
    greeting,
    heading_line,
    signature,
    subject,
)
from clinic_site.mail.words.registry import Chip, EditableEmail, EmailPart
from comments.models import Comment
from comments.queue import QueueCounts
from comments.waiting_summary import waiting_summary

NAME = Chip("name", _("name of the person who commented"), lambda email: email["comment"].name)
TITLE = Chip("title", _("title of the page"), lambda email: email["comment"].page.title)
WHO = Chip("who", _("who replied"), lambda email: email["answer"].name)
NUMBER = Chip(
    "number", _("number of the comment"), lambda email: email["comment"].pk, in_subject=True
)


SUMMARY = Chip(
    "summary",
    _("how many wait, in sentences"),
    lambda email: waiting_summary(email["waiting"]),
)


def _comment(**fields: Any) -> Comment:
    page = Page(title=_now("How to sit"))
    defaults = {"pk": 7, "name": "Priya", "page": page, "text": _now("Thank you. That helped.")}
    return Comment(**defaults | fields)


def _context(**more: Any) -> dict[str, Any]:
    defaults = {
        "comment": _comment(),
        "button_url": f"{settings.BASE_URL}/",
        "button_label": _now("Manage your comment"),
    }
    return defaults | more


def _received(**more: Any) -> dict[str, Any]:
    address = f"{settings.BASE_URL}/"
    confirming = {"private_url": address, "button_label": _now("Yes, email me replies")}
    return _context(**confirming | more)


def _received_only() -> dict[str, Any]:
    return _received(button_url="")


def _answered() -> dict[str, Any]:
    answer = _comment(pk=8, name="Dana Whitfield", is_staff=True)
    return _context(
        answer=answer,
        unsubscribe_url=f"{settings.BASE_URL}/",
        button_label=_now("Read the reply"),
    )


def _waiting(**more: Any) -> dict[str, Any]:
    comment, address = _comment(), f"{settings.BASE_URL}/admin/"
    links = dict.fromkeys(("button_url", "reject_url", "spam_url", "page_url"), address)
    return (
        _context(
            **links, words=comment.text, reasons=[], button_label=_now("Approve…"), is_edit=False
        )
        | more
    )


def _counted() -> dict[str, Any]:
    oldest = timezone.now() - timedelta(hours=30)
    waiting = QueueCounts(to_read=3, likely_spam=2, edits=1, oldest=oldest)
    return _context(waiting=waiting, button_label=_now("Open the queue"))


RECEIVED = EditableEmail(
    key="comments/comment_received",
    title=_("Comment received"),
    sent=_("To someone who commented and left an email address."),
    parts=(
        subject(
            _("Please confirm: email you about replies?"),
            hint=_("If they want to hear about replies."),
        ),
        subject(_("We have your comment"), "subject_only", _("If they don’t.")),
        heading_line(_("We have your comment")),
        greeting(),
        EmailPart(
            "waiting",
            _("If it waits to be read"),
            _(
                "Thank you for your comment on “{title}”. One of us will read it before it "
                "appears. We never publish your email address."
            ),
        ),
        EmailPart(
            "approved",
            _("If it’s on the page"),
            _(
                "Thank you for your comment on “{title}”. It’s on the page now. We never publish "
                "your email address."
            ),
        ),
        EmailPart(
            "confirm",
            _("If they want to hear about replies"),
            _(
                "You asked to hear about replies. Please confirm within seven days. We won’t email "
                "you about replies until you do, and after seven days we delete your email address."
            ),
            required=True,
        ),
        EmailPart(
            "manage",
            _("Before the private link"),
            _(
                "For 90 days you can use this link to edit, withdraw or erase your comment. Please "
                "keep it to yourself:"
            ),
            required=True,
        ),
        EmailPart(
            "not_you",
            _("Closing"),
            _("Not you? Ignore this email, and you won’t hear from us again."),
        ),
        signature(),
    ),
    chips=(NAME, TITLE, CLINIC),
    samples={_("someone who wants replies"): _received, _("someone else"): _received_only},
    subject_part=lambda email: "subject" if email["button_url"] else "subject_only",
)
LINK_REPLACED = EditableEmail(
    key="comments/link_replaced",
    title=_("A new private link"),
    sent=_("To someone who commented and lost their link."),
    parts=(
        subject(_("Your new link")),
        heading_line(_("Your new link")),
        greeting(),
        EmailPart(
            "opening",
            _("Opening"),
            _(
                "Here’s your new link. For 90 days you can use it to edit, withdraw or erase your "
                "comment. The old link no longer works. Please keep this one to yourself."
            ),
            required=True,
        ),
        signature(),
    ),
    chips=(NAME, TITLE, CLINIC),
    samples={_("a comment"): _context},
)
ANSWERED = EditableEmail(
    key="comments/comment_answered",
    title=_("A reply to a comment"),
    sent=_("To someone who commented and asked to hear about replies."),
    parts=(
        subject(_("A reply to your comment")),
        heading_line(_("A reply to your comment")),
        greeting(),
        EmailPart(
            "by_staff",
            _("If someone from the clinic replied"),
            _("{who} from the clinic replied to your comment on “{title}”."),
            required=True,
        ),
        EmailPart(
            "by_reader",
            _("If another reader replied"),
            _("{who} replied to your comment on “{title}”."),
            required=True,
        ),
        above_link(_("Read the reply:")),
        EmailPart(
            "why",
            _("Before “Unsubscribe”"),
            _("You’re getting this email because you asked to hear about replies."),
            required=True,
        ),
        signature(),
    ),
    chips=(NAME, TITLE, WHO, CLINIC),
    samples={_("a reply"): _answered},
)
WAITING = EditableEmail(
    key="comments/comment_waiting",
    title=_("A comment is waiting"),
    sent=_("To the moderators, at once, if the rules of comments say so."),
    parts=(
        subject(_("Comment {number} is waiting")),
        heading_line(_("A comment is waiting")),
        heading_line(
            _("An edited comment is waiting"), "heading_edit", _("For an edited comment.")
        ),
        EmailPart(
            "opening",
            _("Above a comment"),
            _("{name} wrote this about “{title}”. No one else can see it until you decide:"),
            required=True,
        ),
        EmailPart(
            "opening_edit",
            _("Above an edited comment"),
            _(
                "{name} edited a comment on “{title}”. The version you approved stays up until you "
                "decide about the new one:"
            ),
            required=True,
        ),
        EmailPart(
            "deciding",
            _("About the links"),
            _(
                "Each link asks you to sign in and opens a page with one button. Opening the page "
                "doesn’t decide anything."
            ),
        ),
        EmailPart(
            "rules",
            _("About these emails"),
            _("Prefer one email a day, or none? Change it in the admin under Comments » Rules."),
        ),
        signature(),
    ),
    chips=(NAME, TITLE, NUMBER, CLINIC),
    samples={_("a comment"): _waiting, _("an edited comment"): lambda: _waiting(is_edit=True)},
)
DAILY = EditableEmail(
    key="comments/comments_waiting",
    title=_("Comments are waiting"),
    sent=_("To the moderators, once a day, if the rules of comments say so."),
    parts=(
        subject(_("Comments are waiting to be read")),
        heading_line(_("Comments are waiting")),
        EmailPart("opening", _("Opening"), "{summary}", needs=("summary",), required=True),
        EmailPart(
            "queue",
            _("Above the button"),
            _(
                "Sign in and open the queue with the button below. Opening it doesn’t approve "
                "anything."
            ),
        ),
        above_link(_("Sign in and open the queue here. Opening it doesn’t approve anything:")),
        signature(),
    ),
    chips=(SUMMARY, CLINIC),
    samples={_("some comments"): _counted},
)

EMAILS = [RECEIVED, ANSWERED, LINK_REPLACED, WAITING, DAILY]
