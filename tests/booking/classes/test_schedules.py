"""A weekly class has its dates made ahead, at its wall time, on the days that are open."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from booking.actions.calendars.closures import block_time, create_closure
from booking.actions.classes.schedules import (
    create_schedule,
    end_schedule,
    make_class_dates,
    make_dates_of,
)
from booking.actions.classes.sessions import cancel_session, move_session
from booking.models import ClassSchedule, ClassSession, Practitioner, Seat, Service
from booking.scheduling.weekly_dates import missing_dates
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from clinic_site.clinic.models.locations import Location
from tests.booking.classes.factories import WEDNESDAY, join
from tests.booking.factories import SANTA_BARBARA, at
from tests.threads import at_once


def weekly(service: Service, practitioner: Practitioner, **fields: Any) -> ClassSchedule:
    defaults = {
        "weekday": 2,
        "begins": time(9),
        "seats": 6,
        "first_day": date(2027, 1, 4),
        "location": Location.objects.get(),
    }
    return ClassSchedule(service=service, practitioner=practitioner, **defaults | fields)


def local_times() -> list[datetime]:
    return [
        session.starts_at.astimezone(SANTA_BARBARA)
        for session in ClassSession.objects.open().order_by("starts_at")
    ]


def test_the_dates_of_the_coming_weeks_are_made_once(
    group_class: Service, theo: Practitioner, staff: User
) -> None:
    assert create_schedule(weekly(group_class, theo), by=staff) == []
    days = [local.date() for local in local_times()]
    assert days[:2] == [date(2027, 1, 6), date(2027, 1, 13)]
    assert len(days) == 10  # sixty days ahead, and one week
    assert Seat.objects.count() == 60
    assert make_class_dates(timezone.now()) == 0
    assert make_class_dates(timezone.now() + timedelta(days=7)) == 1


def test_over_the_night_when_clocks_change_a_class_keeps_its_wall_time(
    group_class: Service, theo: Practitioner, staff: User
) -> None:
    group_class.horizon_days = 90
    group_class.save()
    create_schedule(weekly(group_class, theo, weekday=6), by=staff)
    assert {local.time() for local in local_times()} == {time(9)}
    assert len({local.utcoffset() for local in local_times()}) == 2  # March 14 lies between


def test_a_class_at_an_hour_that_a_night_skips_is_left_out_that_night(
    group_class: Service, theo: Practitioner, staff: User
) -> None:
    group_class.horizon_days = 90
    group_class.save()
    create_schedule(weekly(group_class, theo, weekday=6, begins=time(2, 30)), by=staff)
    days = [local.date() for local in local_times()]
    assert date(2027, 3, 14) not in days
    assert {date(2027, 3, 7), date(2027, 3, 21)} <= {*days}


def test_no_date_is_made_on_a_closed_day_and_it_is_made_once_that_is_open(
    group_class: Service, theo: Practitioner, staff: User
) -> None:
    closed = Closure(first_day=date(2027, 1, 13), last_day=date(2027, 1, 13), reason="Painting")
    create_closure(closed, by=staff)
    schedule = weekly(group_class, theo)
    create_schedule(schedule, by=staff)
    assert date(2027, 1, 13) not in [local.date() for local in local_times()]
    closed.delete()
    assert make_class_dates(timezone.now()) == 1
    assert date(2027, 1, 13) in [local.date() for local in local_times()]


def test_a_date_whose_time_is_taken_is_told_and_made_once_that_is_free(
    group_class: Service, theo: Practitioner, staff: User
) -> None:
    block = block_time(theo, starts_at=at(13, 9), ends_at=at(13, 10), by=staff)
    schedule = weekly(group_class, theo)
    taken = create_schedule(schedule, by=staff)
    assert [one.day for one in taken] == [date(2027, 1, 13)]
    assert [one.day for one in missing_dates(schedule, timezone.now())] == [date(2027, 1, 13)]
    block.claims.all().delete()
    assert make_dates_of(schedule, timezone.now()) == []
    assert missing_dates(schedule, timezone.now()) == []


def test_a_date_called_off_or_moved_is_not_made_again(
    group_class: Service, theo: Practitioner, staff: User
) -> None:
    create_schedule(weekly(group_class, theo), by=staff)
    first, second, *_others = ClassSession.objects.order_by("starts_at")
    cancel_session(first, by=staff)
    move_session(second, starts_at=at(14, 9), practitioner=theo, by=staff)
    assert make_class_dates(timezone.now()) == 0


def test_a_weekly_class_that_ends_keeps_the_dates_that_somebody_has_booked(
    group_class: Service, theo: Practitioner, staff: User
) -> None:
    schedule = weekly(group_class, theo)
    create_schedule(schedule, by=staff)
    join(group_class, 1, WEDNESDAY + timedelta(days=14))
    assert end_schedule(schedule, date(2027, 1, 6), by=staff) == 1
    assert [local.date().day for local in local_times()] == [6, 20]
    assert make_class_dates(timezone.now()) == 0


def test_no_dates_are_made_for_somebody_who_has_left(
    group_class: Service, theo: Practitioner, staff: User
) -> None:
    create_schedule(weekly(group_class, theo), by=staff)
    theo.active = False
    theo.save()
    assert make_class_dates(timezone.now() + timedelta(days=7)) == 0


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_several_workers_make_each_date_once(
    group_class: Service, theo: Practitioner, staff: User
) -> None:
    weekly(group_class, theo).save()
    made = at_once(lambda: make_class_dates(timezone.now()), times=4)
    assert sum(made) == ClassSession.objects.count() == 10
