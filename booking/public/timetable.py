"""Free times as people read them: a week by day and part of the day; if one went, the nearest."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from booking.parts_of_day import PartOfDay
from booking.scheduling.availability import bookable_days
from booking.scheduling.slots import (
    AvailabilityQuery,
    Slot,
    free_times_of_week,
    upcoming_free_times,
)
from clinic_site.clinic.opening_hours import DAY
from clinic_site.clinic.region.home import week_of

NOT_FREE = _("This time is no longer open. Please choose another. The closest ones come first.")


class Part(NamedTuple):
    """A part of a day and what is free in it."""

    name: Any
    slots: list[Slot]


@dataclass(frozen=True)
class Day:
    day: date
    slots: list[Slot]
    own: datetime | None = None

    @property
    def choices(self) -> int:
        return sum(slot.starts_at != self.own for slot in self.slots)

    @property
    def parts(self) -> list[Part]:
        """The parts of the day in which something is free."""
        parts: dict[PartOfDay, list[Slot]] = {}
        for slot in self.slots:
            parts.setdefault(PartOfDay.of(slot.local.time()), []).append(slot)
        return [Part(part.label, slots) for part, slots in parts.items()]


@dataclass(frozen=True)
class Timetable:
    """What is free in a week, and ahead of it the times `nearest` to one that went.

    No time stands in both. `before` and `after` are the Mondays of the weeks beside it that can be
    looked at; what lies before the next free time is not.
    """

    begins: date
    days: list[Day]
    city: str  # on whose clock the times are
    nearest: list[Slot] = field(default_factory=list)
    before: date | None = None
    after: date | None = None
    chosen: datetime | None = None
    nothing_until: date | None = None  # all days up to it have been looked at: none has a time
    own: datetime | None = None  # the time that the visit has: shown, and no choice
    is_soonest: bool = False  # what is free next, and not a week that was asked for
    is_class = False

    @property
    def ends(self) -> date:
        return self.begins + 6 * DAY

    def has(self, instant: datetime) -> bool:
        return any(slot.starts_at == instant for day in self.days for slot in day.slots)

    @property
    def zones(self) -> list[str]:
        """The names of the clock on these days: two in the week in which it changes."""
        slots = [*self.nearest, *(slot for day in self.days for slot in day.slots)]
        return list(dict.fromkeys(slot.local.tzname() or "" for slot in slots))

    @property
    def opened(self) -> date | None:
        """The day whose times are seen at once."""
        days = [day.day for day in self.days]
        wanted = [slot.local.date() for day in self.days for slot in day.slots if self._is(slot)]
        return next(iter(wanted or days), None)

    def _is(self, slot: Slot) -> bool:
        return slot.starts_at == self.chosen


def next_times(search: AvailabilityQuery, *, now: datetime) -> Timetable:
    """The week in which the next free times are."""
    slots = upcoming_free_times(search, now=now)
    day = slots[0].local.date() if slots else now.astimezone(search.location.zone).date()
    begins = week_of(day)
    by_day = [(day, [slot for slot in slots if slot.local.date() == day]) for day in _week(begins)]
    nothing_until = None if slots else _bookable(search, now)[1]
    return _timetable(search, begins, by_day, now, nothing_until=nothing_until, is_soonest=True)


def times_of_week(
    search: AvailabilityQuery, day: date, *, now: datetime, chosen: datetime | None = None
) -> Timetable:
    """The free times of the week of `day`, or of the nearest week that can be booked."""
    begins = _week_to_show(search, day, now)
    by_day = free_times_of_week(search, begins, now=now)
    return _timetable(search, begins, by_day, now, chosen=chosen)


def times_instead(
    search: AvailabilityQuery, wanted: datetime, nearest: list[Slot], *, now: datetime
) -> Timetable:
    """The `nearest` free times to one that has gone, and the rest of its week."""
    begins = _week_to_show(search, wanted.astimezone(search.location.zone).date(), now)
    by_day = [
        (day, [slot for slot in slots if slot not in nearest])
        for day, slots in free_times_of_week(search, begins, now=now)
    ]
    return _timetable(search, begins, by_day, now, nearest=nearest)


def _week_to_show(search: AvailabilityQuery, day: date, now: datetime) -> date:
    earliest, latest = _bookable(search, now)
    return week_of(min(max(day, earliest), latest))


def read_week(text: str) -> date | None:
    """Read the day of a week that somebody asks for; None for what is no day."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None


def _timetable(
    search: AvailabilityQuery,
    begins: date,
    by_day: Iterable[tuple[date, list[Slot]]],
    now: datetime,
    *,
    nearest: Iterable[Slot] = (),
    is_soonest: bool = False,
    **more: Any,
) -> Timetable:
    earliest, latest = _bookable(search, now)
    own = search.own_time
    earlier = begins > week_of(earliest) and not is_soonest
    return Timetable(
        begins,
        [Day(day, slots, own) for day, slots in by_day if slots],
        search.location.city,
        nearest=[slot for slot in nearest if slot.starts_at != own],
        own=own,
        before=begins - 7 * DAY if earlier and _has_times_before(search, begins, now) else None,
        after=begins + 7 * DAY if begins < week_of(latest) else None,
        is_soonest=is_soonest,
        **more,
    )


def _has_times_before(search: AvailabilityQuery, begins: date, now: datetime) -> bool:
    """Tell whether anything is free before a week: who leafs back should not find nothing."""
    upcoming = upcoming_free_times(search, now=now, count=1)
    return bool(upcoming) and upcoming[0].local.date() < begins


def _bookable(search: AvailabilityQuery, now: datetime) -> tuple[date, date]:
    zone, visit = search.location.zone, search.visit
    first, last = bookable_days(date.min, date.max, zone=zone, visit=visit, now=now)
    return first, max(first, last)


def _week(begins: date) -> list[date]:
    return [begins + n * DAY for n in range(7)]
