"""The day as a list in the order of time: on paper, and on a phone."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from booking.models import Practitioner
from booking.scheduling.agenda import AgendaEntry, PersonsDay


class OpenTime(NamedTuple):
    """A whole stretch of free time, and where it leads to that is pressed."""

    starts_at: datetime
    ends_at: datetime
    url: str


class SheetRow(NamedTuple):
    entry: AgendaEntry | OpenTime
    practitioner: Practitioner | None
    quick: str = ""  # the transition of one click: an event type

    @property
    def is_open(self) -> bool:
        return isinstance(self.entry, OpenTime)

    @property
    def quick_name(self) -> str:
        return f"appointments:{self.quick}"


@dataclass
class Sheet:
    """What is on one sheet: a day of everybody, or of one person."""

    day: date
    practitioner: Practitioner | None = None  # of whom, if of one
    days: list[PersonsDay] = field(default_factory=list)  # who works when
    rows: list[SheetRow] = field(default_factory=list)


def sheets_of(
    days: Sequence[PersonsDay],
    *,
    each: bool,
    quick: Callable[[AgendaEntry], str],
    open_times: Callable[[PersonsDay], Iterable[OpenTime]],
) -> list[Sheet]:
    """Return a sheet for each day or, if asked for, for `each` person of it.

    `quick` says what one click does with an entry, `open_times` which free time can be pressed.
    """
    sheets: dict[tuple[date, int | None], Sheet] = {}
    alone = each or len({_key(day.practitioner) for day in days}) == 1
    for persons_day in sorted(days, key=lambda persons_day: persons_day.day):
        person = persons_day.practitioner
        key = (persons_day.day, _key(person) if each else None)
        sheet = sheets.setdefault(key, Sheet(persons_day.day, person if alone else None))
        sheet.days.append(persons_day)
        sheet.rows += [SheetRow(entry, person, quick(entry)) for entry in persons_day.entries]
        sheet.rows += [SheetRow(time, person) for time in open_times(persons_day)]
    for sheet in sheets.values():
        sheet.rows.sort(key=lambda row: (row.entry.starts_at, row.entry.ends_at))
    return list(sheets.values())


def _key(practitioner: Practitioner | None) -> int | None:
    return practitioner.pk if practitioner else None
