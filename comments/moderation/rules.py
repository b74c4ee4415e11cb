"""Why a comment is held: functions of values."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from clinic_site.forms.links import count_links
from comments.moderation.confusables import is_look_alike_address, is_look_alike_name, skeleton

# From this on the classifier says why a comment stands last in the queue.
LIKELY_SPAM = 0.9


@dataclass(frozen=True)
class Reason:
    """One reason for holding. `detail` is a rule's own word or a number, never what was typed."""

    code: str
    detail: str = ""

    def stored(self) -> dict[str, str]:
        return {"code": self.code, "detail": self.detail}


@dataclass(frozen=True)
class CommenterHistory:
    """What is known of the one who sends a comment, from comments before."""

    approved: bool = False  # one at least, under a confirmed address that we still hold
    same_name: bool = False
    trust_withdrawn: bool = False


class Closed(StrEnum):
    """Why nobody can comment somewhere."""

    SITE = "site"
    PAGE = "page"
    AGE = "age"


def closed_because(
    *,
    site: bool,
    page: bool,
    first_published_at: datetime | None,
    close_after_days: int | None,
    midnight: datetime,
) -> Closed | None:
    """Say why nobody can comment, or None if anybody can.

    A day counts until the clinic's `midnight`, the last one: cached pages are made anew then.
    """
    if site:
        return Closed.SITE
    over = None
    if close_after_days is not None and first_published_at is not None:
        over = first_published_at + timedelta(days=close_after_days)
    if over is not None and over <= midnight:
        return Closed.AGE
    return Closed.PAGE if page else None


# Signs of a program: one that no person gives, or two that people give now and then.
SURE_SIGNS = frozenset({"honeypot"})
SIGNS = frozenset({"quick", "links", "often", "duplicate", "look_alike"})


def weigh(spam_score: float, reasons: Iterable[Reason]) -> float:
    """Return the score, raised to likely spam by what is odd about the comment."""
    codes = {reason.code for reason in reasons}
    is_odd = bool(codes & SURE_SIGNS) or len(codes & SIGNS) > 1
    return max(spam_score, LIKELY_SPAM) if is_odd else spam_score


def in_words(reasons: Iterable[dict[str, Any]] | None) -> list[str]:
    """Return stored reasons as sentences for a moderator."""
    return [_sentence(reason["code"], reason.get("detail", "")) for reason in reasons or []]


def _sentence(code: str, detail: str) -> str:
    sentences = {
        "all": _("You read every comment before it appears."),
        "word": _("It has the word “%s” from your list.") % detail,
        "links": _("It has more links than your rules allow: %s.") % detail,
        "any_link": _("It has a link; those are never trusted."),
        "new": _("You haven’t approved anyone with this confirmed address yet."),
        "name": _("The name is different from last time."),
        "withdrawn": _("You rejected an earlier comment from this address."),
        "look_alike": _("The name or address has look-alike letters."),
        "duplicate": _("The same text was sent before."),
        "spam": _("It reads like comments you marked as spam."),
        "edit": _("The writer edited it."),
        "answer": _("It replies to a comment that’s waiting."),
        "quick": _("It was written faster than people type."),
        "honeypot": _("It filled in a field people can’t see."),
        "often": _("Many comments came from the same network."),
    }
    return sentences.get(code, _("It’s held by a rule."))


def held_words(text: str, words: str) -> list[str]:
    """Return those lines of `words` that stand in `text` as whole words, however disguised."""
    seen = skeleton(text)
    listed = [(word.strip(), skeleton(word)) for word in words.splitlines()]
    return [
        word
        for word, looks in listed
        if looks and re.search(rf"(?<!\w){re.escape(looks)}(?!\w)", seen)
    ]


def reasons_to_hold(
    *,
    name: str,
    email: str,
    text: str,
    words: str,
    most_links: int,
    trusting: bool,
    history: CommenterHistory,
    duplicate: bool,
    spam_score: float,
) -> list[Reason]:
    """Return why this comment waits for a moderator; empty only if trust allows it."""
    links = count_links(text)
    reasons = [Reason("word", word) for word in held_words(f"{name}\n{text}", words)]
    if links > most_links:
        reasons.append(Reason("links", str(links)))
    if is_look_alike_address(email) or is_look_alike_name(name):
        reasons.append(Reason("look_alike"))
    if duplicate:
        reasons.append(Reason("duplicate"))
    if spam_score >= LIKELY_SPAM:
        reasons.append(Reason("spam", str(round(spam_score * 100))))
    if history.trust_withdrawn:
        reasons.append(Reason("withdrawn"))
    if not trusting:
        reasons.append(Reason("all"))
    elif not history.approved:
        reasons.append(Reason("new"))
    elif not history.same_name:
        reasons.append(Reason("name"))
    if trusting and 0 < links <= most_links:
        reasons.append(Reason("any_link"))
    return reasons
