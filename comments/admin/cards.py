"""What a moderator sees of one comment: its place, its reasons, and what can be done with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from comments.admin.labels import likeness
from comments.models import Comment, CommentEdit
from comments.moderation.differences import TextPart, compare
from comments.moderation.excerpts import nearest_excerpt
from comments.moderation.rules import in_words
from comments.queue import QueueEntry, earlier_by_same_person

State = Comment.State


@dataclass(frozen=True)
class Button:
    decision: str
    label: Any
    icon: str
    key: str = ""


APPROVE = Button("approve", _("Approve"), "check", "a")
REJECT = Button("reject", _("Reject"), "cross", "r")
SPAM = Button("spam", _("Mark as spam"), "warning", "s")
REQUEUE = Button("requeue", _("Back to the queue"), "time")
APPROVE_EDIT = Button("approve_edit", _("Approve the edit"), "check", "a")
REJECT_EDIT = Button("reject_edit", _("Keep the old version"), "cross", "r")

OFFERED: Mapping[str, Sequence[Button]] = {
    State.PENDING: (APPROVE, REJECT, SPAM),
    State.APPROVED: (REJECT, SPAM, REQUEUE),
    State.REJECTED: (APPROVE, SPAM, REQUEUE),
    State.SPAM: (APPROVE, REJECT, REQUEUE),
}


@dataclass
class Card:
    comment: Comment
    edit: CommentEdit | None
    page: Page
    excerpt: str
    reasons: list[str]
    likeness: Any
    earlier: Sequence[Comment]
    # What is decided leads on to the next card.
    next_url: str = ""
    before: list[TextPart] = field(default_factory=list)
    after: list[TextPart] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return f"comment-{self.comment.pk}"

    @property
    def attrs(self) -> dict[str, str]:
        return {"tabindex": "-1", "data-comment-card": ""}

    @property
    def page_url(self) -> str:
        return f"{self.page.get_url() or ''}#comments"

    @property
    def buttons(self) -> Sequence[Button]:
        if self.edit is not None:
            return (APPROVE_EDIT, REJECT_EDIT, SPAM)
        return OFFERED.get(self.comment.state, ())

    @property
    def can_be_redacted(self) -> bool:
        return self.edit is None and self.comment.state in OFFERED and not self.comment.is_staff

    @property
    def can_be_answered(self) -> bool:
        return self.edit is None and self.comment.state in {State.PENDING, State.APPROVED}


def card_of(comment: Comment) -> Card:
    """Return the card of one comment, with the edit that waits beside it."""
    waits = comment.state == State.APPROVED and hasattr(comment, "edit")
    [card] = cards([QueueEntry(comment, comment.edit if waits else None)])
    return card


def cards(entries: Sequence[QueueEntry]) -> list[Card]:
    """Return a card for each entry, with all it shows, in the same few queries for any number."""
    comments = [entry.comment for entry in entries]
    wanted = {comment.page_id for comment in comments}
    pages = {page.pk: page for page in Page.objects.filter(pk__in=wanted).specific()}
    earlier = earlier_by_same_person(comments)
    return [
        _card(entry, pages[entry.comment.page_id], earlier.get(entry.comment.pk, ()))
        for entry in entries
    ]


def _card(entry: QueueEntry, page: Page, earlier: Sequence[Comment]) -> Card:
    comment, edit = entry.comment, entry.edit
    text = edit.text if edit else comment.text
    excerpts = page.text_excerpts() if hasattr(page, "text_excerpts") else []
    before, after = compare(comment.text, edit.text) if edit else ([], [])
    return Card(
        comment=comment,
        edit=edit,
        page=page,
        excerpt="" if comment.parent_id else nearest_excerpt(text, excerpts),
        reasons=in_words(edit.held_for if edit else comment.held_for),
        likeness="" if edit else likeness(comment.spam_score),
        earlier=earlier,
        before=before,
        after=after,
    )
