"""The dates that an entry adds to its first one, and those that it leaves out."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from booking.ical.lines import Entry, Property, Scope
from booking.ical.occurrence import Occurrence, Warn
from booking.ical.parse_warnings import ParseWarning
from booking.ical.repeating import MOST_STEPS, Rule, TooOften, read_until, unfold
from booking.ical.values import (
    Clock,
    Unreadable,
    is_odd,
    midnight,
    read_day,
    read_moment,
    read_period,
)
from booking.ical.window import Window

Span = tuple[datetime, datetime]
Left = Callable[[datetime], bool]


@dataclass(frozen=True)
class Dates:
    """RRULE, RDATE, EXDATE and EXRULE of one entry, all of them on its own clock."""

    entry: Entry
    occurrence: Occurrence
    window: Window
    warn: Warn

    def starts(self, *, reach: timedelta) -> list[datetime]:
        """When it begins, as far as it may take time in the window. Raises TooOften."""
        begins, ends = self.window.around(self.occurrence, reach)
        rules, also = self._rules(begins), [*self._also()]
        if not rules and not also:
            return [self.occurrence.starts]
        if sum(rule.steps(ends) for rule in rules) > MOST_STEPS:
            raise TooOften
        return unfold(self.occurrence.starts, rules, also=also, begins=begins, ends=ends)

    def _rules(self, begins: datetime) -> list[Rule]:
        """Those that have not ended before."""
        rules = []
        for prop in self.entry.all("RRULE"):
            if self._has_ended(prop, begins):
                continue
            try:
                rules.append(self._rule(prop))
            except Unreadable:
                self.warn(ParseWarning.RULE)
        if any(rule.doubtful for rule in rules):
            self.warn(ParseWarning.RULE)
        if any(rule.endless for rule in rules):
            self.warn(ParseWarning.UNTIL)
        return rules

    def _has_ended(self, prop: Property, begins: datetime) -> bool:
        """Seen without asking the library: most rules of an old calendar ended long ago."""
        until = re.search(r"UNTIL=([^;]+)", prop.value, re.IGNORECASE)
        if not until or "COUNT" in prop.value.upper():
            return False
        try:
            last = read_until(until[1], self.occurrence.clock, whole_day=self.occurrence.whole_day)
        except Unreadable:
            return False
        return last < begins

    def _rule(self, prop: Property) -> Rule:
        occurrence = self.occurrence
        return Rule(prop.value, occurrence.starts, occurrence.clock, whole_day=occurrence.whole_day)

    def _also(self) -> Iterator[datetime]:
        """RDATE, but for periods, which have lengths of their own."""
        for prop, told in values_of(self.entry, "RDATE"):
            if "/" not in told:
                if is_odd(told):
                    self.warn(ParseWarning.ODD_DATE)
                try:
                    yield self.as_start(self.on_clock(prop, told, self.entry.scope))
                except Unreadable:
                    yield from self._day_alone(told)

    def _day_alone(self, told: str) -> Iterator[datetime]:
        try:
            yield self.as_start(read_day(told))
        except Unreadable:
            self.warn(ParseWarning.RULE)

    def as_start(self, moment: date) -> datetime:
        """When an entry begins that is told by its day, or by a time that only means its day."""
        if not isinstance(moment, datetime):
            return datetime.combine(moment, self.occurrence.starts.time())
        return midnight(moment.date()) if self.occurrence.whole_day else moment

    def periods(self) -> Iterator[tuple[datetime, Span]]:
        """RDATE that has a length of its own: when it begins on the clock, and the time in UTC."""
        for prop, told in values_of(self.entry, "RDATE"):
            if "/" in told:
                try:
                    span = read_period(told, self._clock(prop, self.entry.scope))
                except Unreadable:
                    self.warn(ParseWarning.RULE)
                    continue
                yield self.occurrence.clock.local(span[0]), span

    def left_out(self) -> Left:
        """Which times EXDATE and EXRULE leave out. What can't be read of them leaves out none."""
        days: set[date] = set()
        times = self._left_by_rule()
        for prop, told in values_of(self.entry, "EXDATE"):
            told = told.partition("/")[0]
            try:
                moment = self.on_clock(prop, told, self.entry.scope)
            except Unreadable:
                continue
            if not isinstance(moment, datetime):
                days.add(moment)
            elif self.occurrence.whole_day:  # midnight on some clock stands for the day
                both = [moment, read_moment(told)]
                days |= {
                    each.date()
                    for each in both
                    if isinstance(each, datetime) and each.time() == time()
                }
            else:
                times.add(moment)
        return lambda starts: starts in times or starts.date() in days

    def _left_by_rule(self) -> set[datetime]:
        begins, ends = self.window.around(self.occurrence, timedelta())
        rules = []
        for prop in self.entry.all("EXRULE"):
            try:
                rule = self._rule(prop)
                if not rule.endless and rule.steps(ends) <= MOST_STEPS:
                    rules.append(rule)
            except (Unreadable, TooOften):
                continue
        if not rules:
            return set()
        first = self.occurrence.starts
        return {*unfold(first, rules, also=[], begins=begins, ends=ends)} - {first}

    def on_clock(self, prop: Property, told: str, scope: Scope) -> date:
        """A date as it is, a time on the clock of the entry, naive. Raises Unreadable."""
        moment = read_moment(told)
        if isinstance(moment, datetime):
            return self.occurrence.clock.local(self._clock(prop, scope).utc(moment))
        return moment

    def _clock(self, prop: Property, scope: Scope) -> Clock:
        """The clock of a date; without a name, that of the start."""
        if "TZID" in prop.parameters:
            return self.window.clock_of(prop, scope, self.warn)
        return self.occurrence.clock


def values_of(entry: Entry, name: str) -> Iterator[tuple[Property, str]]:
    """Each value of a property that may have several, with the property.

    Semicolons are what vCalendar 1.0 has between them.
    """
    for prop in entry.all(name):
        for told in re.split("[,;]", prop.value):
            if told.strip():
                yield prop, told.strip()
