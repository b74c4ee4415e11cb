"""What one entry of a calendar file takes: its first time, its length, and whether it takes any."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from booking.cells import CELL
from booking.ical.lines import Entry, Property
from booking.ical.parse_warnings import ParseWarning
from booking.ical.values import (
    DAY,
    Clock,
    Unreadable,
    as_utc,
    is_odd,
    later,
    midnight,
    read_day,
    read_length,
    read_moment,
    whole_days,
)

Warn = Callable[[ParseWarning], None]


@dataclass(frozen=True)
class Occurrence:
    """The first time of an entry, naive on its clock; how long it elapses, and the clock shows it.

    The two differ where clocks change on the way. Either may be meant, so the longer one holds.
    """

    clock: Clock
    starts: datetime
    elapses: timedelta
    shows: timedelta
    whole_day: bool = False
    elsewhere: Clock | None = None  # a clock whose days may be meant as well

    def at(self, starts: datetime) -> list[tuple[datetime, datetime]]:
        """From when to when it takes time, in UTC, if it begins at `starts` on its clock."""
        clocks = [self.clock, self.elsewhere] if self.elsewhere else [self.clock]
        begins = [clock.utc(starts) for clock in clocks]
        ends = [clock.utc(later(starts, self.shows)) for clock in clocks]
        return [
            (begin, max(later(begin, self.elapses), end))
            for begin, end in zip(begins, ends, strict=True)
        ]

    @property
    def longest(self) -> timedelta:
        return max(self.elapses, self.shows)


def is_marked_free(entry: Entry) -> bool:
    """Whether an entry says that it takes no time. One that says both takes it."""
    told = entry.word("X-MICROSOFT-CDO-BUSYSTATUS")
    if transparency := entry.word("TRANSP"):
        return transparency == "TRANSPARENT" and told in ("", "FREE")
    return told == "FREE"


def is_canceled(entry: Entry) -> bool:
    return entry.word("STATUS") in ("CANCELLED", "CANCELED") or entry.scope.method == "CANCEL"


def read_occurrence(
    entry: Entry, clock_of: Callable[[Property], Clock], clinic: Clock, warn: Warn
) -> Occurrence:
    """When an entry is for the first time. `clock_of` says on which clock a property is told.

    Whole days are the clinic's. Raises Unreadable if no start can be read.
    """
    told = entry.first("DTSTART") or _some_day(entry)
    try:
        start = read_moment(told.value if told.name == "DTSTART" else "")
    except Unreadable:
        told = _some_day(entry)
        start = read_day(told.value)
        warn(ParseWarning.DAY)
    else:
        _warn_if_odd(told, warn)
    if isinstance(start, datetime):
        return _hours_or_days(entry, told, start, clock_of, clinic, warn)
    days = _days(entry, start, clinic, clock_of, warn)
    # A day of some zone, though days are of none; or one of which the time can't be read.
    if "TZID" in told.parameters or told.value.strip().upper().endswith("Z"):
        return replace(days, elsewhere=clock_of(told))
    return days


def _some_day(entry: Entry) -> Property:
    """What names a day of an entry whose start can't be read. Raises Unreadable."""
    for name in ("DTSTART", "DTEND", "RDATE"):
        for prop in entry.all(name):
            with suppress(Unreadable):
                read_day(prop.value)
                return prop
    raise Unreadable(entry.kind)


def _hours_or_days(
    entry: Entry,
    told: Property,
    start: datetime,
    clock_of: Callable[[Property], Clock],
    clinic: Clock,
    warn: Warn,
) -> Occurrence:
    clock = clock_of(told)
    starts = clock.local(start)
    today = clinic.local(clock.utc(starts)).date()
    midnight_next = clock.local(clinic.utc(later(midnight(today), DAY)))
    occurrence = _hours(entry, clock, starts, clock_of, warn, unless_told=midnight_next)
    whole_days = entry.word("X-MICROSOFT-CDO-ALLDAYEVENT") == "TRUE"
    if whole_days and occurrence.starts.time() == time():
        return replace(occurrence, elsewhere=clinic)
    return occurrence


def _days(
    entry: Entry, first: date, clinic: Clock, clock_of: Callable[[Property], Clock], warn: Warn
) -> Occurrence:
    starts = midnight(first)
    after = later(starts, DAY)
    for end in _ends(entry, warn):
        if isinstance(end, timedelta):
            after = max(after, later(starts, whole_days(end)))
        elif isinstance(end, Property):
            moment = read_moment(end.value)
            if isinstance(moment, datetime):
                moment = clinic.local(clock_of(end).utc(moment))
            else:
                moment = midnight(moment)
            if moment < starts:
                warn(ParseWarning.REVERSED)
                starts = moment
            after = max(after, moment)
    return _between(clinic, starts, after, whole_day=True)


def _hours(
    entry: Entry,
    clock: Clock,
    starts: datetime,
    clock_of: Callable[[Property], Clock],
    warn: Warn,
    *,
    unless_told: datetime,
) -> Occurrence:
    """What begins at `starts` on its clock; it ends at `unless_told` if its end can't be read."""
    elapses = shows = timedelta()
    begins = starts
    for end in _ends(entry, warn):
        if end is None:
            after = unless_told
        elif isinstance(end, timedelta):
            elapses, shows = max(elapses, abs(end)), max(shows, abs(end))
            after = later(starts, end)
        else:
            after = _end(end, clock, starts, clock_of)
        if after < starts:
            warn(ParseWarning.REVERSED)
            begins = min(begins, after)
        else:
            shows = max(shows, after - starts)
            elapses = max(elapses, clock.utc(after) - clock.utc(starts))
    if begins < starts:  # from the end that it names to the start that it names
        return _between(clock, begins, later(starts, shows))
    # One that takes no time at all takes the five minutes that it begins in.
    return Occurrence(clock, starts, max(elapses, CELL), max(shows, CELL))


def _end(
    end: Property, clock: Clock, starts: datetime, clock_of: Callable[[Property], Clock]
) -> datetime:
    """DTEND on the clock of the start, which it follows unless it names one of its own."""
    moment = read_moment(end.value)
    if not isinstance(moment, datetime):
        after = midnight(moment)
        return after if after > starts or moment < starts.date() else later(after, DAY)
    if moment.tzinfo or "TZID" in end.parameters:
        return clock.local(clock_of(end).utc(moment))
    return moment


def _ends(entry: Entry, warn: Warn) -> list[Property | timedelta | None]:
    """DTEND and DURATION, as far as they can be read; None stands for one that can't."""
    ends: list[Property | timedelta | None] = []
    for prop in [*entry.all("DTEND"), *entry.all("DURATION")]:
        try:
            if prop.name == "DURATION":
                ends.append(read_length(prop.value))
            else:
                read_moment(prop.value)
                _warn_if_odd(prop, warn)
                ends.append(prop)
        except Unreadable:
            warn(ParseWarning.END)
            ends.append(None)
    return ends


def _warn_if_odd(prop: Property, warn: Warn) -> None:
    if is_odd(prop.value):
        warn(ParseWarning.ODD_DATE)


def _between(
    clock: Clock, starts: datetime, after: datetime, *, whole_day: bool = False
) -> Occurrence:
    elapses = as_utc(clock.utc(after)) - clock.utc(starts)
    return Occurrence(clock, starts, elapses, after - starts, whole_day)
