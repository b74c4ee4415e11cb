"""Entries of a calendar file that belong together: repeated, changed and canceled ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.ical.dates import Dates, Span, values_of
from booking.ical.lines import Entry, Property
from booking.ical.occurrence import Occurrence, is_canceled, is_marked_free, read_occurrence
from booking.ical.parse_warnings import ParseWarning
from booking.ical.repeating import TooOften
from booking.ical.values import Clock, Unreadable, later, read_period
from booking.ical.window import Window


def takes_time(entry: Entry) -> bool:
    return not (is_canceled(entry) or is_marked_free(entry))


def times_of(entries: list[Entry], window: Window) -> Iterator[Span]:
    """The times in UTC that VEVENTs of one UID take; some may lie outside of the window."""
    mains = _without_canceled(_without_copies(entries))
    changes = [entry for entry in entries if entry.first("RECURRENCE-ID")]
    # Where several share a UID, nobody can tell which of them a change is of: it hides none.
    for main in mains:
        yield from Series(main, window, changes if len(mains) == 1 else []).times()
    for change in changes:
        yield from Series(change, window, []).times()


def free_busy(entry: Entry, window: Window) -> Iterator[Span]:
    """The periods in UTC of a VFREEBUSY that are not free."""
    warnings: list[ParseWarning] = []
    for prop, told in values_of(entry, "FREEBUSY"):
        if prop.parameters.get("FBTYPE", "").upper() == "FREE" or is_canceled(entry):
            continue
        try:
            yield read_period(told, window.clock_of(prop, entry.scope, warnings.append))
        except Unreadable:
            warnings.append(ParseWarning.NO_START)
    window.tell(entry, warnings, took=True)


def _without_copies(entries: list[Entry]) -> list[Entry]:
    """The entries that are no changes, those that say the same only once."""
    mains = {}
    for entry in entries:
        if not entry.first("RECURRENCE-ID"):
            told = [(prop.name, *prop.parameters.items(), prop.value) for prop in entry.properties]
            mains[entry.scope.method, *told] = entry
    return list(mains.values())


def _without_canceled(mains: list[Entry]) -> list[Entry]:
    """Leaves out what a later version of the same entry cancels."""
    canceled = [entry for entry in mains if is_canceled(entry)]
    return [
        entry
        for entry in mains
        if not any(
            other.first("DTSTART") == entry.first("DTSTART") and _version(other) > _version(entry)
            for other in canceled
        )
    ]


def _version(entry: Entry) -> int:
    told = entry.word("SEQUENCE")[:9]
    return int(told) if told.isdecimal() else 0


@dataclass
class Change:
    """An entry that stands in for one time of another, or for all from there on."""

    entry: Entry
    occurrence: Occurrence | None  # None if its own time can't be read
    instead_of: datetime  # on the clock of the entry that it changes

    @property
    def holds(self) -> bool:
        """Whether it is known what stands there instead."""
        return self.occurrence is not None or not takes_time(self.entry)


class Series:
    """One entry with all its times, and the changes of some of them."""

    def __init__(self, entry: Entry, window: Window, changed: list[Entry]) -> None:
        self.entry, self.window, self.changed = entry, window, changed
        self.warnings: list[ParseWarning] = []
        self.warn = self.warnings.append

    def times(self) -> Iterator[Span]:
        if not (takes_time(self.entry) or self.changed):
            return
        took = False
        try:
            occurrence = self._read(self.entry)
        except Unreadable:
            if takes_time(self.entry):
                change = self.entry.first("RECURRENCE-ID")
                self.warn(ParseWarning.CHANGE if change else ParseWarning.NO_START)
        else:
            for span in self._times(occurrence):
                took = took or self.window.meets(span)
                yield span
        self.window.tell(self.entry, self.warnings, took=took)

    def _read(self, entry: Entry) -> Occurrence:
        def clock_of(prop: Property) -> Clock:
            return self.window.clock_of(prop, entry.scope, self.warn)

        return read_occurrence(entry, clock_of, self.window.clinic, self.warn)

    def _times(self, occurrence: Occurrence) -> Iterator[Span]:
        dates = Dates(self.entry, occurrence, self.window, self.warn)
        changes = [change for each in self.changed if (change := self._change(each, dates))]
        changes = sorted(
            (change for change in changes if change.holds), key=lambda change: change.instead_of
        )
        changed = {change.instead_of for change in changes}
        left_out = dates.left_out()
        onwards = [change for change in changes if is_onwards(change.entry)]
        try:
            starts = self._starts(dates, onwards)
        except TooOften:
            if takes_time(self.entry):
                self.warn(ParseWarning.OFTEN)
                for begins, _ends in occurrence.at(occurrence.starts):
                    yield begins, self.window.ends
            return
        for moment in starts:
            if not (moment in changed or left_out(moment)):
                yield from self._at(moment, occurrence, onwards)
        for moment, span in dates.periods() if takes_time(self.entry) else ():
            if not (moment in changed or left_out(moment)):
                yield span

    def _starts(self, dates: Dates, onwards: list[Change]) -> list[datetime]:
        """When it begins, on its clock, or would but for changes. Raises TooOften."""
        if self.entry.first("RECURRENCE-ID") and not is_onwards(self.entry):
            return [dates.occurrence.starts]  # some programs repeat the rule in each change
        moved = [
            abs(change.occurrence.starts - change.instead_of) + change.occurrence.longest
            for change in onwards
            if change.occurrence
        ]
        return dates.starts(reach=max(moved, default=timedelta()))

    def _at(
        self, moment: datetime, occurrence: Occurrence, onwards: list[Change]
    ) -> Iterator[Span]:
        """The time that it takes if it begins at `moment`, or would but for a change."""
        earlier = [change for change in onwards if change.instead_of <= moment]
        entry = earlier[-1].entry if earlier else self.entry
        if not takes_time(entry):
            return
        if earlier and earlier[-1].occurrence:
            occurrence = earlier[-1].occurrence
            moment = later(occurrence.starts, moment - earlier[-1].instead_of)
        yield from occurrence.at(moment)

    def _change(self, entry: Entry, dates: Dates) -> Change | None:
        told = entry.first("RECURRENCE-ID")
        try:
            if told is None:
                return None
            moment = dates.as_start(dates.on_clock(told, told.value, entry.scope))
        except Unreadable:
            return None
        try:
            return Change(entry, self._read(entry), moment)
        except Unreadable:
            return Change(entry, None, moment)


def is_onwards(entry: Entry) -> bool:
    told = entry.first("RECURRENCE-ID")
    return told is not None and told.parameters.get("RANGE", "").upper() == "THISANDFUTURE"
