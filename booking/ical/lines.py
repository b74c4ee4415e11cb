"""The lines of a calendar file (RFC 5545, 3.1), read as leniently as exporters write them.

Of an entry only the properties that say when it is are kept; its title, place and people are
never looked at. A line that is none, or that nobody needs, is passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

WANTED = {
    "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID", "UID",
    "SEQUENCE", "STATUS", "TRANSP", "FREEBUSY", "X-MICROSOFT-CDO-BUSYSTATUS",
    "X-MICROSOFT-CDO-ALLDAYEVENT",
}  # fmt: skip
OF_ZONES = {"TZID", "DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"}
ENTRIES = ("VEVENT", "VFREEBUSY")
ZONE_NAMES = ("X-WR-TIMEZONE", "TIMEZONE-ID", "TZ")  # TZ is vCalendar 1.0's

_FOLD = re.compile(r"(?:\r*\n|\r)[ \t]")
_LINE = re.compile(r"[^\r\n]+")
_NAME = re.compile(r"[A-Za-z0-9-]+")
# What stands before a value that is a date may itself hold a colon, quoted or not:
# `DTSTART;TZID=(UTC-05:00) Eastern Time (US & Canada):20261208T120000`.
_DATE = re.compile(r"\s*\d{4}[-\dTZPWDHMS:/,.+ ]*", re.IGNORECASE)
MOST_COLONS, MOST_LINES = 10, 1_000_000
_OTHER = re.compile(r"""((?:;(?:"[^"]*"|[^":])*)?):(.*)""")
_PARAMETER = re.compile(r""";\s*([^=;"]+)=("[^"]*"|[^;]*)""")


@dataclass(frozen=True)
class Property:
    name: str
    parameters: dict[str, str]
    value: str


@dataclass
class Scope:
    """What one VCALENDAR says for all its entries."""

    method: str = ""
    zone_name: str = ""  # the first of ZONE_NAMES
    zones: dict[str, list[str]] = field(default_factory=dict)  # the lines of VTIMEZONE by TZID


@dataclass
class Entry:
    """A VEVENT or VFREEBUSY, numbered from 1 in its file."""

    kind: str
    number: int
    scope: Scope
    properties: list[Property] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        return [prop for prop in self.properties if prop.name == name]

    def first(self, name: str) -> Property | None:
        return next((prop for prop in self.properties if prop.name == name), None)

    def word(self, name: str) -> str:
        """A value that is one word, in capitals; empty if there is none."""
        found = self.first(name)
        return found.value.strip().upper() if found else ""


def decode(file: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or, as far as ASCII goes, anything else."""
    if file[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = file.decode("utf-16", "replace")
    elif file[:1] and b"\0" in (file[:1], file[1:2]):
        text = file.decode("utf-16-be" if file[:1] == b"\0" else "utf-16-le", "replace")
    else:
        text = file.decode("utf-8-sig", "replace")
    return text.replace("\0", "")


class TooLong(ValueError):
    """More lines than any calendar has."""


class Scanner:
    """Goes through the lines of a file once, and says afterwards what kind of file it was."""

    def __init__(self, text: str) -> None:
        self.lines = _LINE.finditer(_FOLD.sub("", text))
        self.calendars = 0
        self.cut_off = False
        self.has_working_hours = False
        self._entries = 0
        self._open: list[str] = []
        self._entry: Entry | None = None
        self._scope = Scope()
        self._zone: list[str] | None = None

    def entries(self) -> Iterator[Entry]:
        """Each entry, as soon as it ends. What follows may still say more of its zones.

        Raises TooLong.
        """
        for number, found in enumerate(self.lines):
            if number > MOST_LINES:
                raise TooLong
            line = found.group().strip()
            word, _colon, name = line.partition(":")
            match word.rstrip().upper():
                case "BEGIN":
                    yield from self._begin(name.strip().upper())
                case "END":
                    yield from self._end(name.strip().upper())
                case _:
                    self._take(line)
        self.cut_off = bool(self._open)
        yield from self._finish()

    def _begin(self, name: str) -> Iterator[Entry]:
        if name in ("VCALENDAR", *ENTRIES):  # one that did not end ends here
            yield from self._finish()
            self._open = [] if name == "VCALENDAR" else self._open[:1]
        self._open.append(name)
        if name == "VCALENDAR":
            self.calendars += 1
            self._scope = Scope()
        elif name in ENTRIES:
            self._entries += 1
            self._entry = Entry(name, self._entries, self._scope)
        elif name == "VTIMEZONE":
            self._zone = []
        elif name == "VAVAILABILITY":
            self.has_working_hours = True
        if self._zone is not None:
            self._zone.append(f"BEGIN:{name}")

    def _end(self, name: str) -> Iterator[Entry]:
        if name in self._open:
            while self._open.pop() != name:
                pass
        if self._zone is not None:
            self._zone.append(f"END:{name}")
        if name == "VTIMEZONE":
            self._keep_zone()
        elif name in ("VCALENDAR", *ENTRIES):
            yield from self._finish()

    def _finish(self) -> Iterator[Entry]:
        self._keep_zone()
        if self._entry is not None:
            yield self._entry
        self._entry = None

    def _keep_zone(self) -> None:
        for line in self._zone or ():
            if found := re.match(r"TZID[^:]*:(.*)", line, re.IGNORECASE):
                self._scope.zones.setdefault(found[1].strip().strip('"'), self._zone or [])
        self._zone = None

    def _take(self, line: str) -> None:
        found = _NAME.match(line)
        name = found.group().upper() if found else ""
        if self._zone is not None:
            if name in OF_ZONES:
                self._zone.append(line)
        elif self._entry is not None:
            if name in WANTED and self._open[-1:] == [self._entry.kind]:
                self._entry.properties.append(read_property(name, line[len(name) :]))
        elif name in ("METHOD", *ZONE_NAMES):
            value = line.partition(":")[2].strip()
            if name == "METHOD":
                self._scope.method = value.upper()
            else:
                self._scope.zone_name = self._scope.zone_name or value


def read_property(name: str, rest: str) -> Property:
    """A property of what follows its name: parameters, a colon, a value."""
    found = _OTHER.match(rest)
    head, value = _before_a_date(name, rest) or (found.groups() if found else ("", rest))
    told = {
        key.strip().upper(): told.strip().strip('"').strip()
        for key, told in _PARAMETER.findall(head)
    }
    return Property(name, told, value.strip())


def _before_a_date(name: str, rest: str) -> tuple[str, str] | None:
    """What stands before and after the first colon that a date follows.

    Some write `DTSTART:TZID=America/New_York:20261208T120000`.
    """
    colons = [found.start() for found in re.finditer(":", rest[:1000])]
    for colon in [] if name in ("UID", "RRULE") else colons[:MOST_COLONS]:
        if _DATE.fullmatch(rest, colon + 1):
            return re.sub("^:", ";", rest[:colon]), rest[colon + 1 :]
    return None
