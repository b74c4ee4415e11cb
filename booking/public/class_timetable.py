"""The dates of a class as people read them: how many seats are left, and where one can wait."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from booking.scheduling.availability import bookable_days
from booking.scheduling.class_dates import ClassDate, class_dates
from booking.scheduling.query import AvailabilityQuery, Slot
from booking.scheduling.slots import nearest_free_times

JUST_TAKEN = _(
    "The last seat was just taken. Please choose another date, or join the waiting list. The "
    "closest dates come first."
)
NOT_ON = _("This class isn’t on anymore. Please choose another date. The closest ones come first.")
SEAT_OPENED = _("A seat has opened up in this class. Choose it, and it’s yours.")
SHOWN = 12  # dates


@dataclass(frozen=True)
class ClassTimetable:
    """The dates from a day on, and ahead of them those with seats `nearest` to one that went."""

    dates: list[ClassDate]
    city: str
    chosen: datetime | None = None
    own: datetime | None = None  # the date that somebody has a seat in
    nearest: list[Slot] = field(default_factory=list)
    later: date | None = None
    is_soonest: bool = True
    nothing_until: date | None = None
    is_class = True

    @property
    def zones(self) -> list[str]:
        """The names of the clock on these dates."""
        return list(dict.fromkeys(each.local.tzname() or "" for each in self.dates))


def read_dates(
    search: AvailabilityQuery,
    *,
    now: datetime,
    since: date | None = None,
    chosen: datetime | None = None,
) -> ClassTimetable:
    """The dates from a day on or, without one, the next."""
    zone = search.location.zone
    today, horizon = bookable_days(date.min, date.max, zone=zone, visit=search.visit, now=now)
    first = max(since, today) if since else today
    dates = class_dates(search, first, horizon, now=now, count=SHOWN + 1)
    return ClassTimetable(
        dates[:SHOWN],
        search.location.city,
        chosen=chosen,
        own=search.own_time,
        later=dates[SHOWN].local.date() if len(dates) > SHOWN else None,
        is_soonest=first == today,
        nothing_until=horizon if not dates and first == today else None,
    )


def dates_instead(
    search: AvailabilityQuery, gone: datetime, *, now: datetime
) -> tuple[ClassTimetable, Any]:
    """The dates with seats that are nearest to one that went, the others, and why it went."""
    table = read_dates(search, now=now)
    nearest = nearest_free_times(search, gone, now=now)
    full = any(each.starts_at == gone for each in table.dates)
    near = {slot.starts_at for slot in nearest}
    others = [each for each in table.dates if each.starts_at not in near]
    return _replaced(table, others, nearest), JUST_TAKEN if full else NOT_ON


def _replaced(table: ClassTimetable, dates: list[ClassDate], nearest: list[Slot]) -> ClassTimetable:
    return ClassTimetable(
        dates,
        table.city,
        own=table.own,
        nearest=[slot for slot in nearest if slot.starts_at != table.own],
        later=table.later,
    )
