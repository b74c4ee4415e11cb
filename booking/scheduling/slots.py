"""Which times are free, read from the database. Claims alone tell what is taken.

Every function asks at most six queries, however many days, people and appointments there are.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from booking.models import Appointment, Claim, Practitioner, Service, WeeklyHours
from booking.scheduling.availability import VisitLength, bookable_days, free_starts
from booking.scheduling.closures import closures_of
from clinic_site.clinic.models import Closure
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.opening_hours import DAY


@dataclass(frozen=True)
class Slot:
    """A time, in UTC, at which a visit can begin, and who is free for it, by their keys."""

    starts_at: datetime
    practitioners: tuple[int, ...]
    zone: ZoneInfo

    @property
    def local(self) -> datetime:
        """The time on the clock of the location."""
        return self.starts_at.astimezone(self.zone)


@dataclass(frozen=True)
class AvailabilityQuery:
    """What is looked for: a service at a place, by somebody in particular or by anybody.

    `by_desk` leaves notice, horizon and way of booking aside, which bind patients alone.
    `appointment` is one that is to get another time: its length is as promised, and what it
    holds counts as free.
    """

    service: Service
    location: Location
    practitioner: Practitioner | None = None
    by_desk: bool = False
    appointment: Appointment | None = None

    @property
    def visit(self) -> VisitLength:
        promised, service = self.appointment or self.service, self.service
        minutes, buffer = promised.duration_minutes, promised.buffer_minutes
        if self.by_desk:
            return VisitLength(minutes, buffer, service.grid_minutes)
        return VisitLength(
            minutes,
            buffer,
            service.grid_minutes,
            notice=timedelta(hours=service.notice_hours),
            horizon_days=service.horizon_days,
        )

    @property
    def own_time(self) -> datetime | None:
        """The time that `appointment` has with the same person: free, and no other time."""
        with_whom = self.practitioner and self.practitioner.pk
        if self.appointment is None or self.appointment.practitioner_id != with_whom:
            return None
        return self.appointment.starts_at

    @property
    def practitioners(self) -> list[Practitioner]:
        """Those who come into question, in the order of the team."""
        bookable = self.service.active and self.service.mode != Service.Mode.BY_PHONE
        if not (bookable or self.by_desk):
            return []
        offering = Practitioner.objects.providing(self.service, self.location)
        if self.practitioner:
            offering = offering.filter(pk=self.practitioner.pk)
        return list(offering)


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


def is_free(search: AvailabilityQuery, starts_at: datetime, *, now: datetime) -> bool:
    """Tell whether a time is offered, and taken by nobody."""
    day = starts_at.astimezone(search.location.zone).date()
    return any(slot.starts_at == starts_at for slot in free_times(search, day, day, now=now))


def free_times_of_week(
    search: AvailabilityQuery, monday: date, *, now: datetime
) -> list[tuple[date, list[Slot]]]:
    """The seven days from `monday`, each with its free times."""
    by_day: dict[date, list[Slot]] = defaultdict(list)
    for slot in free_times(search, monday, monday + 6 * DAY, now=now):
        by_day[slot.local.date()].append(slot)
    return [(day, by_day[day]) for day in (monday + n * DAY for n in range(7))]


def nearest_free_times(
    search: AvailabilityQuery, wanted: datetime, *, now: datetime, count: int = 4
) -> list[Slot]:
    """The free times closest to a wanted one, in order of time."""
    day = wanted.astimezone(search.location.zone).date()
    near = free_times(search, day - 7 * DAY, day + 14 * DAY, now=now)
    closest = sorted(near, key=lambda slot: (abs(slot.starts_at - wanted), slot.starts_at))
    return sorted(closest[:count], key=lambda slot: slot.starts_at)


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
