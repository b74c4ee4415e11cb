"""How long practitioners were open in each month: weekly and extra hours, closures taken off."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import F, OuterRef, Subquery

from booking.cells import CELL_MINUTES, cell_after
from booking.models import Appointment, Practitioner, ServiceAssignment, WeeklyHours
from booking.numbers.counts import Counted, Counts, Measure
from booking.numbers.months import Month
from booking.numbers.read import Selection
from booking.scheduling.availability import open_cells, start_of_day
from clinic_site.clinic.models import Closure
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.opening_hours import DAY


class Workplace(NamedTuple):
    practitioner: int
    location: int


def count_open_minutes(
    months: list[Month],
    chosen: Selection,
    locations: Mapping[int, Location],
    booked: Counts,
    now: datetime,
) -> Counts:
    """The open minutes of each person, place and month, as their hours are set today.

    Of those who are new, none before this month or, if that is earlier, that of their first visit;
    of those who take no bookings now, only the months in which somebody was still booked.
    """
    begun = _first_visits(now)
    worked = {
        (of.practitioner, of.month)
        for of, measures in booked.items()
        if measures[Measure.BOOKED_MINUTES]
    }
    first, last = months[0].first, months[-1].last
    changes = list(_changes(first, last))
    counts: Counts = {}
    for place, hours in _hours(chosen).items():
        location = locations[place.location]
        since = begun.get(place.practitioner)
        works_since = Month.of(since.astimezone(location.zone).date()) if since else None
        theirs = [change for change in changes if _is_for(change, place)]
        # What begins on the day before may end on the first.
        runs = open_cells(first - DAY, last, location.zone, hours, theirs)
        for month, minutes in _by_month(runs, months, location):
            works = works_since is not None and works_since <= month
            if works or (place.practitioner, month) in worked:
                of = Counted(month, place.practitioner, None, place.location)
                counts[of] = Counter({Measure.OPEN_MINUTES: minutes})
    return counts


def _first_visits(now: datetime) -> dict[int, datetime]:
    """When each of those who can be booked had somebody first; `now`, if nobody yet."""
    visits = Appointment.objects.filter(practitioner=OuterRef("pk"), state__in=Appointment.AGREED)
    first = visits.order_by("starts_at").values("starts_at")[:1]
    people = Practitioner.objects.filter(active=True).annotate(first=Subquery(first))
    return {pk: min(first or now, now) for pk, first in people.values_list("pk", "first")}


def _hours(chosen: Selection) -> dict[Workplace, list[WeeklyHours]]:
    """The weekly hours of everybody at each place; none of those who only have extra hours."""
    asked = Selection(practitioner=chosen.practitioner, location=chosen.location).q()
    hours: dict[Workplace, list[WeeklyHours]] = defaultdict(list)
    assigned = ServiceAssignment.objects.filter(asked).values_list("practitioner", "location")
    for place in assigned.distinct().order_by():
        hours[Workplace(*place)] = []
    for span in WeeklyHours.objects.filter(asked):
        hours[Workplace(span.practitioner_id, span.location_id)].append(span)
    return hours


def _changes(first: date, last: date) -> Any:  # closures, with what only their query has
    near = Closure.objects.touching(first - 2 * DAY, last + 2 * DAY)
    return near.annotate(practitioner_id=F("person__practitioner"))


def _is_for(change: Any, place: Workplace) -> bool:
    for_person = change.person_id is None or change.practitioner_id == place.practitioner
    return for_person and change.location_id in (None, place.location)


def _by_month(
    runs: list[range], months: list[Month], location: Location
) -> Iterator[tuple[Month, int]]:
    """Cut open time at the beginnings of months; both are in order."""
    for month in months:
        begins, ends = (
            cell_after(start_of_day(day, location.zone)) for day in (month.first, month.last + DAY)
        )
        cells = (max(0, min(run.stop, ends) - max(run.start, begins)) for run in runs)
        yield month, sum(cells) * CELL_MINUTES
