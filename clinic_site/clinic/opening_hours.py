"""When a place is open: functions of values alone. All times are wall time at the place.

`open_between` is the one rule. The hours that people read, what search engines are told, the days
that patients may wish for and the times that they can book all ask it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Protocol, TypeVar

from django.utils.dateformat import format as format_date
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from clinic_site.clinic.clock_times import time_span

DAY = timedelta(days=1)
EXTRA = "extra"

WallSpan = tuple[datetime, datetime]  # without a zone


class WeeklySpan(Protocol):
    """Hours on one weekday; they end on the following day if not later than they begin."""

    @property
    def weekday(self) -> int: ...
    @property
    def begins(self) -> time: ...
    @property
    def ends(self) -> time: ...
    @property
    def first_day(self) -> date | None: ...
    @property
    def last_day(self) -> date | None: ...


class DayChange(Protocol):
    """Days, or the same hours of some days, that are closed, or `kind` "extra"."""

    @property
    def kind(self) -> str: ...
    @property
    def first_day(self) -> date: ...
    @property
    def last_day(self) -> date: ...
    @property
    def begins(self) -> time | None: ...
    @property
    def ends(self) -> time | None: ...


AnySpan = TypeVar("AnySpan", bound=WeeklySpan)


@dataclass(frozen=True)
class OpenHours:
    """From when to when a place is open on a day; until midnight is 00:00."""

    opens: time
    closes: time


def open_between(
    first: date, last: date, week: Iterable[WeeklySpan], changes: Iterable[DayChange]
) -> Iterator[tuple[date, list[WallSpan]]]:
    """Yield each day with the spans that begin on it. Closed wins over extra hours."""
    week, changes = list(week), list(changes)
    # What begins on the last day may end on the following one.
    closed = _merged(
        wall_span(day, change.begins, change.ends)
        for day in days_between(first - DAY, last + DAY)
        for change in changes
        if change.kind != EXTRA and change.first_day <= day <= change.last_day
    )
    for day in days_between(first, last):
        yield day, list(_without(_merged(_opened(day, week, changes)), closed))


def open_on(
    day: date, week: Iterable[WeeklySpan], changes: Iterable[DayChange]
) -> list[OpenHours] | None:
    """Return the hours of one day, none if it is closed; None where no hours are known."""
    week, changes = list(week), list(changes)
    [(_day, spans)] = open_between(day, day, week, changes)
    if not spans and not week and not _closes(day, changes):
        return None
    return [OpenHours(begins.time(), ends.time()) for begins, ends in spans]


def wall_span(day: date, begins: time | None, ends: time | None) -> WallSpan:
    """Return a span that begins on a day; without times it is the whole day."""
    begins, ends = begins or time(), ends or time()
    until = day if ends > begins else day + DAY
    return datetime.combine(day, begins), datetime.combine(until, ends)


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield the days from the first to the last, both included."""
    return (first + number * DAY for number in range((last - first).days + 1))


def _opened(
    day: date, week: Iterable[WeeklySpan], changes: Iterable[DayChange]
) -> Iterator[WallSpan]:
    for span in week:
        if _applies(span, day):
            yield wall_span(day, span.begins, span.ends)
    for change in changes:
        if change.kind == EXTRA and change.first_day <= day <= change.last_day:
            yield wall_span(day, change.begins, change.ends)


def _applies(span: WeeklySpan, day: date) -> bool:
    return (
        span.weekday == day.weekday()
        and (span.first_day is None or span.first_day <= day)
        and (span.last_day is None or day <= span.last_day)
    )


def _closes(day: date, changes: Iterable[DayChange]) -> bool:
    """Tell whether a whole day is closed."""
    return any(
        change.kind != EXTRA and not change.begins and change.first_day <= day <= change.last_day
        for change in changes
    )


def _merged(spans: Iterable[WallSpan]) -> list[WallSpan]:
    """Return spans in order, those that touch or overlap made one."""
    merged: list[WallSpan] = []
    for begins, ends in sorted(spans):
        if merged and begins <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], ends))
        else:
            merged.append((begins, ends))
    return merged


def _without(opened: list[WallSpan], closed: list[WallSpan]) -> Iterator[WallSpan]:
    """Yield what is left of spans without other spans, both merged."""
    for begins, ends in opened:
        for closed_from, closed_until in closed:
            if closed_until <= begins or closed_from >= ends:
                continue
            if closed_from > begins:
                yield begins, closed_from
            begins = closed_until
        if begins < ends:
            yield begins, ends


# As people read them ------------------------------------------------------------


@dataclass(frozen=True)
class DaysAlike:
    """Neighboring days with the same hours; without spans they are closed."""

    days: str
    spans: list[OpenHours]

    @property
    def closed(self) -> bool:
        return not self.spans


def by_days(week: Iterable[WeeklySpan]) -> list[DaysAlike]:
    """Gather the week, Monday first, into runs of days that are open alike; none without hours."""
    hours: list[list[OpenHours]] = [[] for _day in range(7)]
    for span in sorted(week, key=lambda span: span.begins):
        hours[span.weekday].append(OpenHours(span.begins, span.ends))
    if not any(hours):
        return []
    runs = [list(days) for _hours, days in groupby(range(7), key=lambda day: hours[day])]
    return [DaysAlike(_name_of(run), hours[run[0]]) for run in runs]


def _name_of(days: list[int]) -> str:
    first, last = WEEKDAYS[days[0]], WEEKDAYS[days[-1]]
    if len(days) == 1:
        return str(first)
    return _("%(first)s – %(last)s") % {"first": first, "last": last}


def describe(change: DayChange) -> str:
    """Say a closure, or extra hours: "Closed Thursday, Nov 26"."""
    said = {"days": _days_of(change), "hours": _hours_of(change)}
    if change.kind == EXTRA:
        return _("Also open %(days)s, %(hours)s") % said
    if change.begins is None:
        return _("Closed %(days)s") % said
    return _("Closed %(days)s, %(hours)s") % said


def _days_of(change: DayChange) -> str:
    first, last = (format_date(day, _("l, M j")) for day in (change.first_day, change.last_day))
    return first if first == last else f"{first} – {last}"


def _hours_of(change: DayChange) -> str:
    if change.begins is None or change.ends is None:
        return ""
    return time_span(change.begins, change.ends)
