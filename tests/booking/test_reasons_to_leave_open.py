"""What the comparison of calendar readers excuses, and that it excuses nothing else."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.booking.reasons_to_leave_open import Span, Taken, reason

WEEKLY = "DTSTART;TZID=America/Chicago:20270106T100000\r\nRRULE:FREQ=WEEKLY"
YEARLY = "DTSTART:20240229T180000Z\r\nRRULE:FREQ=YEARLY"


def told(lines: str, starts_at: datetime, **more: Span) -> str:
    def is_covered(span: Span) -> bool:
        return span[0].hour == 16

    taken = Taken(starts_at, starts_at + timedelta(hours=1), lines, **more)
    return reason(taken, is_covered)


THIRTEENTH = datetime(2027, 1, 13, 16, tzinfo=UTC)  # 10:00 in Chicago


@pytest.mark.parametrize(
    ("lines", "excused"),
    [
        (f"{WEEKLY}\r\nEXDATE:20270113T160000Z", "EXDATE"),
        (f"{WEEKLY}\r\nEXDATE;TZID=America/New_York:20270113T110000", "EXDATE"),
        (f"{WEEKLY}\r\nEXRULE:FREQ=WEEKLY;INTERVAL=1", "EXRULE"),
        (f"{WEEKLY}\r\nEXDATE:20270113T100000Z", ""),
        (f"{WEEKLY}\r\nEXRULE:FREQ=WEEKLY;INTERVAL=2", ""),
        (WEEKLY, ""),
        ("", ""),
    ],
)
def test_a_time_that_the_entry_leaves_out_is_excused(lines: str, excused: str) -> None:
    found = told(lines, THIRTEENTH)
    assert excused in found
    assert bool(found) == bool(excused)


def test_a_day_that_the_month_lacks_is_excused() -> None:
    assert "February 29" in told(YEARLY, datetime(2025, 3, 1, 18, tzinfo=UTC))
    assert told(YEARLY, datetime(2028, 2, 29, 18, tzinfo=UTC)) == ""
    assert told(f"{YEARLY};BYMONTHDAY=1;BYMONTH=3", datetime(2025, 3, 1, 18, tzinfo=UTC)) == ""


@pytest.mark.parametrize(("hour", "excused"), [(16, True), (17, False)])
def test_what_is_before_a_zones_first_change_is_excused_where_its_offset_is_taken(
    hour: int, excused: bool
) -> None:
    by_offset = datetime(2027, 1, 13, hour, tzinfo=UTC), datetime(2027, 1, 13, 18, tzinfo=UTC)
    assert bool(told(WEEKLY, datetime(2027, 1, 13, 10, tzinfo=UTC), by_offset=by_offset)) is excused
