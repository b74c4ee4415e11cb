"""Which dates of weekly classes are still to be made: on their days, at their wall time, if open.

Takes a query for the dates that there are, and one for the closures of each location.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from booking.models import ClassSchedule, ClassSession
from booking.scheduling.class_dates import is_closed
from booking.scheduling.closures import closures_of
from clinic_site.clinic.opening_hours import DAY

WEEK = 7 * DAY


class DateToMake(NamedTuple):
    day: date
    starts_at: datetime
    ends_at: datetime


def missing_dates(schedule: ClassSchedule, now: datetime) -> list[DateToMake]:
    """The dates that one weekly class, stored or not, has not yet."""
    return missing_dates_of([schedule], now)[schedule.pk]


def missing_dates_of(
    schedules: Sequence[ClassSchedule], now: datetime
) -> dict[int | None, list[DateToMake]]:
    """The same for each of several, by its key."""
    has: dict[int | None, set[date | None]] = defaultdict(set)
    stored = ClassSession.objects.filter(schedule__in=[each.pk for each in schedules if each.pk])
    for key, day in stored.values_list("schedule", "scheduled_day"):
        has[key].add(day)
    closures = _closures(schedules, now)
    return {
        each.pk: [
            one
            for one in _dates(each, now)
            if one.day not in has[each.pk] and not _is_closed(each, one, closures)
        ]
        for each in schedules
    }


def _closures(schedules: Sequence[ClassSchedule], now: datetime) -> dict[int, list[Any]]:
    """What differs from the week, by the location."""
    people: dict[int, set[int]] = defaultdict(set)
    locations = {each.location_id: each.location for each in schedules}
    for each in schedules:
        people[each.location_id].add(each.practitioner_id)
    until = max((_span(each, now)[1] for each in schedules), default=now.date())
    return {
        key: list(closures_of(people[key], location, now.date() - 2 * DAY, until + 2 * DAY))
        for key, location in locations.items()
    }


def _is_closed(schedule: ClassSchedule, one: DateToMake, closures: dict[int, list[Any]]) -> bool:
    return is_closed(
        schedule.practitioner_id,
        one.starts_at,
        one.ends_at,
        closures[schedule.location_id],
        schedule.location.zone,
    )


def _span(schedule: ClassSchedule, now: datetime) -> tuple[date, date]:
    """From when to when dates are made: a week further than patients can book."""
    until = _made_until(schedule, now)
    return max(_today(schedule, now), schedule.first_day), min(until, schedule.last_day or until)


def begins_later(schedule: ClassSchedule, now: datetime) -> bool:
    """Whether even its first date lies further ahead than dates are made."""
    first = _first_on_weekday(schedule, max(_today(schedule, now), schedule.first_day))
    comes = schedule.last_day is None or first <= schedule.last_day
    return comes and first > _made_until(schedule, now)


def _today(schedule: ClassSchedule, now: datetime) -> date:
    return now.astimezone(schedule.location.zone).date()


def _made_until(schedule: ClassSchedule, now: datetime) -> date:
    return _today(schedule, now) + timedelta(days=schedule.service.horizon_days) + WEEK


def _first_on_weekday(schedule: ClassSchedule, day: date) -> date:
    return day + (schedule.weekday - day.weekday()) % 7 * DAY


def _dates(schedule: ClassSchedule, now: datetime) -> Iterable[DateToMake]:
    first, last = _span(schedule, now)
    length = timedelta(minutes=schedule.service.duration_minutes)
    day = _first_on_weekday(schedule, first)
    while day <= last:
        starts_at = wall_instant(day, schedule.begins, schedule.location.zone)
        if starts_at and starts_at > now:
            yield DateToMake(day, starts_at, starts_at + length)
        day += WEEK


def wall_instant(day: date, wall: time, zone: ZoneInfo) -> datetime | None:
    """The instant of a wall time; of one that comes twice the first, None for one left out."""
    found = datetime.combine(day, wall, zone).astimezone(UTC)
    return found if found.astimezone(zone).time() == wall else None
