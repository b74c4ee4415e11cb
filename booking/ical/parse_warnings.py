"""What the reader of a calendar file left out or guessed, told in plain words."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from booking.ical.lines import Entry
from booking.ical.values import Unreadable, read_day

MOST_NAMED = 5


class ParseWarning(Enum):
    """What can be odd about an entry that is taken all the same, or in part, or left out."""

    ZONE = "zone"
    OFFSET = "offset"
    RULE = "rule"
    UNTIL = "until"
    OFTEN = "often"
    DAY = "day"
    END = "end"
    REVERSED = "reversed"
    ODD_DATE = "odd date"
    CHANGE = "change"
    NO_START = "no start"


@dataclass
class ParseWarnings:
    """Gathers warnings; an entry is named by its day, or by its number where no day can be read."""

    cut_off: bool = False
    has_working_hours: bool = False
    warnings: dict[ParseWarning, dict[int, Entry]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def add(self, warning: ParseWarning, entry: Entry) -> None:
        self.warnings[warning][entry.number] = entry

    def lines(self) -> list[str]:
        return [*self._told()]

    def _told(self) -> Iterator[str]:
        if self.cut_off:
            yield _(
                "The file breaks off before its end, so busy times may be missing. "
                "Please export it again. What was taken before stays until then."
            )
        if self.has_working_hours:
            yield _(
                "Left out: working hours that the file holds (VAVAILABILITY). "
                "Please see that the weekly hours here are the same."
            )
        if count := len(self.warnings[ParseWarning.ZONE]):
            yield ngettext(
                "%(count)s entry had a time zone that we don’t know; we took the clinic’s.",
                "%(count)s entries had a time zone that we don’t know; we took the clinic’s.",
                count,
            ) % {"count": count}
        if count := len(self.warnings[ParseWarning.OFFSET]):
            yield ngettext(
                "%(count)s entry had a time zone of which we know only the hours from UTC; "
                "it may be an hour off in summer.",
                "%(count)s entries had a time zone of which we know only the hours from UTC; "
                "they may be an hour off in summer.",
                count,
            ) % {"count": count}
        for warning, sentence in _sentences().items():
            yield from self._named(warning, sentence)

    def _named(self, warning: ParseWarning, sentence: str) -> Iterator[str]:
        places = list(dict.fromkeys(_name(entry) for entry in self.warnings[warning].values()))
        for name in places[:MOST_NAMED]:
            yield sentence % {"entry": name}
        more = len(places) - MOST_NAMED
        if more > 0:
            yield ngettext(
                "The same goes for %(count)s more entry.",
                "The same goes for %(count)s more entries.",
                more,
            ) % {"count": more}


def _name(entry: Entry) -> str:
    day = _day_of(entry)
    if day is None:
        return _("entry number %(number)s of the file") % {"number": entry.number}
    return _("an entry of %(day)s") % {"day": date_format(day, "F j, Y")}


def _day_of(entry: Entry) -> date | None:
    """The first day that stands in an entry, on whatever clock."""
    for name in ("DTSTART", "RECURRENCE-ID", "DTEND", "RDATE", "EXDATE", "FREEBUSY"):
        for prop in entry.all(name):
            with suppress(Unreadable):
                return read_day(prop.value)
    return None


def _sentences() -> dict[ParseWarning, str]:
    return {
        ParseWarning.NO_START: _(
            "Left out: %(entry)s — its dates can’t be read. Please block its time yourself."
        ),
        ParseWarning.RULE: _(
            "Taken in part: %(entry)s — how it repeats can’t be read. "
            "Please block its other times yourself."
        ),
        ParseWarning.UNTIL: _(
            "Taken without an end: %(entry)s — when it stops repeating can’t be read."
        ),
        ParseWarning.OFTEN: _(
            "Taken without a gap: %(entry)s — it repeats too often to take each time by itself."
        ),
        ParseWarning.DAY: _("Taken for the whole day: %(entry)s — its time can’t be read."),
        ParseWarning.END: _("Taken to the end of the day: %(entry)s — when it ends can’t be read."),
        ParseWarning.REVERSED: _(
            "Taken the other way round: %(entry)s — it ends before it begins."
        ),
        ParseWarning.ODD_DATE: _(
            "Guessed: %(entry)s — one of its dates is written in a way that no calendar knows."
        ),
        ParseWarning.CHANGE: _("Taken as it was: %(entry)s — a change of it can’t be read."),
    }
