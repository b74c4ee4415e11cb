"""The same time each week or, where it is taken or closed, the nearest free one."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from booking.models import Practitioner, Service
from booking.scheduling.course_times import (
    AROUND,
    PlannedVisit,
    plan_course,
    plan_weekly,
    steadiest,
    wanted_times,
)
from booking.scheduling.query import AvailabilityQuery, Slot
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from clinic_site.clinic.models.locations import Location
from tests.booking.courses.factories import WEDNESDAYS, make_course
from tests.booking.factories import SANTA_BARBARA, at, book, make_practitioner

FORWARD, BACK = date(2027, 3, 14), date(2027, 11, 7)


def planned(
    service: Service, practitioner: Practitioner | None, first: datetime, size: int = 6, **more: Any
) -> list[PlannedVisit]:
    search = AvailabilityQuery(service, Location.objects.get(), practitioner, by_desk=True)
    return plan_course(search, first, size, now=timezone.now(), **more)[1]


def found(visits: list[PlannedVisit]) -> list[str]:
    return [f"{visit.slot.local:%b %d %H:%M}" if visit.slot else "none" for visit in visits]


def close(**fields: Any) -> None:
    Closure.objects.create(**{"kind": Closure.Kind.CLOSED} | fields)


def test_a_free_calendar_gives_the_same_time_each_week(
    service: Service, robin: Practitioner
) -> None:
    visits = planned(service, robin, WEDNESDAYS[0])
    assert [visit.slot.starts_at for visit in visits if visit.slot] == WEDNESDAYS
    assert all(visit.is_as_wanted for visit in visits)


def test_a_course_may_go_every_other_week(service: Service, robin: Practitioner) -> None:
    visits = planned(service, robin, WEDNESDAYS[0], 3, weeks_between=2)
    assert found(visits) == ["Jan 06 10:00", "Jan 20 10:00", "Feb 03 10:00"]


def test_a_time_that_is_taken_gives_the_nearest_of_the_same_day(
    service: Service, robin: Practitioner
) -> None:
    book(service, WEDNESDAYS[1], practitioner=robin)
    visits = planned(service, robin, WEDNESDAYS[0], 3)
    assert found(visits) == ["Jan 06 10:00", "Jan 13 09:00", "Jan 20 10:00"]
    assert [visit.is_as_wanted for visit in visits] == [True, False, True]
    assert visits[1].others[0].starts_at == at(13, 11)  # as near, and later


def test_a_holiday_gives_the_nearest_day(service: Service, robin: Practitioner) -> None:
    close(first_day=date(2027, 1, 18), last_day=date(2027, 1, 18), reason="Martin Luther King Day")
    visits = planned(service, robin, at(11, 10), 3)
    assert found(visits) == ["Jan 11 10:00", "Jan 19 10:00", "Jan 25 10:00"]


def test_a_week_that_is_closed_is_left_out_and_the_course_ends_a_week_later(
    service: Service, robin: Practitioner
) -> None:
    close(first_day=date(2027, 1, 10), last_day=date(2027, 1, 16))
    visits = planned(service, robin, WEDNESDAYS[0], 3)
    assert found(visits) == ["Jan 06 10:00", "Jan 20 10:00", "Jan 27 10:00"]
    assert visits[1].skipped == (date(2027, 1, 13),)


def test_nobody_at_work_gives_visits_without_a_time(service: Service, robin: Practitioner) -> None:
    close(first_day=date(2027, 1, 1), last_day=date(2027, 12, 31))
    assert found(planned(service, robin, WEDNESDAYS[0], 3)) == ["none"] * 3


@pytest.mark.parametrize("night", [FORWARD, BACK])
def test_the_time_of_day_stays_when_the_clocks_change(
    service: Service, robin: Practitioner, night: date, clock: time_machine.Traveller
) -> None:
    monday = night - timedelta(days=6)
    first = datetime.combine(monday, time(10), SANTA_BARBARA)
    clock.move_to(first - timedelta(days=2))
    visits = planned(service, robin, first, 3)
    slots = [visit.slot for visit in visits if visit.slot]
    assert [slot.local.time() for slot in slots] == [time(10)] * 3
    gaps = {later.starts_at - one.starts_at for one, later in pairwise(slots)}
    hour = timedelta(hours=-1 if night == FORWARD else 1)
    assert gaps == {timedelta(days=7), timedelta(days=7) + hour}


@pytest.mark.parametrize("night", [FORWARD, BACK])
def test_a_course_is_booked_at_night_across_the_change_of_the_clocks(
    service: Service, robin: Practitioner, staff: User, night: date, clock: time_machine.Traveller
) -> None:
    """At half past two on a Sunday, which one night skips and another has twice."""
    robin.weekly_hours.all().delete()
    for weekday in range(7):
        robin.weekly_hours.create(
            location=Location.objects.get(), weekday=weekday, begins=time(0), ends=time(6)
        )
    first = datetime.combine(night - timedelta(days=7), time(2, 30), SANTA_BARBARA)
    clock.move_to(first - timedelta(days=3))
    visits = planned(service, robin, first, 3)
    times = [visit.slot.local for visit in visits if visit.slot]
    skipped = time(3) if night == FORWARD else time(2, 30)
    assert [each.time() for each in times] == [time(2, 30), skipped, time(2, 30)]
    assert [each.fold for each in times] == [0, 0, 0]
    course = make_course(service, robin, staff, times)
    assert course.appointments.count() == 3


def test_with_anyone_it_is_the_one_who_is_free_most_often(
    service: Service, robin: Practitioner
) -> None:
    dana = make_practitioner("Dana Whitfield", service)
    for taken in WEDNESDAYS[:2]:
        book(service, taken, practitioner=robin)
    search = AvailabilityQuery(service, Location.objects.get(), by_desk=True)
    person, visits = plan_course(search, WEDNESDAYS[0], 6, now=timezone.now())
    assert person == dana
    assert {visit.slot.practitioners for visit in visits if visit.slot} == {(dana.pk,)}


def test_a_time_that_has_passed_is_not_proposed(service: Service, robin: Practitioner) -> None:
    visits = planned(service, robin, at(4, 8), 2)  # it is nine
    assert found(visits)[0] == "Jan 04 09:00"


@pytest.mark.parametrize("size", [2, 24])
def test_planning_takes_as_many_queries_for_many_visits_as_for_two(
    service: Service, robin: Practitioner, size: int, django_assert_num_queries: Any
) -> None:
    search = AvailabilityQuery(service, Location.objects.get(), robin, by_desk=True)
    with django_assert_num_queries(4):
        plan_course(search, WEDNESDAYS[0], size, now=timezone.now())


def _slots(offsets: set[tuple[int, int]]) -> list[Slot]:
    start = datetime(2027, 1, 4, 9, tzinfo=SANTA_BARBARA)
    instants = {start + timedelta(days=day, minutes=15 * step) for day, step in offsets}
    return [Slot(instant, (1,), SANTA_BARBARA) for instant in sorted(instants)]


@given(
    st.sets(st.tuples(st.integers(0, 120), st.integers(0, 31))),
    st.integers(2, 8),
    st.integers(1, 3),
)
def test_no_two_visits_meet_and_each_is_near_the_time_wanted(
    offsets: set[tuple[int, int]], size: int, weeks: int
) -> None:
    free = _slots(offsets)
    visits = plan_weekly(at(6, 10), SANTA_BARBARA, free, size=size, weeks_between=weeks)
    assert len(visits) == size
    times = [visit.slot.starts_at for visit in visits if visit.slot]
    assert times == sorted(set(times))
    for visit in visits:
        if visit.slot:
            away = visit.slot.local.date() - visit.wanted.date()
            assert abs(away.days) <= AROUND
            assert visit.is_as_wanted or visit.wanted not in {slot.local for slot in free}


def test_the_steadiest_is_who_is_free_at_most_of_the_times() -> None:
    wanted = wanted_times(at(6, 10), SANTA_BARBARA, size=3)
    free = [
        Slot(wanted[0], (1, 2), SANTA_BARBARA),
        Slot(wanted[1], (2,), SANTA_BARBARA),
        Slot(wanted[0] + timedelta(hours=1), (1,), SANTA_BARBARA),
    ]
    assert steadiest(wanted, free) == 2
    assert steadiest(wanted, []) is None
