"""Which times are free, read from the database. Claims alone tell what is taken.

Every function asks at most six queries, however many days, people and appointments there are.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from booking.models import Appointment, Claim, Practitioner, Service, WeeklyHours
from booking.scheduling.availability import bookable_days, free_starts
from booking.scheduling.class_dates import class_dates
from booking.scheduling.closures import closures_of
from booking.scheduling.query import AvailabilityQuery, Slot
from clinic_site.clinic.models import Closure
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.opening_hours import DAY

__all__ = ["AvailabilityQuery", "Slot"]  # what is looked for, and what is found

# Classes meet once a week: so many days around one that has gone, others are looked for.
CLASS_DAYS = 28


def free_times(search: AvailabilityQuery, first: date, last: date, *, now: datetime) -> list[Slot]:
    """The free times on the days `first` to `last` at the location, in order."""
    practitioners = search.practitioners
    return _free_times(search, practitioners, first, last, now)


def offered_times(
    search: AvailabilityQuery,
    practitioners: Iterable[Practitioner],
    first: date,
    last: date,
    *,
    now: datetime,
) -> list[Slot]:
    """The times that would be free if nothing were taken."""
    return _free_times(search, practitioners, first, last, now, with_claims=False)


def next_free_times(search: AvailabilityQuery, *, now: datetime, count: int = 6) -> list[Slot]:
    """The next `count` free times."""
    return upcoming_free_times(search, now=now, count=count)[:count]


def upcoming_free_times(search: AvailabilityQuery, *, now: datetime, count: int = 6) -> list[Slot]:
    """The free times of this week and the next; of all weeks, if these have less than `count`."""
    practitioners = search.practitioners
    first, last = bookable_days(
        date.min, date.max, zone=search.location.zone, visit=search.visit, now=now
    )
    # Nearly always the first two weeks have enough, and the rest need not be read: two queries
    # more where it has not, after two for people and hours and two for those two weeks.
    sunday = min(first + (13 - first.weekday()) * DAY, last)
    hours = _hours(practitioners, search.location)
    near = _free_times(search, practitioners, first, sunday, now, hours=hours)
    if len(near) >= count or sunday == last:
        return near
    return near + _free_times(search, practitioners, sunday + DAY, last, now, hours=hours)


def soonest_times(
    practitioner: Practitioner,
    services: Iterable[Service],
    location: Location,
    *,
    now: datetime,
    days: int = 14,
    count: int = 3,
) -> list[tuple[Service, list[Slot]]]:
    """The next `count` free times of one person for each service, today and `days` ahead.

    In three queries, however many services there are.
    """
    searches = [AvailabilityQuery(service, location, practitioner) for service in services]
    if not searches:
        return []
    zone, person = location.zone, practitioner.pk
    first = now.astimezone(zone).date()
    last = first + timedelta(days=days)
    hours = _hours([practitioner], location)[person]
    changes = _changes([person], location, first, last)
    taken = _taken(searches[0], [person], first, last, now).get(person, set())
    found = []
    for search in searches:
        if search.service.is_class:
            found.append((search.service, _seats(search, first, last, now)[:count]))
            continue
        starts = free_starts(
            first,
            last,
            zone=zone,
            hours=hours,
            changes=[*changes[None], *changes[person]],
            taken=taken,
            visit=search.visit,
            now=now,
        )
        found.append((search.service, [Slot(start, (person,), zone) for start in starts[:count]]))
    return found


def is_free(search: AvailabilityQuery, starts_at: datetime, *, now: datetime) -> bool:
    """Tell whether a time is offered, and taken by nobody."""
    day = starts_at.astimezone(search.location.zone).date()
    return any(slot.starts_at == starts_at for slot in free_times(search, day, day, now=now))


def free_times_of_week(
    search: AvailabilityQuery, begins: date, *, now: datetime
) -> list[tuple[date, list[Slot]]]:
    """The seven days from `begins`, each with its free times."""
    by_day: dict[date, list[Slot]] = defaultdict(list)
    for slot in free_times(search, begins, begins + 6 * DAY, now=now):
        by_day[slot.local.date()].append(slot)
    return [(day, by_day[day]) for day in (begins + n * DAY for n in range(7))]


def nearest_free_times(
    search: AvailabilityQuery, wanted: datetime, *, now: datetime, count: int = 4
) -> list[Slot]:
    """The free times closest to a wanted one, in order of time."""
    day = wanted.astimezone(search.location.zone).date()
    before, after = (CLASS_DAYS, CLASS_DAYS) if search.service.is_class else (7, 14)
    near = free_times(search, day - before * DAY, day + after * DAY, now=now)
    closest = sorted(near, key=lambda slot: (abs(slot.starts_at - wanted), slot.starts_at))
    return sorted(closest[:count], key=lambda slot: slot.starts_at)


def times_instead_of(appointment: Appointment, *, now: datetime, count: int = 3) -> list[Slot]:
    """What patients can book near the time of a visit that is called off.

    With the same person or, if there is nothing, with anyone.
    """
    if appointment.starts_at is None or appointment.starts_at <= now:
        return []
    for practitioner in dict.fromkeys([appointment.practitioner, None]):
        search = AvailabilityQuery(appointment.service, appointment.location, practitioner)
        if near := nearest_free_times(search, appointment.starts_at, now=now, count=count):
            return near
    return []


def _free_times(
    search: AvailabilityQuery,
    practitioners: Iterable[Practitioner],
    first: date,
    last: date,
    now: datetime,
    *,
    with_claims: bool = True,
    hours: dict[int, list[WeeklyHours]] | None = None,
) -> list[Slot]:
    if search.service.is_class:
        return _seats(search, first, last, now)
    zone, visit = search.location.zone, search.visit
    first, last = bookable_days(first, last, zone=zone, visit=visit, now=now)
    people = [practitioner.pk for practitioner in practitioners]
    if first > last or not people:
        return []
    hours = _hours(practitioners, search.location) if hours is None else hours
    changes = _changes(people, search.location, first, last)
    taken = _taken(search, people, first, last, now) if with_claims else {}
    free_for: dict[datetime, list[int]] = defaultdict(list)
    for person in people:
        for start in free_starts(
            first,
            last,
            zone=zone,
            hours=hours[person],
            changes=[*changes[None], *changes[person]],
            taken=taken.get(person, frozenset()),
            visit=visit,
            now=now,
        ):
            free_for[start].append(person)
    return [Slot(start, tuple(free_for[start]), zone) for start in sorted(free_for)]


def _seats(search: AvailabilityQuery, first: date, last: date, now: datetime) -> list[Slot]:
    """The sessions of a class that have a seat left."""
    free_for: dict[datetime, list[int]] = defaultdict(list)
    left: dict[datetime, int] = defaultdict(int)
    for each in class_dates(search, first, last, now=now):
        if not each.is_full:
            free_for[each.starts_at].append(each.session.practitioner_id)
            left[each.starts_at] += each.left
    zone = search.location.zone
    return [Slot(start, tuple(people), zone, left[start]) for start, people in free_for.items()]


def _hours(
    practitioners: Iterable[Practitioner], location: Location
) -> dict[int, list[WeeklyHours]]:
    hours: dict[int, list[WeeklyHours]] = defaultdict(list)
    for span in WeeklyHours.objects.filter(practitioner__in=practitioners, location=location):
        hours[span.practitioner_id].append(span)
    return hours


def _changes(
    people: list[int], location: Location, first: date, last: date
) -> dict[int | None, list[Closure]]:
    changes: dict[int | None, list[Closure]] = defaultdict(list)
    for change in closures_of(people, location, first - DAY, last + DAY):
        changes[change.practitioner_id].append(change)
    return changes


def _taken(
    search: AvailabilityQuery, people: list[int], first: date, last: date, now: datetime
) -> dict[int, set[int]]:
    zone = search.location.zone
    # What begins on the last day may reach into the following one.
    begins, ends = (datetime.combine(day, time(), zone) for day in (first, last + 2 * DAY))
    claims = Claim.objects.filter(practitioner__in=people).between(begins, ends).in_force(now)
    if search.appointment:
        claims = claims.exclude(appointment=search.appointment)
    taken: dict[int, set[int]] = defaultdict(set)
    for person, cell in claims.values_list("practitioner_id", "cell"):
        taken[person].add(cell)
    return taken
