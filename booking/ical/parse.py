"""Reading when somebody is busy from a calendar file of theirs (RFC 5545), and nothing else of it.

A file may come from anywhere, so what it can cost is bounded. Whatever is in doubt is busy, and
the warnings say so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from time import monotonic
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from booking.ical.dates import Span
from booking.ical.lines import Entry, Scanner, TooLong, decode
from booking.ical.parse_warnings import ParseWarnings
from booking.ical.series import free_busy, times_of
from booking.ical.values import Clock, Unreadable, read_moment
from booking.ical.window import MARGIN, Window
from booking.ical.zones import UnknownZone, Zones

LARGEST = 20 * 1024 * 1024  # bytes
MOST_ENTRIES, MOST_TIMES = 20_000, 20_000  # from now on
MOST_SECONDS = 20
UID_LENGTH = 255
ZIP = b"PK\x03\x04"  # what Google hands out
WORDS_OF_A_SERIES = ("RRULE", "RDATE", "RECURRENCE-ID", "DURATION")


class UnreadableCalendar(Exception):
    """A file that is no calendar, or one too large. Its text is for whoever sent it."""


@dataclass(frozen=True, order=True)
class Busy:
    """A time, in UTC, that an entry of a calendar takes."""

    starts_at: datetime
    ends_at: datetime
    uid: str


@dataclass(frozen=True)
class Reading:
    """The busy times of a file in order, and what has to be said of it."""

    busy: list[Busy]
    warnings: list[str] = field(default_factory=list)
    cut_off: bool = False


def read_busy_times(file: bytes, *, zone: ZoneInfo, begins: datetime, ends: datetime) -> Reading:
    """The busy times between two instants, those of recurring entries one by one.

    Entries of whole days, and times without a zone, are meant in `zone`. What is canceled, or
    marked as free, takes no time. Raises UnreadableCalendar.
    """
    if len(file) > LARGEST:
        raise UnreadableCalendar(
            _("This file is larger than 20 MB. Please export a shorter period.")
        )
    if file.startswith(ZIP):
        raise UnreadableCalendar(_zipped())
    scanner = Scanner(decode(file))
    try:
        entries = _worth_reading(scanner.entries(), begins - MARGIN)
    except TooLong as error:
        raise UnreadableCalendar(_too_much()) from error
    if not (scanner.calendars or any(entry.first("DTSTART") for entry in entries)):
        raise UnreadableCalendar(_broken())
    clinic, warnings = Clock(zone), ParseWarnings(scanner.cut_off, scanner.has_working_hours)
    window = Window(begins, ends, clinic, clinic, warnings, Zones())
    found: dict[tuple[str, datetime], datetime] = {}
    give_up = monotonic() + MOST_SECONDS
    for uid, together in _by_uid(entries):
        for starts_at, ends_at in filter(window.meets, _times(together, window)):
            key = uid, max(starts_at, begins)
            found[key] = max(min(ends_at, ends), found.get(key, begins))
        if len(found) > MOST_TIMES or monotonic() > give_up:
            raise UnreadableCalendar(_too_much())
    busy = sorted(Busy(start, end, uid) for (uid, start), end in found.items())
    return Reading(busy, warnings.lines(), cut_off=warnings.cut_off)


def _times(entries: list[Entry], window: Window) -> Iterator[Span]:
    for entry in entries:
        if entry.kind == "VFREEBUSY":
            yield from free_busy(entry, window)
    events = [entry for entry in entries if entry.kind == "VEVENT"]
    yield from times_of(events, window)
    if any(window.is_doubly_told(entry) for entry in events):
        yield from times_of(events, replace(window, as_written=True))
    for own in _own_clocks(events, window):
        yield from times_of(events, replace(window, floating=own, universal=own))


def _own_clocks(entries: list[Entry], window: Window) -> list[Clock]:
    """The clocks of calendars that name one, if it makes a difference (X-WR-TIMEZONE).

    What is told on no clock may be meant on the calendar's or on the clinic's, and what is told
    in UTC may repeat by either. Both are taken.
    """
    names = {
        (entry.scope.zone_name, id(entry.scope)): entry.scope
        for entry in entries
        if entry.scope.zone_name and (entry.first("RRULE") or _is_floating(entry))
    }
    clocks = set()
    for (name, _scope), scope in names.items():
        with suppress(UnknownZone):
            clocks.add(Clock(window.zones.find(name, scope.zones, as_written=False)))
    return sorted(clocks, key=repr)


def _is_floating(entry: Entry) -> bool:
    start = entry.first("DTSTART")
    return start is not None and not start.parameters and start.value[-1:] not in "Zz"


def _worth_reading(entries: Iterable[Entry], begins: datetime) -> list[Entry]:
    """All but single entries that are long past. Raises UnreadableCalendar."""
    kept: list[Entry] = []
    for entry in entries:
        if not _is_past(entry, begins):
            kept.append(entry)
        if len(kept) > MOST_ENTRIES:
            raise UnreadableCalendar(_too_much())
    return kept


def _is_past(entry: Entry, begins: datetime) -> bool:
    if any(entry.first(word) for word in WORDS_OF_A_SERIES):
        return _is_past_change(entry, begins)
    told = [*entry.all("DTSTART"), *entry.all("DTEND")]
    return bool(entry.first("DTSTART")) and all(_before(prop.value, begins) for prop in told)


def _is_past_change(entry: Entry, begins: datetime) -> bool:
    """Whether it is a change, long past, of one time that was long past as well."""
    change = entry.first("RECURRENCE-ID")
    if change is None or "RANGE" in change.parameters or entry.first("RRULE"):
        return False
    told = [change, *entry.all("DTSTART"), *entry.all("DTEND")]
    lengths = entry.all("DURATION") + entry.all("RDATE")
    return len(told) > 1 and not lengths and all(_before(prop.value, begins) for prop in told)


def _before(value: str, begins: datetime) -> bool:
    try:
        moment = read_moment(value)
    except Unreadable:
        return False
    return moment.timetuple()[:3] < begins.timetuple()[:3]


def _by_uid(entries: list[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """Entries that belong together; one without a UID stands for itself."""
    known: dict[str, list[Entry]] = defaultdict(list)
    alone: list[Entry] = []
    for entry in entries:
        uid = entry.first("UID")
        (known[uid.value[:UID_LENGTH]] if uid and uid.value else alone).append(entry)
    return chain(known.items(), (("", [entry]) for entry in alone))


def _broken() -> str:
    return _("We can’t read this file as a calendar. Please export it again as an .ics file.")


def _zipped() -> str:
    return _("This is a zip file. Please unzip it and upload the .ics file.")


def _too_much() -> str:
    return _("This calendar has too many entries. Please export a shorter period.")
