from datetime import UTC, datetime, time

import pytest
import time_machine

from clinic_site.clinic.models.locations import OpeningHours
from clinic_site.clinic.opening_hours import OpenHours, by_days
from tests.factories import make_location


def test_neighboring_days_with_the_same_hours_are_one_line() -> None:
    spans = [OpeningHours(weekday=day, opens=time(9), closes=time(17)) for day in range(5)]
    lines = by_days([*spans, OpeningHours(weekday=5, opens=time(9), closes=time(12))])
    assert [line.days for line in lines] == ["Monday – Friday", "Saturday", "Sunday"]
    assert [line.closed for line in lines] == [False, False, True]


def test_a_day_may_have_a_break() -> None:
    afternoon = OpeningHours(weekday=0, opens=time(14), closes=time(18))
    morning = OpeningHours(weekday=0, opens=time(8), closes=time(12))
    assert by_days([afternoon, morning])[0].spans == [
        OpenHours(time(8), time(12)),
        OpenHours(time(14), time(18)),
    ]


def test_a_place_without_hours_shows_none() -> None:
    assert by_days([]) == []


@pytest.mark.django_db
def test_today_is_the_locations_today() -> None:
    location = make_location(time_zone="America/Los_Angeles")
    with time_machine.travel(datetime(2026, 11, 23, 3, tzinfo=UTC)):
        assert location.hours_today == []  # Monday in UTC, still Sunday in Santa Barbara
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC)):
        assert [span.opens for span in location.hours_today] == [time(9)]
