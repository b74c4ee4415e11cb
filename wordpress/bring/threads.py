"""Comments of an item, as this site keeps them."""

import re
from collections.abc import Iterator
from itertools import islice

from django.utils import timezone
from wagtail.models import Page

from comments.actions.imports import LONGEST_NAME, SaidElsewhere, bring_comments
from comments.models import ClosedThread
from comments.models.state import CommentState
from wordpress.bring.people import People
from wordpress.bring.records import Records
from wordpress.content.markup import one_line, plain_text
from wordpress.report import ItemReport, Report
from wordpress.wxr.items import BadPiece, OldComment, OldItem
from wordpress.wxr.read import Export

STATES = {
    "1": CommentState.APPROVED,
    "approve": CommentState.APPROVED,
    "approved": CommentState.APPROVED,
    "0": CommentState.PENDING,
    "hold": CommentState.PENDING,
    "": CommentState.PENDING,
    "spam": CommentState.SPAM,
    "trash": CommentState.REJECTED,
    "post-trashed": CommentState.REJECTED,
}
ADDRESS = re.compile(r"^\s*[^\s@]+@[^\s@]+\.[^\s@]+\s*$")
PLAUSIBLE = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
LONGEST_ADDRESS = 254
AT_ONCE = 1000  # comments
LONGEST_TEXT = 5000  # of what the form here takes; longer ones come whole
NOBODY = "Anonymous"


class Threads:
    def __init__(self, export: Export, people: People, records: Records, report: Report) -> None:
        self.export, self.people, self.records, self.report = export, people, records, report

    def bring(self, item: OldItem, page: Page, entry: ItemReport) -> None:
        """Bring what isn’t here yet of the comments of an item, a part of them at a time.

        One whose parent has not come yet waits until it has, or until all others are here.
        """
        here: dict[int, int] = {}
        waiting: list[SaidElsewhere] = []
        moved = 0
        said = self.read(item, entry)
        while part := list(islice(said, AT_ONCE)):
            new = [*waiting, *self._new(part, here)]
            coming = {each.number for each in new} | here.keys()
            waiting = [each for each in new if each.parent and each.parent not in coming]
            late = {each.number for each in waiting}
            moved += self._store(page, [each for each in new if each.number not in late], here)
        moved += self._store(page, waiting, here)
        if moved:
            entry.changed(f"{moved} comments have other numbers here, since theirs were taken")
        if here and not page.specific_class.accepts_comments:
            entry.look("it has comments, but pages of this kind show none")

    def _new(self, part: list[SaidElsewhere], here: dict[int, int]) -> list[SaidElsewhere]:
        """Return those that were never brought; note where the others are."""
        known = self.records.comments([str(each.number) for each in part])
        here |= {int(old): pk for old, pk in known.items() if pk is not None}
        self.report.count("comments unchanged", len(known))
        return [each for each in part if str(each.number) not in known]

    def _store(self, page: Page, new: list[SaidElsewhere], here: dict[int, int]) -> int:
        """Store comments; return how many could not keep their numbers."""
        if not new:
            return 0
        brought = bring_comments(page, new, here)
        self.records.keep_comments({str(old): pk for old, pk in brought.items()})
        here |= brought
        for each in new:
            self.report.count(f"comments: {each.state}")
        self.report.count("addresses of commenters kept", sum(bool(each.email) for each in new))
        return sum(old != pk for old, pk in brought.items())

    def close(self, item: OldItem, page: Page) -> None:
        if not item.comments_open and page.specific_class.accepts_comments:
            ClosedThread.objects.get_or_create(page_id=page.pk)

    def read(self, item: OldItem, entry: ItemReport) -> Iterator[SaidElsewhere]:
        """Yield the comments that people wrote; count the others."""
        seen: set[int] = set()
        for place, old in enumerate(self.export.comments_of(item), 1):
            if isinstance(old, BadPiece):
                entry.lost(f"comment {old.number} of the item {old.what}")
            elif old.kind not in ("", "comment"):
                self.report.count(f"left out: {old.kind}s")
            elif (found := self._as_said(old, place, entry)) and found.number not in seen:
                seen.add(found.number)
                yield found
            elif found:
                entry.look(f"two comments have the number {found.number}; the first one came")

    def _as_said(self, old: OldComment, place: int, entry: ItemReport) -> SaidElsewhere | None:
        state = STATES.get(old.state, CommentState.PENDING)
        text = plain_text(old.content)
        number = int(old.number) if old.number.isdecimal() else 0
        if not text or not number:
            what = "no words" if not text else "no number"
            entry.lost(f"comment {old.number or place} has {what}")
            return None
        if old.at is None:
            entry.changed(f"comment {number} has no date; it has the item’s")
        if len(text) > LONGEST_TEXT:
            entry.changed(f"comment {number} is longer than any that is written here")
        if old.email and state != CommentState.PENDING:
            self.report.count("addresses of commenters left out, as nothing waits for a decision")
        return SaidElsewhere(
            number=number,
            parent=int(old.parent) if old.parent.isdecimal() else None,
            name=self._name(old, entry),
            text=text,
            state=state,
            at=old.at or timezone.now(),
            email=_plausible(old.email) if state == CommentState.PENDING else "",
            is_staff=self._is_staff(old),
        )

    def _name(self, old: OldComment, entry: ItemReport) -> str:
        name = one_line(old.author)
        if ADDRESS.match(name):
            entry.changed(f"comment {old.number} had an address for a name; it has none now")
            name = ""
        return name[:LONGEST_NAME].strip() or NOBODY

    def _is_staff(self, old: OldComment) -> bool:
        """Whether somebody of the clinic wrote it, signed in with the address of an author."""
        return bool(old.user) and (
            old.user in self.people.numbers or old.email.strip().casefold() in self.people.emails
        )


def _plausible(email: str) -> str:
    email = email.strip()
    return email if PLAUSIBLE.fullmatch(email) and len(email) <= LONGEST_ADDRESS else ""
