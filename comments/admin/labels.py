"""How states, events and likeness to spam are called on the screens, and their icons."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, CommentEvent
from comments.moderation.rules import LIKELY_SPAM
from comments.queue import MOST_COUNTED

State = Comment.State
EventType = CommentEvent.EventType

ICONS = {
    State.PENDING: "time",
    State.APPROVED: "check",
    State.REJECTED: "cross",
    State.SPAM: "warning",
    State.WITHDRAWN: "undo",
    State.ERASED: "bin",
}
COULD_BE_SPAM = 0.5
BY_THE_SITE = {EventType.TRUSTED}
BY_THE_WRITER = {EventType.SUBMITTED, EventType.EDITED, EventType.WITHDRAWN}


def likeness(score: float) -> Any:
    """Say how much a comment reads like spam; nothing as long as too little was learned."""
    if score >= LIKELY_SPAM:
        return _("Likely spam")
    if score >= COULD_BE_SPAM:
        return _("Might be spam")
    return _("Doesn’t look like spam") if score > 0 else ""


def who(event: CommentEvent) -> str:
    """Say whose doing an event was."""
    if event.by is not None:
        return event.by.display_name
    if event.event_type in BY_THE_SITE:
        return gettext("the site, by your rules")
    if event.event_type == EventType.IMPORTED:
        return gettext("the move to this website")
    if event.event_type in BY_THE_WRITER:
        return gettext("its writer")
    if event.event_type == EventType.ERASED:
        return gettext("its writer, or the site when the time was over")
    return gettext("a former staff member")


def how_it_stands(last: CommentEvent | None, reader: AbstractBaseUser) -> str:
    """Say who has done what with a comment that somebody wanted to decide about."""
    if last is None:
        return gettext("Here is how it stands.")
    by = gettext("You") if last.by_id == reader.pk else who(last)
    return gettext("Last: %(action)s (%(who)s). Here is how it stands.") % {
        "who": by,
        "action": last.get_event_type_display(),
    }


def number(count: int) -> str:
    """Return a count that stops at MOST_COUNTED as people read it."""
    more = "+" if count >= MOST_COUNTED else ""
    return f"{intcomma(count)}{more}"
