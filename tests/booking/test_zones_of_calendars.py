"""On which clock a calendar file means a time: zones by whatever name, and the unknown told."""

import pytest

from tests.booking.calendar_file import calendar, hours, read


@pytest.mark.parametrize(
    "zone",
    [
        "America/New_York",
        "america/new_york",
        "/freeassociation.sourceforge.net/America/New_York",
        "/mozilla.org/20050126_1/America/New_York",
        "Eastern Standard Time",
        '"(UTC-05:00) Eastern Time (US & Canada)"',
        "(UTC-05:00) Eastern Time (US & Canada)",
        "(GMT-05.00) Eastern Time (US & Canada)",
        "Eastern Time",
        "EST",
        "GMT-0500",
        "UTC-05:00",
        "(UTC-05:00) Bogota, Lima, Quito",
        "tzone://Microsoft/Custom with its VTIMEZONE",
        "Customized Time Zone with its VTIMEZONE",
    ],
)
def test_zones_are_understood_by_whatever_name(zone: str) -> None:
    assert hours(read(_in_zone(zone, "20270106T130000"))) == ["6 10:00 1:00"]
    assert read(_in_zone(zone, "20270106T130000")).warnings == []


@pytest.mark.parametrize(
    ("zone", "expected", "note"),
    [
        ("Our office", "6 13:00 1:00", "1 entry had a time zone that we don’t know; we took"),
        ("tzone://Microsoft/Custom", "6 13:00 1:00", "we took the clinic’s"),
        ("(UTC-05:00) Our office", "6 10:00 1:00", "it may be an hour off in summer"),
    ],
)  # fmt: skip
def test_a_zone_that_nobody_knows_is_told(zone: str, expected: str, note: str) -> None:
    reading = read(_in_zone(zone, "20270106T130000"))
    assert hours(reading) == [expected]
    assert note in reading.warnings[0]


def _in_zone(zone: str, starts: str) -> bytes:
    zone, with_it, _rest = zone.partition(" with ")
    written = [
        "BEGIN:VTIMEZONE", f"TZID:{zone}", "BEGIN:STANDARD", "DTSTART:16010101T000000",
        "TZOFFSETFROM:-0500", "TZOFFSETTO:-0500", "END:STANDARD", "END:VTIMEZONE",
    ]  # fmt: skip
    event = ["BEGIN:VEVENT", f"DTSTART;TZID={zone}:{starts}", "DURATION:PT1H", "END:VEVENT"]
    return "\n".join(
        ["BEGIN:VCALENDAR", *event, *(written if with_it else []), "END:VCALENDAR"]
    ).encode()


def test_a_zone_that_is_not_what_its_name_says_takes_both() -> None:
    file = _in_zone("Europe/Lisbon with its VTIMEZONE", "20270106T130000")
    assert hours(read(file)) == ["6 05:00 1:00", "6 10:00 1:00"]


@pytest.mark.parametrize(
    "onset",
    [
        "DTSTART:20200101T000000\nTZOFFSETTO:-05:00",
        "DTSTART;TZID=Our office:20200101T000000",
        "DTSTART:20200101T000000\nRDATE;VALUE=PERIOD:20210101T000000/20210102T000000",
    ],
    ids=["an offset with a colon", "in a zone", "a period"],
)
def test_a_zone_whose_hours_begin_in_an_odd_way_is_read(onset: str) -> None:
    file = _in_zone("Our office with its VTIMEZONE", "20270106T130000").decode()
    reading = read(file.replace("DTSTART:16010101T000000", onset).encode())
    assert hours(reading) == ["6 10:00 1:00"]
    assert reading.warnings == []


def test_before_a_zone_first_changes_both_of_its_hours_are_taken() -> None:
    file = _in_zone("Our office with its VTIMEZONE", "20270106T130000").decode()
    file = file.replace("DTSTART:1601", "DTSTART:2028").replace("FROM:-0500", "FROM:-0400")
    assert hours(read(file.encode())) == ["6 09:00 1:00", "6 10:00 1:00"]


@pytest.mark.parametrize(
    "start",
    [
        "DTSTART;TZID=America/New_York;VALUE=DATE:20270107",
        "DTSTART;TZID=America/New_York:20270107T000000 DURATION:P1D"
        " X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
    ],
)
def test_a_whole_day_of_elsewhere_is_one_of_the_clinics_too(start: str) -> None:
    assert hours(read(calendar(start))) == ["6 21:00 24:00", "7 00:00 24:00"]


@pytest.mark.parametrize(
    "named", ["X-WR-TIMEZONE:America/New_York", "TIMEZONE-ID:America/New_York", "TZ:-05:00"]
)
def test_a_calendar_that_names_its_zone_may_mean_it_or_the_clinics(named: str) -> None:
    file = calendar("DTSTART:20270106T130000 DURATION:PT1H")
    file = file.replace(b"VERSION:2.0", named.encode())
    assert hours(read(file)) == ["6 10:00 1:00", "6 13:00 1:00"]
