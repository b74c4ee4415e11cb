"""When an entry that repeats begins, each time, on the clock of its own zone.

recurring-ical-events unfolds it. It gets nothing but times without a zone: it then measures
everything on one clock, that of the entry, and no offset can lose the first or last of them.
What it would cost is weighed before, since a rule may ask for every second of a century.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from math import prod

import recurring_ical_events
from icalendar import Calendar, Event, vRecur

from booking.ical.values import DAY, Clock, Unreadable, read_moment

# Steps that a rule may take from its start to the end of what is asked for.
MOST_STEPS = 100_000
STEPS = {
    "SECONDLY": timedelta(seconds=1),
    "MINUTELY": timedelta(minutes=1),
    "HOURLY": timedelta(hours=1),
    "DAILY": DAY,
    "WEEKLY": 7 * DAY,
    "MONTHLY": 28 * DAY,
    "YEARLY": 365 * DAY,
}
OF_A_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
OF_A_YEAR = ("BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYEASTER", "BYSETPOS")
RARE = {"BYYEARDAY", "BYWEEKNO", "BYEASTER"}
KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *OF_A_DAY, *OF_A_YEAR}
END_OF_DAY = time(23, 59, 59)
LONGEST_MONTHS = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}


class TooOften(ValueError):
    """A rule that would take too long to follow."""


class Rule:
    """An RRULE, cleaned, of an entry that begins at `starts` on its own `clock`.

    Where its end can't be read it is `endless`; where something else can't, it is `doubtful`, and
    goes on at its plain frequency, so that rather more is taken. Raises Unreadable if not even
    that is told.
    """

    def __init__(self, value: str, starts: datetime, clock: Clock, *, whole_day: bool) -> None:
        pairs = (part.partition("=") for part in re.sub(r"\s", "", value).upper().split(";"))
        told = {key: value for key, _sign, value in pairs}
        self.parts = {key: value for key, value in told.items() if key in KNOWN and value}
        if self.parts.get("FREQ") not in STEPS:
            raise Unreadable(value)
        self.starts = starts
        self.count: int | None = None
        self.until: datetime | None = None
        self.interval, self.endless, self.doubtful = 1, False, _is_of_elsewhere(told)
        self._read_interval(self.parts.pop("INTERVAL", "1"))
        count, until = self.parts.pop("COUNT", None), self.parts.pop("UNTIL", None)
        try:
            self.count = _number(count) if count else None
            self.until = read_until(until, clock, whole_day=whole_day) if until else None
        except Unreadable:
            self.count, self.until, self.endless = None, None, True
        self._simplify()

    def _read_interval(self, told: str) -> None:
        try:
            self.interval = max(_number(told), 1)
        except Unreadable:
            self.doubtful = True

    def _simplify(self) -> None:
        """Leave out what the library can't follow, before it follows it. Raises Unreadable."""
        try:
            _query(self.starts, [self], [])
        except Exception as error:  # ValueError, IndexError and whatever else it stumbles upon
            if len(self.parts) == 1:
                raise Unreadable(str(error)) from error
            self.parts, self.doubtful = {"FREQ": self.parts["FREQ"]}, True
            self._simplify()

    def texts(self) -> list[str]:
        """The rule, as two if it names both of its ends: the later one holds."""
        rule = ";".join(f"{key}={told}" for key, told in self.parts.items())
        rule += f";INTERVAL={self.interval}"
        ends = []
        if self.count and self.count > 0:
            ends.append(f";COUNT={self.count}")
        if self.until:
            ends.append(f";UNTIL={self.until:%Y%m%dT%H%M%S}")
        return [rule + end for end in ends or [""]]

    def never(self) -> bool:
        """Whether the months that it names lack the days that it names: February 30."""
        months, days = self._numbers("BYMONTH"), self._numbers("BYMONTHDAY")
        if self.count == 0 or (self.until and self.until < self.starts):
            return True
        return bool(months and days) and all(
            abs(day) > LONGEST_MONTHS.get(month, 31) for month in months for day in days
        )

    def steps(self, ends: datetime) -> float:
        """How many steps it takes up to `ends`. Raises TooOften if that can't be told."""
        if self.never():
            return 0
        frequency = self.parts["FREQ"]
        rare = {name for name in OF_A_YEAR if name in self.parts}
        # What may never come, and would be looked for to the year 9999.
        if (
            (rare and STEPS[frequency] < DAY)
            or (rare & RARE and (len(rare) > 1 or frequency != "YEARLY"))
            or (frequency == "DAILY" and "BYSETPOS" in rare)
        ):
            raise TooOften
        each = prod(self.parts.get(name, "").count(",") + 1 for name in OF_A_DAY)
        last = min(filter(None, [self.until, ends])) if not self.count else ends
        steps = (last - self.starts) / STEPS[frequency] / self.interval
        if self.count and self.count > 0 and not self.until:
            steps = min(steps, self.count)
        return max(steps * each, 1)

    def _numbers(self, name: str) -> list[int]:
        return [int(told) for told in re.findall(r"[+-]?\d+", self.parts.get(name, ""))]


def read_until(told: str, clock: Clock, *, whole_day: bool) -> datetime:
    """UNTIL on the clock of an entry, the latest that it can mean. Raises Unreadable."""
    moment = read_moment(told)
    if not isinstance(moment, datetime):
        return datetime.combine(moment, END_OF_DAY)
    local = clock.local(moment)
    if whole_day:
        return datetime.combine(max(local.date(), moment.date()), END_OF_DAY)
    if moment.tzinfo is None:  # it has to be in UTC, and says so or not. Midnight is the day's.
        last = datetime.combine(moment.date(), END_OF_DAY)
        return last if moment.time() == time() else max(moment, clock.local(moment, UTC))
    return local


def _is_of_elsewhere(told: Mapping[str, str]) -> bool:
    """Whether a rule counts by other years, or moves days that a month lacks (RFC 7529)."""
    return told.get("RSCALE", "GREGORIAN") != "GREGORIAN" or told.get("SKIP", "OMIT") != "OMIT"


def _number(told: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,9}", told):
        raise Unreadable(told)
    return int(told)


def unfold(
    starts: datetime,
    rules: Iterable[Rule],
    *,
    also: Iterable[datetime],
    begins: datetime,
    ends: datetime,
) -> list[datetime]:
    """The times at which an entry begins between two, all of them naive. Its start is one."""
    more = [moment for moment in also if begins <= moment <= ends]
    found = _query(starts, rules, more).between(begins, ends)
    return sorted({occurrence.start for occurrence in found})


def _query(
    starts: datetime, rules: Iterable[Rule], also: Iterable[datetime]
) -> recurring_ical_events.CalendarQuery:
    event = Event()
    event.add("DTSTART", starts)
    for rule in rules:
        for text in [] if rule.never() else rule.texts():
            event.add("RRULE", vRecur.from_ical(text))
    if also := [*also]:
        event.add("RDATE", also)
    calendar = Calendar()
    calendar.add_component(event)
    return recurring_ical_events.of(calendar)
