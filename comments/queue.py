"""The moderators' queue, read in pages that cost the same however long it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext_lazy as _

from comments.models import Comment, CommentEdit, Commenter

PAGE = 20
EARLIER = 3
# Nobody needs to know how much more than this waits, and counting it would take time.
MOST_COUNTED = 1000
LARGEST_KEY = 2**63 - 1


class QueueKind(StrEnum):
    TO_READ = "to-read"
    LIKELY_SPAM = "likely-spam"

    @property
    def label(self) -> Any:
        return _("To read") if self is QueueKind.TO_READ else _("Likely spam")


@dataclass(frozen=True, order=True)
class Position:
    """Where a page of the queue ends; the next begins after it."""

    at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.pk}"

    @classmethod
    def read(cls, written: str) -> "Position | None":
        """Return the position that an address names, or None for any other text."""
        moment, _tilde, number = written.partition("~")
        if not (number.isascii() and number.isdecimal() and int(number) <= LARGEST_KEY):
            return None
        try:
            at = parse_datetime(moment)
        except ValueError:
            return None
        return cls(at, int(number)) if at is not None and is_aware(at) else None


@dataclass(frozen=True)
class QueueEntry:
    """What waits: a comment, or other words for one that is approved."""

    comment: Comment
    edit: CommentEdit | None = None

    @property
    def position(self) -> Position:
        since = self.edit.submitted_at if self.edit else self.comment.submitted_at
        return Position(since, self.comment.pk)


@dataclass(frozen=True)
class QueueCounts:
    to_read: int
    likely_spam: int
    edits: int  # among those to read
    oldest: datetime | None


def page_of_queue(
    kind: QueueKind, after: Position | None, size: int = PAGE
) -> tuple[list[QueueEntry], Position | None]:
    """Return what waits, the oldest first, and where the next page begins, if there is one."""
    with_parent = _new(kind).select_related("parent")
    entries = [QueueEntry(comment) for comment in _following(with_parent, "pk", after)[: size + 1]]
    if kind is QueueKind.TO_READ:
        # An edit waits only beside an approved comment: what takes that away takes the edit too.
        edits = CommentEdit.objects.select_related("comment__parent")
        edits = edits.order_by("submitted_at", "comment_id")
        found = _following(edits, "comment_id", after)[: size + 1]
        entries += [QueueEntry(edit.comment, edit) for edit in found]
        entries.sort(key=lambda entry: entry.position)
    more = len(entries) > size
    entries = entries[:size]
    return entries, entries[-1].position if more else None


def waiting_counts() -> QueueCounts:
    """Return how much waits, up to MOST_COUNTED of each kind, and since when."""
    edits = capped(CommentEdit.objects.all())
    entries, _more = page_of_queue(QueueKind.TO_READ, None, 1)
    return QueueCounts(
        to_read=capped(_new(QueueKind.TO_READ)) + edits,
        likely_spam=capped(_new(QueueKind.LIKELY_SPAM)),
        edits=edits,
        oldest=entries[0].position.at if entries else None,
    )


def capped(rows: QuerySet[Any]) -> int:
    return rows.order_by()[:MOST_COUNTED].count()


def _new(kind: QueueKind) -> QuerySet[Comment]:
    comments = Comment.objects
    return comments.to_read() if kind is QueueKind.TO_READ else comments.likely_spam()


def _following(rows: QuerySet[Any], key: str, after: Position | None) -> QuerySet[Any]:
    """Return what stands after a position; the first condition is the one an index answers."""
    if after is None:
        return rows
    same_moment = Q(submitted_at=after.at) & Q(**{f"{key}__lte": after.pk})
    return rows.filter(submitted_at__gte=after.at).exclude(same_moment)


def earlier_by_same_person(comments: Iterable[Comment]) -> dict[int, Sequence[Comment]]:
    """Return for each comment the last few before it from the same address.

    They are found by the address's keyed index, as long as we hold it; none is decrypted.
    """
    same = Commenter.objects.filter(email_index=OuterRef("email_index"), pk__lt=OuterRef("pk"))
    before = same.order_by("-pk").values("comment_id")
    last = [Subquery(before[n : n + 1]) for n in range(EARLIER)]
    rows = list(Commenter.objects.filter(comment__in=comments).values_list("comment_id", *last))
    found = Comment.objects.in_bulk({pk for row in rows for pk in row[1:] if pk is not None})
    return {row[0]: [found[pk] for pk in row[1:] if pk in found] for row in rows}
