"""When somebody is free, by the clock on the wall: both nights of the clock, past midnight, leap
days, closures, notice and horizon. Values alone; no database."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from booking.cells import cell_of
from booking.scheduling.availability import VisitLength, free_starts
from tests.booking.factories import SANTA_BARBARA

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
HOUR = VisitLength(60, grid_minutes=30)
NIGHT_OF_SPRING, NIGHT_OF_AUTUMN = date(2027, 3, 14), date(2027, 11, 7)


@dataclass
class Span:
    begins: time
    ends: time
    weekday: int = 0
    first_day: date | None = None
    last_day: date | None = None


@dataclass
class Differs:
    first_day: date
    last_day: date
    begins: time | None = None
    ends: time | None = None
    kind: str = "closed"


def every_day(begins: str, ends: str) -> list[Span]:
    return [Span(time.fromisoformat(begins), time.fromisoformat(ends), day) for day in range(7)]


def starts(
    day: date,
    *hours: Span,
    changes: list[Differs] | None = None,
    visit: VisitLength = HOUR,
    zone: ZoneInfo = SANTA_BARBARA,
    now: datetime | None = None,
    taken: set[int] | None = None,
) -> list[str]:
    """The free starts of a day, as the clock on the wall shows them."""
    morning = datetime.combine(day, time(), UTC) - timedelta(days=3)
    found = free_starts(
        day,
        day,
        zone=zone,
        hours=hours,
        changes=changes or [],
        taken=taken or set(),
        visit=visit,
        now=now or morning,
    )
    assert found == sorted(set(found))
    return [f"{start.astimezone(zone):%H:%M}" for start in found]


def test_visits_fit_within_the_hours_of_the_weekday() -> None:
    monday = date(2027, 1, 4)
    assert starts(monday, Span(time(9), time(11))) == ["09:00", "09:30", "10:00"]
    assert starts(monday + timedelta(days=1), Span(time(9), time(11))) == []


def test_a_day_may_have_several_spans_and_they_join() -> None:
    hours = [Span(time(9), time(10)), Span(time(13), time(14)), Span(time(14), time(14, 30))]
    assert starts(date(2027, 1, 4), *hours) == ["09:00", "13:00", "13:30"]


def test_hours_hold_from_their_first_day_to_their_last() -> None:
    span = Span(time(9), time(10), first_day=date(2027, 1, 11), last_day=date(2027, 1, 18))
    days = [date(2027, 1, 4) + n * timedelta(weeks=1) for n in range(4)]
    assert [len(starts(day, span)) for day in days] == [0, 1, 1, 0]


def test_a_claim_takes_every_start_that_would_touch_it() -> None:
    at_ten = cell_of(datetime(2027, 1, 4, 10, tzinfo=SANTA_BARBARA))
    hours = Span(time(8), time(12))
    assert starts(date(2027, 1, 4), hours, taken={at_ten}) == [
        "08:00",
        "08:30",
        "09:00",
        "10:30",
        "11:00",
    ]
    with_buffer = replace(HOUR, buffer_minutes=5)
    assert "09:00" not in starts(date(2027, 1, 4), hours, taken={at_ten}, visit=with_buffer)


def test_the_buffer_may_reach_beyond_closing_time() -> None:
    assert starts(
        date(2027, 1, 4), Span(time(9), time(10)), visit=replace(HOUR, buffer_minutes=30)
    ) == ["09:00"]


def test_hours_past_midnight_end_on_the_next_day() -> None:
    late = Span(time(22, 30), time(1))
    assert starts(date(2027, 1, 4), late) == ["22:30", "23:00", "23:30"]
    assert starts(date(2027, 1, 5), late) == ["00:00"]


def test_hours_until_midnight_join_those_after_it() -> None:
    hours = [Span(time(23), time(0)), Span(time(0), time(1), weekday=1)]
    assert starts(date(2027, 1, 4), *hours) == ["23:00", "23:30"]
    assert starts(date(2027, 1, 4), hours[0]) == ["23:00"]


def test_a_leap_day_is_a_day() -> None:
    assert starts(date(2028, 2, 29), *every_day("09:00", "10:00")) == ["09:00"]


def test_in_spring_the_skipped_hour_is_not_offered_and_a_visit_takes_its_full_time() -> None:
    assert starts(NIGHT_OF_SPRING, *every_day("00:30", "05:00")) == [
        "00:30",
        "01:00",
        "01:30",
        "03:00",
        "03:30",
        "04:00",
    ]
    assert starts(NIGHT_OF_SPRING, *every_day("02:00", "03:00")) == []
    # Between 01:30 and 03:30 there is only one hour.
    assert starts(NIGHT_OF_SPRING, *every_day("01:30", "03:30")) == ["01:30"]


def test_in_autumn_the_doubled_hour_is_offered_once() -> None:
    assert starts(NIGHT_OF_AUTUMN, *every_day("00:30", "03:00")) == [
        "00:30",
        "01:00",
        "01:30",
        "02:00",
    ]
    first_pass = datetime(2027, 11, 7, 1, tzinfo=SANTA_BARBARA)
    [start] = free_starts(
        NIGHT_OF_AUTUMN,
        NIGHT_OF_AUTUMN,
        zone=SANTA_BARBARA,
        hours=every_day("01:00", "02:00"),
        changes=[],
        taken=set(),
        visit=replace(HOUR, grid_minutes=60),
        now=first_pass - timedelta(days=1),
    )
    assert start == first_pass.astimezone(UTC)


@pytest.mark.parametrize(
    ("zone", "night"),
    [
        ("America/Havana", date(2027, 3, 14)),  # the clocks skip midnight itself
        ("Australia/Lord_Howe", date(2027, 10, 3)),  # by half an hour
        ("Asia/Kathmandu", date(2027, 3, 14)),  # three quarters off the hour
        ("Pacific/Kiritimati", date(2027, 3, 14)),  # fourteen hours ahead
    ],
)
def test_the_days_hours_follow_the_locations_clock(zone: str, night: date) -> None:
    found = starts(night, *every_day("00:00", "00:00"), zone=ZoneInfo(zone))
    assert found == sorted(found)
    assert found[0] == ("01:00" if zone == "America/Havana" else "00:00")
    assert found[-1] == "23:30"
    assert starts(night, *every_day("09:00", "11:00"), zone=ZoneInfo(zone)) == [
        "09:00",
        "09:30",
        "10:00",
    ]


def test_a_changed_zone_moves_the_hours_and_not_what_is_taken() -> None:
    monday = date(2027, 1, 4)
    hours = Span(time(9), time(11))
    taken = {cell_of(datetime(2027, 1, 4, 9, tzinfo=SANTA_BARBARA))}
    assert starts(monday, hours, taken=taken) == ["09:30", "10:00"]
    denver = ZoneInfo("America/Denver")
    assert starts(monday, hours, taken=taken, zone=denver) == ["09:00"]


def test_closed_days_and_hours_are_not_offered() -> None:
    monday = date(2027, 1, 4)
    hours = Span(time(9), time(12))
    assert starts(monday, hours, changes=[Differs(monday, monday)]) == []
    lunch = Differs(monday, date(2027, 1, 8), time(10, 2), time(10, 28))
    assert starts(monday, hours, changes=[lunch]) == ["09:00", "10:30", "11:00"]


def test_a_closure_past_midnight_reaches_into_the_next_day() -> None:
    closed = Differs(date(2027, 1, 3), date(2027, 1, 3), time(20), time(10))
    assert starts(date(2027, 1, 4), Span(time(9), time(11)), changes=[closed]) == ["10:00"]


def test_extra_hours_open_and_a_closure_wins_over_them() -> None:
    saturday = date(2027, 1, 9)
    extra = Differs(saturday, saturday, time(9), time(10), kind="extra")
    assert starts(saturday, changes=[extra]) == ["09:00"]
    assert starts(saturday, changes=[extra, Differs(saturday, saturday)]) == []


def test_notice_holds_to_the_second() -> None:
    monday = date(2027, 1, 4)
    visit = replace(HOUR, notice=timedelta(hours=24))
    nine_before = datetime(2027, 1, 3, 9, tzinfo=SANTA_BARBARA)
    hours = Span(time(9), time(10, 30))
    assert starts(monday, hours, visit=visit, now=nine_before) == ["09:00", "09:30"]
    assert starts(monday, hours, visit=visit, now=nine_before + timedelta(seconds=1)) == ["09:30"]


def test_notice_counts_real_hours_over_a_night_of_the_clock() -> None:
    visit = replace(HOUR, notice=timedelta(hours=24))
    # Saturday noon to Sunday noon are 23 hours only.
    now = datetime(2027, 3, 13, 12, tzinfo=SANTA_BARBARA)
    hours = every_day("12:00", "14:00")
    assert starts(NIGHT_OF_SPRING, *hours, visit=visit, now=now) == ["13:00"]


def test_the_horizon_moves_on_at_the_locations_midnight() -> None:
    visit = replace(HOUR, horizon_days=7)
    midnight = datetime(2027, 1, 4, tzinfo=SANTA_BARBARA)
    hours = Span(time(23), time(0))
    day = date(2027, 1, 11)
    assert starts(day, hours, visit=visit, now=midnight) == ["23:00"]
    assert starts(day, hours, visit=visit, now=midnight - timedelta(seconds=1)) == []


def test_the_ends_of_the_calendar_are_empty_days() -> None:
    for day in (date.min, date.max):
        assert (
            free_starts(
                day,
                day,
                zone=SANTA_BARBARA,
                hours=every_day("09:00", "17:00"),
                changes=[],
                taken=set(),
                visit=HOUR,
                now=LONG_AGO,
            )
            == []
        )
