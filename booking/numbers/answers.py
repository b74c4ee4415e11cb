"""How long requests waited for their first answer, by the opening hours and by the clock."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from itertools import accumulate
from typing import NamedTuple

from django.db.models import Min, Q

from booking.cells import CELL_SECONDS
from booking.models import AppointmentEvent
from booking.numbers.counts import Counted
from booking.numbers.months import MonthRange
from booking.numbers.read import Selection, requests_made
from booking.scheduling.availability import open_cells
from clinic_site.clinic.models import Closure
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.opening_hours import DAY

EventType = AppointmentEvent.EventType
# One that was undone does not count.
ANSWERS = (EventType.CONFIRMED, EventType.PROPOSED, EventType.DECLINED)


class AnswerTimes(NamedTuple):
    """How many requests were answered after how many minutes."""

    when_open: Counter[int]
    by_the_clock: Counter[int]


class OpeningClock:
    """How many seconds a location has been open at any moment since it was first asked about."""

    def __init__(self, runs: list[range]) -> None:
        self.starts = [run.start * CELL_SECONDS for run in runs]
        self.lengths = [len(run) * CELL_SECONDS for run in runs]
        self.before = [0, *accumulate(self.lengths)]

    def seconds_until(self, moment: datetime) -> float:
        at = moment.timestamp()
        run = bisect_right(self.starts, at) - 1
        if run < 0:
            return 0
        return self.before[run] + min(at - self.starts[run], self.lengths[run])

    def minutes_between(self, earlier: datetime, later: datetime) -> int:
        return int(self.seconds_until(later) - self.seconds_until(earlier)) // 60


def measure_answers(
    months: MonthRange, chosen: Selection, locations: Mapping[int, Location]
) -> dict[Counted, AnswerTimes]:
    """The requests of these months that were answered, whenever that was."""
    rows = _answered(months, chosen)
    if not rows:
        return {}
    first, last = months.months[0].first - DAY, max(row.answered_at for row in rows).date()
    open_times = _open_times(locations, first, last + DAY)
    times: dict[Counted, AnswerTimes] = {}
    for row in rows:
        of = Counted(months.months[row.month], row.practitioner, row.service, row.location)
        found = times.setdefault(of, AnswerTimes(Counter(), Counter()))
        asked, answered = row.asked_at, row.answered_at
        clock_minutes = int((answered - asked).total_seconds()) // 60
        open_time = open_times[row.location]
        found.by_the_clock[clock_minutes] += 1
        minutes = open_time.minutes_between(asked, answered) if open_time else clock_minutes
        found.when_open[minutes] += 1
    return times


class _Answered(NamedTuple):
    """A request that was answered: which month it is of, and whose."""

    month: int
    practitioner: int | None
    service: int
    location: int
    asked_at: datetime
    key: int
    answered_at: datetime


def _answered(months: MonthRange, chosen: Selection) -> list[_Answered]:
    """One row for each request that was answered, and none for the others."""
    answer = Q(
        events__event_type__in=ANSWERS,
        events__undone_by=None,
        events__actor=AppointmentEvent.Actor.DESK,
    )
    rows = (
        requests_made(months, chosen)
        .annotate(month=months.number_of("requested_at"))
        .filter(answer)
        .values_list("month", "practitioner", "service", "location", "requested_at", "pk")
        .annotate(answered_at=Min("events__at", filter=answer))
        .order_by()
    )
    return [_Answered(*row) for row in rows]


def _open_times(
    locations: Mapping[int, Location], first: date, last: date
) -> dict[int, OpeningClock | None]:
    """What each location's opening hours come to; None where nobody has told them."""
    closures = list(Closure.objects.touching(first - DAY, last + DAY).filter(person=None))
    times: dict[int, OpeningClock | None] = {}
    for key, location in locations.items():
        week = list(location.opening_hours.all())
        theirs = [change for change in closures if change.location_id in (None, key)]
        runs = open_cells(first, last, location.zone, week, theirs)
        times[key] = OpeningClock(runs) if week else None
    return times
