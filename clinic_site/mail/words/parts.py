"""Parts and facts that emails of several apps have in common."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from clinic_site.mail.words.registry import Chip, EditableEmail, EmailPart, PartKind, Words

GREETING, SIGNATURE = "greeting", "signature"
# The greeting and signature of this one are those of all emails that have none of their own.
SHARED = "mail/every_email"


def unbroken(text: str) -> SafeString:
    """Keep a phone number on one line."""
    return format_html('<span style="white-space: nowrap">{}</span>', text)


def bold(text: str) -> SafeString:
    return format_html("<b>{}</b>", text)


CLINIC = Chip("clinic", _("clinic’s name"), lambda email: email["clinic"].name, in_subject=True)


def subject(words: Words, name: str = "subject", hint: Words = "") -> EmailPart:
    """The subject; of several, an email names the one that it has."""
    return EmailPart(name, _("Subject"), words, PartKind.SUBJECT, required=True, hint=hint)


def heading_line(words: Words, name: str = "heading", hint: Words = "") -> EmailPart:
    return EmailPart(name, _("Heading"), words, PartKind.LINE, required=True, hint=hint)


def greeting() -> EmailPart:
    return EmailPart(GREETING, _("Greeting"), _("Dear {name},"), PartKind.LINE)


def signature() -> EmailPart:
    """One stands for all emails, and only some of them have a name in them."""
    hint = _("Above the clinic’s address.")
    return EmailPart(SIGNATURE, _("Signature"), "", hint=hint, only=(CLINIC.name,))


def above_link(words: Words, name: str = "link", hint: Words = "") -> EmailPart:
    """What stands above the address that others see as a button."""
    only = _("For mail programs that show plain text only: others show the button alone.")
    return EmailPart(
        name, _("Above the link"), words, PartKind.LINE, required=True, hint=hint or only
    )


def _sample() -> dict[str, Any]:
    return {"name": "Casey Morgan"}


EVERY_EMAIL = EditableEmail(
    key=SHARED,
    title=_("Greeting and signature of all emails"),
    sent=_("An email that has a greeting or signature of its own keeps that."),
    parts=(greeting(), signature()),
    chips=(Chip("name", _("name"), lambda email: email["name"]), CLINIC),
    samples={_("someone"): _sample},
)
