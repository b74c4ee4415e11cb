"""The comments below a page as everybody reads them: read by one query, shown one level deep.

Whatever is stored deeper stands below the same first comment, in the order it was said, and
says whom it answers. What answers a comment that is no longer here keeps its place. So many stand
below the page itself; a longer thread goes on in parts of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from clinic_site.clinic.current import last_midnight_at_clinic
from clinic_site.clinic.initials import initials_of
from clinic_site.clinic.models import ClinicDetails
from clinic_site.pages.prepared import prepared
from comments.models import Comment, CommentRules
from comments.moderation.rules import Closed, closed_because

PART = 100  # comments


@dataclass(frozen=True)
class PublicComment:
    """What a reader sees of an approved comment."""

    pk: int
    parent_id: int | None
    above_id: int | None  # what the parent answers
    name: str
    text: str
    at: datetime
    is_staff: bool
    redacted: bool

    @property
    def initials(self) -> str:
        return initials_of(self.name)


@dataclass
class PublicReply:
    said: PublicComment
    deeper: bool = False  # it does not answer what began the branch
    to: PublicComment | None = None  # whom it answers, where it stands deeper and that is here


@dataclass
class Branch:
    """A comment below the page, and everything that was said about it, in that order."""

    first: PublicComment | None = None  # None: it is no longer here
    answers: list[PublicReply] = field(default_factory=list)
    continued: bool = False  # it began in the part before


@dataclass(frozen=True)
class ThreadPart:
    """So much of a thread as stands on one page."""

    number: int  # from 1, of `total`
    total: int
    branches: list[Branch]

    @cached_property
    def numbers(self) -> set[int]:
        """The numbers of the comments that stand here."""
        found = {answer.said.pk for branch in self.branches for answer in branch.answers}
        begun = (branch.first for branch in self.branches if not branch.continued)
        return found | {first.pk for first in begun if first}


@dataclass(frozen=True)
class Thread:
    """All that was said, in parts. The first stands below the page itself."""

    parts: list[ThreadPart]
    count: int
    closed: Closed | None

    def part_of(self, pk: int) -> ThreadPart | None:
        """Return the part in which a comment stands."""
        return next((part for part in self.parts if pk in part.numbers), None)


def read_thread(page: Page) -> Thread:
    """Read what is shown below `page`, and whether anybody can comment there."""
    found = _rows_below(page.pk)  # one row at least, whether anything was said or not
    if not found:
        return Thread(in_parts([]), 0, None)
    first_published_at, site_closed, close_after_days, closed_page = found[0][:4]
    comments = [PublicComment(*row[4:]) for row in found if row[4] is not None]
    closed = closed_because(
        site=bool(site_closed),
        page=closed_page is not None,
        first_published_at=first_published_at,
        close_after_days=close_after_days,
        midnight=last_midnight_at_clinic(),
    )
    return Thread(in_parts(arrange(comments)), len(comments), closed)


@prepared
def _rows_below(page: int) -> QuerySet[Any, Any]:
    rules = CommentRules.objects.order_by("pk")
    return (
        Page.objects.filter(pk=page)
        .annotate(
            said=FilteredRelation("comments", condition=Q(comments__state=Comment.State.APPROVED)),
            site_closed=Subquery(rules.values("closed")[:1]),
            close_after_days=Subquery(rules.values("close_after_days")[:1]),
        )
        .order_by("said__submitted_at", "said__pk")
        .values_list(
            "first_published_at",
            "site_closed",
            "close_after_days",
            "closed_thread__pk",
            "said__pk",
            "said__parent_id",
            "said__parent__parent_id",
            "said__name",
            "said__text",
            "said__submitted_at",
            "said__is_staff",
            "said__redacted",
        )
    )


def arrange(comments: Sequence[PublicComment]) -> list[Branch]:
    """Return `comments`, which are in the order they were said, one level deep."""
    here = {comment.pk: comment for comment in comments}
    branches: dict[int, Branch] = {}
    for comment in comments:
        root = _root(comment, here)
        branch = branches.setdefault(root, Branch())
        if root == comment.pk:
            branch.first = comment
        else:
            deeper = comment.parent_id != root
            to = here.get(comment.parent_id or 0) if deeper else None
            branch.answers.append(PublicReply(comment, deeper, to))
    return list(branches.values())


def _root(comment: PublicComment, here: dict[int, PublicComment]) -> int:
    """Return the number of the comment that began what `comment` belongs to, here or gone."""
    while comment.parent_id is not None:
        above = here.get(comment.parent_id) or here.get(comment.above_id or 0)
        if above is None:
            return comment.above_id or comment.parent_id
        comment = above
    return comment.pk


def in_parts(branches: Iterable[Branch]) -> list[ThreadPart]:
    """Cut a thread into parts of at most PART comments. A long branch goes on in the next."""
    rows: list[Row] = [(branch, said) for branch in branches for said in (None, *branch.answers)]
    begins = range(0, len(rows) or 1, PART)
    return [
        ThreadPart(number, len(begins), _branches(rows[begin : begin + PART]))
        for number, begin in enumerate(begins, 1)
    ]


Row = tuple[Branch, PublicReply | None]  # None: what began the branch


def _branches(rows: Iterable[Row]) -> list[Branch]:
    found = []
    for _id, group in groupby(rows, key=lambda row: id(row[0])):
        kept = list(group)
        answers = [said for _branch, said in kept if said is not None]
        found.append(Branch(kept[0][0].first, answers, continued=kept[0][1] is not None))
    return found


def clock_of_readers(clinic: ClinicDetails, now: datetime) -> datetime:
    """Return `now` as the clinic's clock shows it, by which days are told."""
    return now.astimezone(clinic.location.zone) if clinic.location else timezone.localtime(now)


def day_in_words(day: date, today: date) -> str:
    """Return how people say a day: today, yesterday, Monday, November 3."""
    days_ago = (today - day).days
    if days_ago == 0:
        return _("Today")
    if days_ago == 1:
        return _("Yesterday")
    if 1 < days_ago < 7:
        return date_format(day, "l")
    return date_format(day, "F j" if day.year == today.year else "F j, Y")
