"""Why a time that another reader of calendar files takes may stay open: the rules that say so.

Each reason is worked out from the entry itself, never from the name of a file. What none of them
covers is a time lost.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Event

CLINIC = ZoneInfo("America/Los_Angeles")
SHORTEST_MONTH = 28

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Taken:
    """A time, in UTC, that another reader takes, and the lines of its entry that say when it is.

    `by_offset` is the same time by the offset that the first change of its zone names as the one
    before it, if the reader took it for UTC there.
    """

    starts_at: datetime
    ends_at: datetime
    lines: str = ""
    by_offset: Span | None = None

    @property
    def span(self) -> Span:
        return self.starts_at, self.ends_at

    @property
    def entry(self) -> Any:
        return Event.from_ical(f"BEGIN:VEVENT\r\n{self.lines}\r\nEND:VEVENT\r\n")

    @property
    def zone_name(self) -> str:
        start = self.entry.get("DTSTART")
        return str(start.params.get("TZID", "")) if start is not None else ""


def instant(told: date, zone: str = "") -> datetime:
    """A date or time in UTC; without a zone of its own it is told on the clock of `zone`."""
    moment = told if isinstance(told, datetime) else datetime.combine(told, time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=named(zone))).astimezone(UTC)


def named(name: str) -> ZoneInfo:
    """The zone that the end of a name says (RFC 5545, 3.2.19: `/a.org/Europe/Berlin`)."""
    parts = [part for part in name.split("/") if part]
    for first in range(len(parts)):
        with suppress(LookupError, ValueError, OSError):
            return ZoneInfo("/".join(parts[first:]))
    return CLINIC


def is_before_its_zone_changes(taken: Taken, is_covered: Callable[[Span], bool]) -> bool:
    return taken.by_offset is not None and is_covered(taken.by_offset)


def is_named_by_exdate(taken: Taken, _is_covered: Callable[[Span], bool]) -> bool:
    return any(
        instant(each.dt, taken.zone_name) == taken.starts_at
        for dates in _all(taken.entry, "EXDATE")
        for each in dates.dts
    )


def is_named_by_exrule(taken: Taken, _is_covered: Callable[[Span], bool]) -> bool:
    entry, zone = taken.entry, named(taken.zone_name)
    first = instant(entry["DTSTART"].dt, taken.zone_name).astimezone(zone).replace(tzinfo=None)
    start = taken.starts_at.astimezone(zone).replace(tzinfo=None)
    return any(start in rrulestr(str(_text(rule)), dtstart=first) for rule in _all(entry, "EXRULE"))


def is_a_day_that_the_month_lacks(taken: Taken, _is_covered: Callable[[Span], bool]) -> bool:
    first = taken.entry["DTSTART"].dt
    day = taken.starts_at.astimezone(named(taken.zone_name)).day
    return (
        first.day > SHORTEST_MONTH
        and any(
            rule["FREQ"][0] in ("YEARLY", "MONTHLY") and not any(part[:2] == "BY" for part in rule)
            for rule in _all(taken.entry, "RRULE")
        )
        and day != first.day
    )


def _all(entry: Any, name: str) -> Iterator[Any]:
    found = entry.get(name, [])
    yield from found if isinstance(found, list) else [found]


def _text(rule: object) -> str:
    return rule.to_ical().decode() if hasattr(rule, "to_ical") else str(rule)


REASONS = {
    "taken for UTC before the first change of its VTIMEZONE, which has a TZOFFSETFROM for it "
    "(RFC 5545, 3.6.5)": is_before_its_zone_changes,
    "an EXDATE names it, for an RDATE too and in UTC too (RFC 5545, 3.8.5.1)": is_named_by_exdate,
    "an EXRULE names it (RFC 2445, 4.8.5.2)": is_named_by_exrule,
    "a day that the month lacks, such as February 29 of most years (RFC 5545, 3.3.10: ignored)":
        is_a_day_that_the_month_lacks,
}  # fmt: skip


def reason(taken: Taken, is_covered: Callable[[Span], bool]) -> str:
    """The rule by which a time may stay open; empty if there is none.

    `is_covered` says whether ours takes all of a time.
    """
    if not taken.lines:
        return ""
    return next((words for words, holds in REASONS.items() if holds(taken, is_covered)), "")
