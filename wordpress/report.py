"""What came, was changed, needs a look or was lost: for a person to work through."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

MOST_NOTES = 5000  # beyond these the rest is only counted


class Level(StrEnum):
    CHANGED = "changed"
    LOOK = "needs a look"
    LOST = "lost"


class ItemOutcome(StrEnum):
    CAME = "came"
    UPDATED = "updated"
    SAME = "unchanged"
    KEPT = "kept, since it was edited here"
    GONE = "left out, since it was deleted here"
    LEFT_OUT = "left out"
    FAILED = "failed"


@dataclass(frozen=True)
class Note:
    level: Level
    words: str


@dataclass
class ItemReport:
    """What became of one item."""

    kind: str
    title: str
    old: str  # its number or address on the other site
    outcome: ItemOutcome = ItemOutcome.CAME
    page: int | None = None  # the page here, to be opened in the editor
    notes: list[Note] = field(default_factory=list)

    def changed(self, words: str) -> None:
        self.notes.append(Note(Level.CHANGED, words))

    def look(self, words: str) -> None:
        self.notes.append(Note(Level.LOOK, words))

    def lost(self, words: str) -> None:
        self.notes.append(Note(Level.LOST, words))


@dataclass
class Report:
    source: str = ""
    is_dry_run: bool = False
    entries: list[ItemReport] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    not_listed: int = 0

    def add(self, entry: ItemReport) -> ItemReport:
        """Count an item; list it if there is anything to say of it."""
        self.counts[f"{entry.kind}: {entry.outcome}"] += 1
        for note in entry.notes:
            self.counts[f"notes: {note.level}"] += 1
        if len(self.entries) < MOST_NOTES:
            self.entries.append(entry)
        else:
            self.not_listed += 1
        return entry

    def count(self, what: str, number: int = 1) -> None:
        if number:
            self.counts[what] += number

    @property
    def has_losses(self) -> bool:
        return bool(
            self.counts[f"notes: {Level.LOST}"]
            or any(
                count
                for name, count in self.counts.items()
                if name.endswith(f": {ItemOutcome.FAILED}")
            )
        )

    def as_data(self) -> dict[str, Any]:
        return {
            "source": self.source,
            "dry_run": self.is_dry_run,
            "counts": dict(sorted(self.counts.items())),
            "entries": [asdict(entry) for entry in self.entries],
            "not_listed": self.not_listed,
        }

    def lines(self, admin: str = "/admin") -> Iterator[str]:
        """Yield the report as text: each item that has something to say, then the numbers."""
        begin = "What would come from" if self.is_dry_run else "What came from"
        yield f"{begin} {self.source}"
        for entry in self.entries:
            if entry.notes or entry.outcome not in (ItemOutcome.CAME, ItemOutcome.SAME):
                yield ""
                link = f"  {admin}/pages/{entry.page}/edit/" if entry.page else ""
                yield f"{entry.kind} “{entry.title}” ({entry.old}): {entry.outcome}{link}"
                yield from (f"  {note.level}: {note.words}" for note in entry.notes)
        if self.not_listed:
            yield f"\n{self.not_listed} more are not listed."
        yield ""
        yield from (f"{count:>7}  {name}" for name, count in sorted(self.counts.items()))
