"""Whatever the hours, closures and claims: what is offered can be booked, all else is refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booking.actions.calendars.closures import block_time
from booking.actions.errors import JustTaken, NotOffered
from booking.cells import CELL, cell_of, instant_of
from booking.models import Service
from booking.scheduling.availability import VisitLength, free_starts
from booking.scheduling.slots import AvailabilityQuery, free_times
from clinic_site.clinic.models import Closure
from clinic_site.clinic.models.locations import Location
from tests.booking.factories import MONDAY_MORNING, book, make_practitioner

pytestmark = pytest.mark.slow

ZONES = ["America/Los_Angeles", "Europe/London", "Australia/Lord_Howe", "Asia/Kathmandu"]
# Plain days, a leap day, and nights on which the clocks of one of the zones change.
DAYS = [
    date(2027, 1, 6),
    date(2028, 2, 29),
    date(2027, 3, 14),
    date(2027, 11, 7),
    date(2027, 3, 28),
    date(2027, 10, 31),
    date(2027, 4, 4),
    date(2027, 10, 3),
]
GRIDS = [5, 10, 15, 20, 30, 60]

clock_times = st.builds(time, st.integers(0, 23), st.integers(0, 11).map(lambda n: n * 5))
spans = st.tuples(clock_times, clock_times).filter(lambda span: span[0] != span[1])


@dataclass
class Hours:
    weekday: int
    begins: time
    ends: time
    first_day: date | None = None
    last_day: date | None = None


@dataclass
class Change:
    first_day: date
    last_day: date
    begins: time
    ends: time
    kind: str


def by_hand(
    cell: int,
    zone: ZoneInfo,
    hours: list[Hours],
    changes: list[Change],
    taken: set[int],
    visit: VisitLength,
    day: date,
) -> bool:
    """Tell in the most literal way whether a visit can begin in a cell."""
    start = instant_of(cell).astimezone(zone)
    if start.date() != day or start.fold or start.minute % visit.grid_minutes:
        return False
    if any(cell + n in taken for n in range(visit.cells_with_buffer)):
        return False
    return all(_is_open(cell + n, zone, hours, changes) for n in range(visit.cells))


def _is_open(cell: int, zone: ZoneInfo, hours: list[Hours], changes: list[Change]) -> bool:
    wall = instant_of(cell).astimezone(zone).replace(tzinfo=None)

    def within(first: date, last: date, begins: time, ends: time) -> bool:
        for day in (wall.date(), wall.date() - timedelta(days=1)):
            if first <= day <= last:
                opens = datetime.combine(day, begins)
                closes = datetime.combine(day + timedelta(days=ends <= begins), ends)
                if opens <= wall and wall + CELL <= closes:
                    return True
        return False

    def weekly(span: Hours) -> bool:
        return any(
            day.weekday() == span.weekday and within(day, day, span.begins, span.ends)
            for day in (wall.date(), wall.date() - timedelta(days=1))
        )

    changed = {
        kind: any(
            within(change.first_day, change.last_day, change.begins, change.ends)
            for change in changes
            if change.kind == kind
        )
        for kind in ("closed", "extra")
    }
    return not changed["closed"] and (changed["extra"] or any(map(weekly, hours)))


@settings(max_examples=150, deadline=None)
@given(data=st.data(), day=st.sampled_from(DAYS), zone=st.sampled_from(ZONES).map(ZoneInfo))
def test_what_is_free_is_what_a_literal_reading_of_the_rules_says(
    data: st.DataObject, day: date, zone: ZoneInfo
) -> None:
    near = st.integers(-2, 1).map(lambda n: day + timedelta(days=n))
    hours = [
        Hours(on.weekday(), *span)
        for on, span in data.draw(st.lists(st.tuples(near, spans), min_size=1, max_size=4))
    ]
    changes = [
        Change(on, on, *span, kind)
        for on, span, kind in data.draw(
            st.lists(st.tuples(near, spans, st.sampled_from(["closed", "extra"])), max_size=3)
        )
    ]
    midnight = cell_of(datetime.combine(day, time(), zone))
    taken = data.draw(st.sets(st.integers(midnight - 50, midnight + 350), max_size=6))
    visit = VisitLength(
        data.draw(st.sampled_from([5, 30, 50, 75, 120])),
        data.draw(st.sampled_from([0, 15])),
        data.draw(st.sampled_from(GRIDS)),
    )
    found = free_starts(
        day,
        day,
        zone=zone,
        hours=hours,
        changes=changes,
        taken=taken,
        visit=visit,
        now=datetime(2027, 1, 1, tzinfo=UTC),
    )
    around = range(midnight - 40, midnight + 340)
    expected = [c for c in around if by_hand(c, zone, hours, changes, taken, visit, day)]
    assert [cell_of(start) for start in found] == expected


@contextmanager
def undone() -> Iterator[None]:
    """Do something in the database, and then as if it had not been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_every_offered_time_can_be_booked_and_every_other_is_refused(
    service: Service, data: st.DataObject
) -> None:
    day = date(2027, 1, 6)
    near = st.integers(-1, 0).map(lambda n: day + timedelta(days=n))
    with undone():
        location = Location.objects.get()
        robin = make_practitioner("Robin Alvarez", service)
        robin.weekly_hours.all().delete()
        for on, (begins, ends) in data.draw(
            st.lists(st.tuples(near, spans), min_size=1, max_size=3)
        ):
            robin.weekly_hours.create(
                location=location, weekday=on.weekday(), begins=begins, ends=ends
            )
        for on, (begins, ends), kind in data.draw(
            st.lists(st.tuples(near, spans, st.sampled_from(Closure.Kind.values)), max_size=2)
        ):
            Closure.objects.create(first_day=on, last_day=on, begins=begins, ends=ends, kind=kind)
        midnight = datetime.combine(day, time(), location.zone).astimezone(UTC)
        for place in data.draw(st.sets(st.integers(0, 12), max_size=3)):
            begins_at = midnight + timedelta(hours=place * 2)
            block_time(robin, starts_at=begins_at, ends_at=begins_at + timedelta(minutes=35))
        offered = [
            slot.starts_at
            for slot in free_times(
                AvailabilityQuery(service, location), day, day, now=MONDAY_MORNING
            )
        ]
        for wanted in _some(data, offered):
            with undone():
                assert book(service, wanted).starts_at == wanted
        every = {midnight + n * CELL for n in range(288)}
        for wanted in _some(data, sorted(every - set(offered))):
            with pytest.raises((NotOffered, JustTaken)):
                book(service, wanted)


def _some(data: st.DataObject, times: list[datetime]) -> list[datetime]:
    return data.draw(st.lists(st.sampled_from(times), max_size=6, unique=True)) if times else []
