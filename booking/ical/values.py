"""Dates, times and lengths as calendar files write them (RFC 5545, 3.3), odd ones among them."""

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

_MOMENT = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d)(?::?(\d\d))?(?:[.,]\d+)?)?"
    r"\s*(Z|[+-]\d\d:?\d\d)?",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.IGNORECASE
)
LONGEST = timedelta(days=100 * 366)
DAY = timedelta(days=1)
FIRST, LAST = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


class Unreadable(ValueError):
    """A value that says no date, time or length."""


def read_moment(value: str) -> date:
    """A date, or a time: aware if it says an offset itself, naive otherwise.

    Raises Unreadable.
    """
    found = _MOMENT.fullmatch(value.strip())
    if not found:
        raise Unreadable(value)
    year, month, day, hour, minute, second, offset = found.groups()
    try:
        whole = date(int(year), int(month), int(day))
        if hour is None:
            return whole
        clock = timedelta(hours=int(hour), minutes=int(minute), seconds=min(int(second or 0), 59))
        if clock > DAY or int(minute) > 59:
            raise Unreadable(value)
        return datetime.combine(whole, time(), _offset(offset)) + clock
    except (ValueError, OverflowError) as error:
        raise Unreadable(value) from error


def read_day(value: str) -> date:
    """The day that a value begins with, whatever follows. Raises Unreadable."""
    found = re.match(r"\s*(\d{4}-?\d\d-?\d\d)", value)
    if not found:
        raise Unreadable(value)
    return read_moment(found[1])


def is_odd(value: str) -> bool:
    """Whether a value is read here although no standard writes it so: `20131210Z`."""
    return not re.fullmatch(r"\d{8}(T\d{6}Z?)?", value.strip(), re.IGNORECASE)


def read_length(value: str) -> timedelta:
    """A length of at most a century; negative if the file says so. Raises Unreadable."""
    found = _LENGTH.fullmatch(value.strip())
    if not found or not any(part for part in found.groups()[1:]):
        raise Unreadable(value)
    weeks, days, hours, minutes, seconds = (int((part or "0")[:12]) for part in found.groups()[1:])
    total = (weeks * 7 + days) * 86400 + hours * 3600 + minutes * 60 + seconds
    length = min(timedelta(seconds=min(total, LONGEST.total_seconds())), LONGEST)
    return -length if found[1] == "-" else length


def whole_days(length: timedelta) -> timedelta:
    """A length as days, a begun one counted, and one at least."""
    return max(math.ceil(abs(length) / DAY), 1) * DAY


def midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def as_utc(moment: datetime) -> datetime:
    """An aware time in UTC; at the ends of the calendar, the last there is."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return FIRST if moment.year < 5000 else LAST


def later(moment: datetime, length: timedelta) -> datetime:
    try:
        return moment + length
    except OverflowError:
        return (LAST if length > timedelta() else FIRST).replace(tzinfo=moment.tzinfo)


@dataclass(frozen=True)
class Clock:
    """Where an entry's times without a zone are told."""

    zone: tzinfo

    def utc(self, moment: datetime) -> datetime:
        """A time, on this clock unless it says otherwise, in UTC."""
        return as_utc(moment if moment.tzinfo else moment.replace(tzinfo=self.zone))

    def local(self, moment: datetime, zone: tzinfo | None = None) -> datetime:
        """A time on this clock, naive. One that is naive already is on it, or in `zone`."""
        moment = moment if moment.tzinfo or zone is None else moment.replace(tzinfo=zone)
        if moment.tzinfo is None:
            return moment
        try:
            return moment.astimezone(self.zone).replace(tzinfo=None)
        except OverflowError:
            return moment.replace(tzinfo=None)


def read_period(told: str, clock: Clock) -> tuple[datetime, datetime]:
    """The two ends of a PERIOD, in UTC. Raises Unreadable."""
    first, _slash, last = told.partition("/")
    begins = clock.utc(_at_midnight(read_moment(first)))
    if "P" in last.upper():
        return begins, later(begins, abs(read_length(last)))
    return begins, clock.utc(_at_midnight(read_moment(last)))


def _at_midnight(moment: date) -> datetime:
    return moment if isinstance(moment, datetime) else midnight(moment)


def _offset(told: str | None) -> timezone | None:
    if not told:
        return None
    if told in "Zz":
        return UTC
    digits = told[1:].replace(":", "")
    length = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-length if told[0] == "-" else length)
