"""When somebody is at the desk: the opening hours of a location, as stretches of time.

A request that is to be answered waits for these, not for the clock: one of Saturday evening is
held through Monday.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from booking.cells import instant_of
from booking.scheduling.availability import open_cells
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.opening_hours import DAY

# The hours, on the location's clock, in which people are asked: nobody loses an offer asleep.
AWAKE = range(8, 21)
# No closure is waited for longer than this.
FURTHEST = 60 * DAY


def after_opening_hours(location: Location, since: datetime, hours: float) -> datetime:
    """When the location will have been open for so many hours since then.

    Hours of the clock, if nobody has told its opening hours or it opens too seldom to tell.
    """
    left = timedelta(hours=hours)
    for begins, ends in _open_from(location, since):
        if ends - begins >= left:
            return begins + left
        left -= ends - begins
    return since + timedelta(hours=hours)


def is_awake(location: Location, now: datetime) -> bool:
    """Whether people can be asked something and are likely to see it."""
    return now.astimezone(location.zone).hour in AWAKE


def after_awake_hours(location: Location, since: datetime, hours: float) -> datetime:
    """When so many of the hours will have passed in which people can be asked."""
    left, day = timedelta(hours=hours), since.astimezone(location.zone).date()
    while True:
        begins, ends = (
            datetime.combine(day, time(hour), location.zone).astimezone(UTC)
            for hour in (AWAKE.start, AWAKE.stop)
        )
        begins = max(begins, since)
        if ends - begins >= left:
            return begins + left
        left, day = left - max(ends - begins, timedelta()), day + DAY


def open_at_or_after(location: Location, moment: datetime) -> datetime:
    """That moment, if the location is open then, or else when it opens next."""
    begins, _ends = next(_open_from(location, moment), (moment, moment))
    return begins


def next_open_day(location: Location, now: datetime) -> datetime:
    """When the location opens on the first open day after today."""
    today = now.astimezone(location.zone).date()
    later = (
        begins
        for begins, _ends in _open_from(location, now)
        if begins.astimezone(location.zone).date() > today
    )
    return next(later, now + DAY)


def _open_from(location: Location, since: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The stretches in which the location is open from then on, in order."""
    first = since.astimezone(location.zone).date()
    last = first + FURTHEST
    changes = location.closures_between(first - DAY, last)
    runs = open_cells(first - DAY, last, location.zone, location.opening_hours.all(), changes)
    for run in runs:
        begins, ends = max(instant_of(run.start), since), instant_of(run.stop)
        if begins < ends:
            yield begins, ends
