"""No instant that an entry takes by its plain definition is ever left open, whatever its zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.booking.calendar_file import BEGINS, ENDS, calendar, read
from tests.booking.factories import SANTA_BARBARA

ZONES = ["America/Los_Angeles", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "", "Z"]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Weekly:
    """An entry of some days of some weeks, defined by nothing but a walk from day to day."""

    first: date
    at: time | None  # None for whole days
    zone: str
    length: timedelta
    interval: int
    weekdays: frozenset[int]
    last: date | None
    left_out: frozenset[int]  # which of them, counted from the first
    moved: dict[int, timedelta]

    def occurrences(self) -> list[datetime]:
        """When it begins, on its clock."""
        week = self.first - timedelta(days=self.first.weekday())
        end = min(self.last or ENDS.date(), ENDS.date() + timedelta(days=3))
        days = (self.first + timedelta(days=day) for day in range((end - self.first).days + 1))
        return [
            datetime.combine(day, self.at or time())
            for day in days
            if day == self.first
            or (day.weekday() in self.weekdays and (day - week).days // 7 % self.interval == 0)
        ]

    def busy(self) -> list[Span]:
        found = []
        for number, starts in enumerate(self.occurrences()):
            if number not in self.left_out:
                starts += self.moved.get(number, timedelta())
                begins = self.utc(starts)
                # Days end at a midnight, though one of them has 23 hours; minutes are minutes.
                by_day = self.at is None
                ends = self.utc(starts + self.length) if by_day else begins + self.length
                found.append((begins, ends))
        return found

    def utc(self, moment: datetime) -> datetime:
        zone = ZoneInfo(self.zone) if "/" in self.zone else UTC if self.zone else SANTA_BARBARA
        return moment.replace(tzinfo=SANTA_BARBARA if self.at is None else zone).astimezone(UTC)

    def told(self, name: str, moment: datetime) -> str:
        if self.at is None:
            return f"{name};VALUE=DATE:{moment:%Y%m%d}"
        zone = f";TZID={self.zone}" if "/" in self.zone else ""
        return f"{name}{zone}:{moment:%Y%m%dT%H%M%S}{'Z' * (self.zone == 'Z')}"

    def lines(self, uid: int) -> list[str]:
        starts = self.occurrences()
        days = ",".join(DAYS[day] for day in sorted(self.weekdays))
        until = f";UNTIL={self.last:%Y%m%d}" if self.last else ""
        minutes = int(self.length.total_seconds()) // 60
        length = f"DURATION:PT{minutes}M" if self.at else f"DURATION:P{self.length.days}D"
        main = [
            f"UID:{uid} {self.told('DTSTART', starts[0])} {length}",
            f"RRULE:FREQ=WEEKLY;INTERVAL={self.interval};BYDAY={days}{until}",
            *(self.told("EXDATE", starts[n]) for n in self.left_out if n < len(starts)),
        ]
        changes = [
            f"UID:{uid} {self.told('RECURRENCE-ID', starts[number])} "
            f"{self.told('DTSTART', starts[number] + by)} {length}"
            for number, by in self.moved.items()
            if number < len(starts) and number not in self.left_out
        ]
        return [" ".join(main), *changes]


def weeklies() -> st.SearchStrategy[Weekly]:
    minutes = st.integers(1, 3000).map(lambda told: timedelta(minutes=told))
    clocks = st.times().map(lambda told: told.replace(second=0, microsecond=0))
    timed = st.builds(Weekly, at=clocks, length=minutes, **_rest(st.sampled_from(ZONES), minutes))
    days = st.integers(1, 40).map(lambda told: timedelta(days=told))
    return timed | st.builds(Weekly, at=st.none(), length=days, **_rest(st.just(""), days))


def _rest(
    zones: st.SearchStrategy[str], moves: st.SearchStrategy[timedelta]
) -> dict[str, st.SearchStrategy[Any]]:
    some = st.integers(0, 30)
    return {
        "zone": zones,
        "first": st.dates(date(2026, 6, 1), date(2027, 3, 20)),
        "interval": st.integers(1, 3),
        "weekdays": st.frozensets(st.integers(0, 6), min_size=1),
        "last": st.none() | st.dates(date(2027, 3, 21), date(2027, 5, 1)),
        "left_out": st.frozensets(some, max_size=4),
        "moved": st.dictionaries(some, moves, max_size=3),
    }


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(st.lists(weeklies(), min_size=1, max_size=3), st.booleans())
def test_every_instant_that_is_busy_is_covered(entries: list[Weekly], same_uid: bool) -> None:
    file = calendar(
        *(line for n, each in enumerate(entries) for line in each.lines(0 if same_uid else n))
    )
    ours = sorted((time.starts_at, time.ends_at) for time in read(file).busy)
    for begins, ends in (span for each in entries for span in each.busy()):
        reached = max(begins, BEGINS)
        for starts_at, ends_at in ours:
            if starts_at <= reached < ends_at:
                reached = ends_at
        assert reached >= min(ends, ENDS), (begins, ends)
