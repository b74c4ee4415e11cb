"""Time zones by the names that calendar programs give them."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

_WINDOWS = {name.lower(): olson for name, olson in WINDOWS_TO_OLSON.items()}
# What people in America call them; the three letters are used all the year.
_AMERICAN = {
    "eastern": "America/New_York", "est": "America/New_York", "edt": "America/New_York",
    "central": "America/Chicago", "cst": "America/Chicago", "cdt": "America/Chicago",
    "mountain": "America/Denver", "mst": "America/Denver", "mdt": "America/Denver",
    "pacific": "America/Los_Angeles", "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles",
    "alaska": "America/Anchorage", "hawaii": "Pacific/Honolulu", "arizona": "America/Phoenix",
    "atlantic": "America/Halifax", "newfoundland": "America/St_Johns",
}  # fmt: skip
_CONTINENTS = (
    "Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip
_AMERICAN_NAME = re.compile(
    r"([a-z]+)(?: (?:standard|daylight|summer))?(?: time)?(?: ?[(;/,].*)?", re.IGNORECASE
)
_OFFSET = re.compile(
    r"\(?\s*(?:UTC|GMT|Z)?\s*([+-]\d{1,2}):?\.?([0-5]\d)?\s*\)?\s*(.*)", re.IGNORECASE
)
_BLOCK = re.MULTILINE | re.DOTALL | re.IGNORECASE
_PREFIX = re.compile(r"\(\s*(?:UTC|GMT)[^)]*\)\s*", re.IGNORECASE)


class UnknownZone(LookupError):
    """No zone is known by this name. `likely`, if there is one, has its offset."""

    def __init__(self, name: str, likely: tzinfo | None = None) -> None:
        super().__init__(name)
        self.likely = likely


class Zones:
    """Finds zones for one file, each once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int, bool], tzinfo | UnknownZone] = {}

    def find(self, name: str, written: Mapping[str, list[str]], *, as_written: bool) -> tzinfo:
        """As `find_zone`. Raises UnknownZone."""
        key = name, id(written), as_written
        if key not in self._found:
            try:
                self._found[key] = find_zone(name, written, as_written=as_written)
            except UnknownZone as unknown:
                self._found[key] = unknown
        found = self._found[key]
        if isinstance(found, UnknownZone):
            raise found
        return found

    def disagree(
        self, name: str, written: Mapping[str, list[str]], begins: datetime, ends: datetime
    ) -> bool:
        """Whether a name and its VTIMEZONE say different hours between two instants."""
        try:
            by_name = self.find(name, written, as_written=False)
            as_written = self.find(name, written, as_written=True)
        except UnknownZone:
            return False
        weeks = range((ends - begins).days // 7 + 1)
        days = (begins + timedelta(weeks=week) for week in weeks)
        return by_name != as_written and any(
            day.astimezone(by_name).utcoffset() != day.astimezone(as_written).utcoffset()
            for day in days
        )


def find_zone(name: str, written: Mapping[str, list[str]], *, as_written: bool) -> tzinfo:
    """The zone that a TZID means; `written` holds the file's own VTIMEZONEs by name.

    Known by its name and written out, it may say two things: old programs know nothing of the
    rules of today, and some give a well-known name to what they like. `as_written` prefers what is
    written, to the letter. Raises UnknownZone.
    """
    folded = {key.lower(): lines for key, lines in written.items()}
    lines = written.get(name) or folded.get(name.lower())
    known = None if as_written and lines else _by_name(name)
    if known is None and lines:
        try:
            return _written(tuple(_from_the_first(lines) if as_written else lines))
        except Exception:  # icalendar and dateutil raise whatever they stumble upon
            known = _by_name(name)
    return known or _by_offset(name)


def _olson_at_the_end(parts: list[str]) -> tzinfo | None:
    """Such as America/New_York of `/mozilla.org/20050126_1/America/New_York`."""
    tails = ("/".join(parts[first:]) for first in range(max(len(parts) - 3, 0), len(parts)))
    return next((zone for tail in tails if (zone := _olson(tail))), None)


def _by_name(name: str) -> tzinfo | None:
    parts = [part for part in re.split(r"[/\\]+", name.strip()) if part]
    if len(parts) > 1 and (zone := _olson_at_the_end(parts)):
        return zone
    plain = _PREFIX.sub("", name).strip()
    if plain.lower() in _WINDOWS:
        return ZoneInfo(_WINDOWS[plain.lower()])
    american = _AMERICAN_NAME.fullmatch(plain)
    if american and american[1].lower() in _AMERICAN:
        return ZoneInfo(_AMERICAN[american[1].lower()])
    return _olson(plain) or _city(plain, name)


def _olson(name: str) -> tzinfo | None:
    found = _names().get(name.replace(" ", "_").lower())
    if found == "UTC" or name.lower() in ("z", "coordinated universal time"):
        return UTC
    return ZoneInfo(found) if found else None


def _city(cities: str, name: str) -> tzinfo | None:
    """The zone of the first known city of "Amsterdam, Berlin, Bern", if the offset is its own."""
    told = _OFFSET.match(name)
    for city in (city.strip().replace(" ", "_").lower() for city in re.split(r"[,;/]", cities)):
        if city in _cities():
            zone = ZoneInfo(_cities()[city])
            offsets = [datetime(2026, month, 1, tzinfo=zone).utcoffset() for month in (1, 7)]
            if not told or _length(told) in offsets:
                return zone
    return None


def _by_offset(name: str) -> tzinfo:
    found = _OFFSET.fullmatch(name.strip())
    if not found:
        raise UnknownZone(name)
    length = _length(found)
    if abs(length) >= timedelta(hours=24):
        raise UnknownZone(name)
    zone = timezone(length)
    if found[3]:  # a place follows, which may have summer time or not
        raise UnknownZone(name, likely=zone)
    return zone


def _length(offset: re.Match[str]) -> timedelta:
    hours, minutes = int(offset[1]), int(offset[2] or 0)
    return timedelta(hours=hours, minutes=-minutes if offset[1].startswith("-") else minutes)


@cache
def _names() -> dict[str, str]:
    return {name.lower(): name for name in sorted(available_timezones())}


@cache
def _cities() -> dict[str, str]:
    return {
        name.rpartition("/")[2].lower(): name
        for name in sorted(available_timezones())
        if name.partition("/")[0] in _CONTINENTS
    }


def _written(lines: tuple[str, ...]) -> tzinfo:
    component = Timezone.from_ical("\r\n".join(map(_onset, lines)) + "\r\n")
    if not isinstance(component, Timezone):
        raise TypeError(lines[0])
    zone: tzinfo = component.to_tz(lookup_tzid=False)
    datetime(2026, 1, 1, tzinfo=zone).utcoffset()
    return zone


def _from_the_first(lines: list[str]) -> list[str]:
    """The lines of a VTIMEZONE, with what is in force before the first change that it names.

    The letter has TZOFFSETFROM there; programs take the standard time of the zone, as those that
    write the file seem to mean.
    """
    parts = re.findall(r"^BEGIN:(?:STANDARD|DAYLIGHT)\n(.*?)^END:", "\n".join(lines), _BLOCK)
    told = [
        (start[1], offset[1])
        for part in parts
        if (start := re.search(r"^DTSTART[^:]*:(\d{8})", part, _BLOCK))
        and (offset := re.search(r"^TZOFFSETFROM[^:]*:(.+)", part, re.M | re.I))
    ]
    if not told:
        return lines
    before = min(told)[1]
    first = [
        "BEGIN:STANDARD", "DTSTART:16000101T000000", f"TZOFFSETFROM:{before}",
        f"TZOFFSETTO:{before}", "END:STANDARD",
    ]  # fmt: skip
    return [*lines[:-1], *first, lines[-1]]


def _onset(line: str) -> str:
    """A line of a VTIMEZONE. When its hours begin is a time of its own clock, whatever it names."""
    head, _colon, value = line.partition(":")
    name = head.partition(";")[0].upper()
    if name.startswith("TZOFFSET"):
        return f"{name}:{value.replace(':', '')}"
    if name in ("DTSTART", "RDATE"):
        return f"{name}:" + ",".join(each.partition("/")[0].strip() for each in value.split(","))
    return line
