"""The times of a course: the same hour each week or, where that is taken, the nearest free one.

`plan_weekly` is a function of values. What is free is read once for all weeks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from booking.models import Practitioner
from booking.scheduling.query import AvailabilityQuery, Slot
from booking.scheduling.slots import free_times
from clinic_site.clinic.opening_hours import DAY

# A time instead lies so many days around at most, so that it never meets the week before or after.
AROUND = 3
# So many weeks in which nothing is free are skipped, and the course ends as much later.
SKIPPED = 6
# As many other times are shown beside each.
OTHERS = 24


@dataclass(frozen=True)
class PlannedVisit:
    """One visit of a course: when it was wanted, what was found, and what else is free around."""

    wanted: datetime  # on the clock of the location
    slot: Slot | None
    others: tuple[Slot, ...] = ()
    skipped: tuple[date, ...] = ()  # the days before it, a week apart, around which nothing is free

    @property
    def is_as_wanted(self) -> bool:
        return self.slot is not None and self.slot.local == self.wanted

    @property
    def choices(self) -> list[Slot]:
        """All that is free around, in the order of time."""
        found = [*self.others, *([self.slot] if self.slot else [])]
        return sorted(found, key=lambda slot: slot.starts_at)


def plan_course(
    search: AvailabilityQuery,
    first: datetime,
    size: int,
    *,
    weeks_between: int = 1,
    now: datetime,
) -> tuple[Practitioner | None, list[PlannedVisit]]:
    """Propose times for the visits of a course from `first` on, and with whom all of them are.

    With anyone, it is whoever is free at most of the times wanted, so that it is one person. In
    as many queries for twenty visits as for two.
    """
    zone = search.location.zone
    day = first.astimezone(zone).date()
    last = day + (size + SKIPPED) * weeks_between * 7 * DAY
    free = free_times(search, day - AROUND * DAY, last + AROUND * DAY, now=now)
    weeks = {"size": size, "weeks_between": weeks_between}
    person = search.practitioner
    if person is None:
        people = {one.pk: one for one in search.practitioners}
        wanted = wanted_times(first, zone, **weeks)
        chosen = steadiest(wanted, free)
        person = people.get(chosen) if chosen else None
        free = [
            replace(slot, practitioners=(chosen,)) for slot in free if chosen in slot.practitioners
        ]
    return person, plan_weekly(first, zone, free, **weeks)


def wanted_times(
    first: datetime, zone: ZoneInfo, *, size: int, weeks_between: int = 1
) -> list[datetime]:
    """The same time of day, every so many weeks: 10 o'clock stays 10 when the clocks change."""
    local = first.astimezone(zone)
    wall = local.replace(tzinfo=None)
    return [
        (wall + n * weeks_between * 7 * DAY).replace(tzinfo=zone, fold=local.fold)
        for n in range(size)
    ]


def steadiest(wanted: Sequence[datetime], free: Iterable[Slot]) -> int | None:
    """Who is free at most of the times; of equals, the first; without any, who is free at all."""
    instants = {time.astimezone(UTC) for time in wanted}
    slots = list(free)
    at_these = [slot for slot in slots if slot.starts_at in instants] or slots
    counted: dict[int, int] = {}
    for slot in at_these:
        for person in slot.practitioners:
            counted[person] = counted.get(person, 0) + 1
    return max(counted, key=lambda person: counted[person]) if counted else None


def plan_weekly(
    first: datetime, zone: ZoneInfo, free: Iterable[Slot], *, size: int, weeks_between: int = 1
) -> list[PlannedVisit]:
    """One time of `free` for each of `size` visits: the one wanted, or the nearest.

    On the same day if there is one, else on the nearest day. A week in which nothing is free is
    left out, and the course ends as much later. Those at the end that find none have no slot.
    """
    by_day: dict[date, list[Slot]] = {}
    for slot in free:
        by_day.setdefault(slot.local.date(), []).append(slot)
    planned: list[PlannedVisit] = []
    skipped: list[date] = []
    for wanted in wanted_times(first, zone, size=size + SKIPPED, weeks_between=weeks_between):
        if len(planned) == size:
            break
        around = nearest_first(wanted, by_day)
        if not around:
            skipped.append(wanted.date())
            continue
        slot, *others = around
        planned.append(PlannedVisit(wanted, slot, tuple(others[:OTHERS]), tuple(skipped)))
        skipped = []
    after = planned[-1].wanted if planned else first.astimezone(zone)
    missing = wanted_times(after, zone, size=size + 1, weeks_between=weeks_between)
    start = 1 if planned else 0
    lacking = size - len(planned)
    return planned + [PlannedVisit(time, None) for time in missing[start : start + lacking]]


def nearest_first(wanted: datetime, by_day: dict[date, list[Slot]]) -> list[Slot]:
    """What is free around a time: of the same day first, then by the day, then by the hour."""
    minutes = _minutes(wanted)
    found = [
        (abs(away), away < 0, abs(_minutes(slot.local) - minutes), slot.starts_at, slot)
        for away in range(-AROUND, AROUND + 1)
        for slot in by_day.get(wanted.date() + away * DAY, ())
    ]
    return [slot for *_rank, slot in sorted(found, key=lambda each: each[:-1])]


def _minutes(local: datetime) -> int:
    return local.hour * 60 + local.minute
