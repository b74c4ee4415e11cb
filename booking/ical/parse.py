"""Reading when somebody is busy from a calendar file of theirs (RFC 5545), and nothing else of it.

No name, title or place of an entry is looked at. A file may come from anywhere, so what it can
cost is bounded before it is unfolded.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import recurring_ical_events
from django.utils.translation import gettext as _
from icalendar import Calendar, Component, Event, vRecur

LARGEST = 2 * 1024 * 1024  # bytes
MOST_EVENTS, MOST_RULES = 5000, 300
MOST_TIMES, MOST_TIMES_A_MONTH = 5000, 1500
MONTH = timedelta(days=31)
# Nobody's own calendar has an entry every few minutes.
UNUSUAL = ("BYSECOND", "BYMINUTE", "BYHOUR")
UNUSUAL_FREQUENCIES = ("SECONDLY", "MINUTELY", "HOURLY")
UID_LENGTH = 255


class UnreadableCalendar(Exception):
    """A file that is no calendar, or one too large. Its text is for whoever sent it."""


@dataclass(frozen=True, order=True)
class Busy:
    """A time, in UTC, that an entry of a calendar takes."""

    starts_at: datetime
    ends_at: datetime
    uid: str


def read_busy_times(file: bytes, *, zone: ZoneInfo, begins: datetime, ends: datetime) -> list[Busy]:
    """The busy times between two instants, in order, those of recurring entries one by one.

    Entries of whole days, and times without a zone, are meant in `zone`. What is canceled, or
    marked as free, takes no time. Raises UnreadableCalendar.
    """
    calendar = _parse(file)
    _check_size(calendar)
    try:
        unfolded = recurring_ical_events.of(calendar)
        if len(unfolded.between(begins, begins + MONTH)) > MOST_TIMES_A_MONTH:
            raise UnreadableCalendar(_too_much())
        events = unfolded.between(begins, ends)
    except UnreadableCalendar:
        raise
    except Exception as error:  # whatever stands in a rule or date that no calendar has
        raise UnreadableCalendar(_broken()) from error
    if len(events) > MOST_TIMES:
        raise UnreadableCalendar(_too_much())
    busy = {(time.uid, time.starts_at): time for time in _times(events, zone, begins, ends)}
    return sorted(busy.values())


def _parse(file: bytes) -> Calendar:
    if len(file) > LARGEST:
        raise UnreadableCalendar(
            _("This file is larger than 2 MB. Please export a shorter time of your calendar.")
        )
    try:
        calendar = Calendar.from_ical(file.decode("utf-8-sig"))
    except Exception as error:  # ValueError and, for some files, whatever else it stumbles upon
        raise UnreadableCalendar(_broken()) from error
    if not isinstance(calendar, Calendar) or calendar.name != "VCALENDAR":
        raise UnreadableCalendar(_broken())
    return calendar


def _check_size(calendar: Calendar) -> None:
    events = calendar.walk("VEVENT")
    rules = [rule for event in events for rule in _rules(event)]
    if len(events) > MOST_EVENTS or len(rules) > MOST_RULES:
        raise UnreadableCalendar(_too_much())
    for rule in rules:
        often = rule.get("FREQ") in [[frequency] for frequency in UNUSUAL_FREQUENCIES]
        if often or any(part in rule for part in UNUSUAL):
            raise UnreadableCalendar(_too_much())


def _rules(event: Component) -> list[vRecur]:
    told = event.get("RRULE", [])
    rules = told if isinstance(told, list) else [told]
    if not all(isinstance(rule, vRecur) for rule in rules):
        raise UnreadableCalendar(_broken())
    return rules


def _times(events: list[Event], zone: ZoneInfo, begins: datetime, ends: datetime) -> Iterator[Busy]:
    for event in events:
        if event.get("STATUS") == "CANCELLED" or event.get("TRANSP") == "TRANSPARENT":
            continue
        starts_at, ends_at = _instant(event.start, zone), _instant(event.end, zone)
        starts_at, ends_at = max(starts_at, begins), min(ends_at, ends)
        if starts_at < ends_at:
            yield Busy(starts_at, ends_at, str(event.get("UID", ""))[:UID_LENGTH])


def _instant(told: date, zone: ZoneInfo) -> datetime:
    moment = told if isinstance(told, datetime) else datetime.combine(told, time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _broken() -> str:
    return _("This file is no calendar that can be read. Please export it again, as iCalendar.")


def _too_much() -> str:
    return _("This calendar has too many entries. Please export a shorter time of it.")
