"""What entries of a file are read for: between two instants, on which clocks, and what is told."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from booking.ical.lines import Entry, Property, Scope
from booking.ical.occurrence import Occurrence, Warn
from booking.ical.parse_warnings import ParseWarning, ParseWarnings
from booking.ical.values import Clock, Unreadable, later, read_moment
from booking.ical.zones import UnknownZone, Zones

# No zone is further off than that, and no clock changes by more.
MARGIN = timedelta(days=2)
# What is told only of an entry that takes time in the window; the rest may hide some.
OF_TIMES = {
    ParseWarning.ZONE,
    ParseWarning.OFFSET,
    ParseWarning.DAY,
    ParseWarning.END,
    ParseWarning.REVERSED,
    ParseWarning.OFTEN,
    ParseWarning.UNTIL,
}


@dataclass
class Window:
    """Between two instants in UTC. `floating` is the clock of times that name none.

    `universal` is the clock that what is told in UTC repeats by. `as_written` has a zone be what
    the file writes of it, not what its name says.
    """

    begins: datetime
    ends: datetime
    clinic: Clock
    floating: Clock
    warnings: ParseWarnings
    zones: Zones
    as_written: bool = False
    universal: Clock = field(default_factory=lambda: Clock(UTC))

    def meets(self, span: tuple[datetime, datetime]) -> bool:
        return span[0] < self.ends and span[1] > self.begins

    def around(self, occurrence: Occurrence, reach: timedelta) -> tuple[datetime, datetime]:
        """Between which two times on its clock an entry may begin to take time in the window."""
        begins = later(occurrence.clock.local(self.begins), -(occurrence.longest + reach + MARGIN))
        return begins, later(occurrence.clock.local(self.ends), reach + MARGIN)

    def clock_of(self, prop: Property, scope: Scope, warn: Warn) -> Clock:
        """The clock that a property is told on. One that nobody knows is the clinic's."""
        name = prop.parameters.get("TZID", "")
        if not name:
            return self.universal if _is_aware(prop.value) else self.floating
        try:
            return Clock(self.zones.find(name, scope.zones, as_written=self.as_written))
        except UnknownZone as unknown:
            warn(ParseWarning.OFFSET if unknown.likely else ParseWarning.ZONE)
            return Clock(unknown.likely) if unknown.likely else self.clinic

    def is_doubly_told(self, entry: Entry) -> bool:
        """Whether an entry has a zone whose name and VTIMEZONE say different hours."""
        names = {prop.parameters.get("TZID", "") for prop in entry.properties} - {""}
        zones = entry.scope.zones
        return any(self.zones.disagree(name, zones, self.begins, self.ends) for name in names)

    def tell(self, entry: Entry, warnings: list[ParseWarning], *, took: bool) -> None:
        for warning in dict.fromkeys(warnings):
            if took or warning not in OF_TIMES:
                self.warnings.add(warning, entry)


def _is_aware(value: str) -> bool:
    try:
        moment = read_moment(value)
    except Unreadable:
        return value.strip().upper().endswith("Z")
    return isinstance(moment, datetime) and moment.tzinfo is not None
