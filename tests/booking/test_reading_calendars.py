"""When somebody is busy, from files as calendar programs write them: in doubt, busy, and told."""

import pytest

from booking.ical.parse import UnreadableCalendar
from tests.booking.calendar_file import busy, calendar, hours, local, read
from tests.booking.factories import at

AT_TEN = "DTSTART:20270106T180000Z DTEND:20270106T190000Z"
WEEKLY = "DTSTART;TZID=America/Los_Angeles:20261201T120000 DURATION:PT1H RRULE:FREQ=WEEKLY"
TO_19 = f"{WEEKLY};UNTIL=20270119T230000Z"


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART:20270106T100000 DTEND:20270106T110000", "6 10:00 1:00"),  # the clinic's clock
        ("DTSTART;TZID=Europe/Berlin:20270106T190000 DURATION:PT1H", "6 10:00 1:00"),
        ("DTSTART;TZID=America/New_York:20270106T130000 DTEND:20270106T190000Z", "6 10:00 1:00"),
        ("DTSTART:20270104T090500 DURATION:PT1H", "4 09:05 1:00"),  # five minutes from now
        ("DTSTART:20270104T080000 DURATION:PT1H30M", "4 09:00 0:30"),  # it goes on
        ("DTSTART:20260104T080000Z DTEND:20270106T190000Z", "4 09:00 50:00"),  # a year long
        ("DTSTART:2027-01-06T10:00:00 DTEND:2027-01-06T11:00:00-08:00", "6 10:00 1:00"),
        ("dtstart:20270106t180000z dtend:20270106t190000z", "6 10:00 1:00"),
        ("DTSTART:TZID=America/New_York:20270106T130000 DURATION:PT1H", "6 10:00 1:00"),
        ("DTSTART;X-ODD=\"a:b;c\":20270106T180000Z DURATION:P0DT1H0M0S", "6 10:00 1:00"),
        ("DTSTART:20270106T180000Z", "6 10:00 0:05"),  # no length: five minutes
        ("DTSTART:20270106T190000Z DTEND:20270106T180000Z", "6 10:00 1:00"),
        ("DTSTART:20270106T180000Z DTEND:tomorrow", "6 10:00 14:00"),
        ("DTSTART;VALUE=DATE:20270107", "7 00:00 24:00"),
        ("DTSTART;VALUE=DATE:20270107 DTEND;VALUE=DATE:20270107", "7 00:00 24:00"),
        ("DTSTART:20270107 DTEND:20270109", "7 00:00 48:00"),
        ("DTSTART;VALUE=DATE:20270107 DURATION:P2D", "7 00:00 48:00"),
        ("DTSTART;VALUE=DATE:20270109 DTEND;VALUE=DATE:20270107", "7 00:00 72:00"),
        ("DTSTART;VALUE=DATE:20270104", "4 09:00 15:00"),  # today
        ("DTSTART;VALUE=DATE:20270314", "14 00:00 23:00"),  # the clocks change
        (  # a whole day in New York
            "DTSTART;TZID=America/New_York:20270107T000000 "
            "DTEND;TZID=America/New_York:20270108T000000",
            "6 21:00 24:00",
        ),
        ("DTSTART;TZID=America/Los_Angeles;VALUE=DATE:20270107", "7 00:00 24:00"),
        (f"{AT_TEN} STATUS:TENTATIVE X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", "6 10:00 1:00"),
        (f"{AT_TEN} TRANSP:TRANSPARENT X-MICROSOFT-CDO-BUSYSTATUS:OOF", "6 10:00 1:00"),
        (f"{AT_TEN} BEGIN:VALARM TRIGGER:-PT5M DURATION:PT9H END:VALARM", "6 10:00 1:00"),
    ],
)  # fmt: skip
def test_one_entry_takes_its_time(event: str, expected: str) -> None:
    assert hours(read(calendar(event))) == [expected]


@pytest.mark.parametrize(
    "more",
    [
        "STATUS:CANCELLED",
        "STATUS:canceled",
        "TRANSP:TRANSPARENT",
        "TRANSP:transparent",
        "X-MICROSOFT-CDO-BUSYSTATUS:Free",
    ],
)
def test_what_is_canceled_or_free_takes_no_time(more: str) -> None:
    assert busy(f"{AT_TEN} {more}") == []


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([TO_19], [5, 12, 19]),
        ([f"{WEEKLY};UNTIL=20270119"], [5, 12, 19]),
        ([f"{WEEKLY};UNTIL=20270119T120000"], [5, 12, 19]),
        ([f"{WEEKLY};UNTIL=20270119T000000"], [5, 12, 19]),
        ([f"{WEEKLY};COUNT=8"], [5, 12, 19]),
        ([f"{WEEKLY};COUNT=2;UNTIL=20270119"], [5, 12, 19]),
        ([f"{TO_19} EXDATE:20270112T200000Z"], [5, 19]),
        ([f"{TO_19} EXDATE:20270112T120000,20270119T120000"], [5]),
        ([f"{TO_19} EXDATE;VALUE=DATE:20270112"], [5, 19]),
        ([f"{TO_19} EXDATE;VALUE=PERIOD:20270112T200000Z/PT1H"], [5, 19]),
        ([f"{TO_19} EXDATE:sometimes"], [5, 12, 19]),
        ([f"{TO_19} RDATE:20270113T200000Z"], [5, 12, 13, 19]),
        ([f"{TO_19} RDATE;VALUE=DATE:20270113"], [5, 12, 13, 19]),
        ([f"{TO_19} RDATE:20270113T200000Z;20270114T200000Z"], [5, 12, 13, 14, 19]),
        ([f"{TO_19} RDATE;VALUE=PERIOD:20270113T200000Z/20270113T230000Z"], [5, 12, 13, 19]),
        ([f"UID:a {TO_19}", "UID:a RECURRENCE-ID:20270112T200000Z DTSTART:20270114T200000Z"
          " DURATION:PT2H"], [5, 14, 19]),
        ([f"UID:a {TO_19}", f"UID:a RECURRENCE-ID:20270112T200000Z {AT_TEN} STATUS:CanceLLED"],
         [5, 19]),
        ([f"UID:a {TO_19}", f"UID:a RECURRENCE-ID:20270112T200000Z {AT_TEN} TRANSP:Transparent"],
         [5, 19]),
        ([f"UID:a {TO_19}", "UID:a RECURRENCE-ID;RANGE=THISANDFUTURE:20270112T200000Z"
          " DTSTART:20270113T210000Z DURATION:PT2H"], [5, 13, 20]),
        ([f"UID:a {TO_19}", "UID:a RECURRENCE-ID;RANGE=THISANDFUTURE:20270112T200000Z"
          " DTSTART:20270112T200000Z STATUS:CANCELLED"], [5]),
        ([f"UID:a {TO_19}", "UID:a RECURRENCE-ID:20270112T200000Z DTSTART:whenever"], [5, 12, 19]),
        (["UID:a RECURRENCE-ID:20260112T200000Z DTSTART:20270112T200000Z DURATION:PT1H"], [12]),
    ],
)  # fmt: skip
def test_what_repeats_comes_each_time_but_where_it_does_not(
    events: list[str], expected: list[int]
) -> None:
    assert [begins.day for begins, _ends in busy(*events)] == expected


def test_it_comes_at_its_hour_before_and_after_the_clocks_change() -> None:
    found = busy(WEEKLY, WEEKLY.replace("America/Los_Angeles", "Europe/Berlin"))
    assert {begins.hour for begins, _ends in found} == {12, 3, 4}


@pytest.mark.parametrize(
    ("rule", "per_day"),
    [
        ("FREQ=HOURLY;INTERVAL=24", 1),
        ("FREQ=DAILY;BYHOUR=12,15", 2),
        ("FREQ=HOURLY", 24),
        ("freq=daily;byhour=12; X-ODD=1;", 1),
        ("FREQ=MINUTELY;INTERVAL=720", 2),
    ],
)
def test_rules_by_the_hour_are_followed(rule: str, per_day: int) -> None:
    found = busy(f"DTSTART:20270101T120000 DURATION:PT15M RRULE:{rule}")
    assert len([begins for begins, _ends in found if begins.day == 6 and begins.month == 1]) == (
        per_day
    )


def test_a_rule_that_never_ends_counting_takes_all_of_its_time() -> None:
    reading = read(calendar("DTSTART:20260101T120000 DURATION:PT1S RRULE:FREQ=SECONDLY"))
    [(begins, ends)] = local(reading)
    assert (ends - begins).days == 86
    assert reading.warnings == [
        "Taken without a gap: an entry of January 1, 2026 — it repeats too often to take each "
        "time by itself."
    ]


@pytest.mark.parametrize(
    ("event", "note", "expected"),
    [
        ("DTSTART:soon DTEND:20270106T100000", "whole day: an entry of January 6, 2027",
         ["6 00:00 24:00"]),
        ("RDATE:20270106T100000", "whole day: an entry of January 6, 2027",
         ["6 00:00 24:00"]),
        ("DTSTART:soon EXDATE:20270106", "Left out: an entry of January 6, 2027", []),
        ("SUMMARY:Nothing", "Left out: entry number 1 of the file", []),
        ("DTSTART:20270106T180000Z DTEND:soon", "to the end of the day: an entry of January 6",
         ["6 10:00 14:00"]),
        ("DTSTART:20270106T18000Z DURATION:PT1H", "whole day: an entry of January 6, 2027",
         ["5 16:00 24:00", "6 00:00 24:00"]),
        ("DTSTART:20270106T180000Z RRULE:FREQ=SOMETIMES", "Taken in part: an entry of January 6",
         ["6 10:00 0:05"]),
        ("DTSTART:20270106T180000Z RRULE:FREQ=MONTHLY;BYDAY=XX", "Taken in part",
         ["6 10:00 0:05", "6 10:00 0:05", "6 10:00 0:05"]),
        ("DTSTART:20270106T180000Z RRULE:RSCALE=HEBREW;FREQ=YEARLY", "Taken in part: an entry of",
         ["6 10:00 0:05"]),
        ("DTSTART:20270131T180000Z RRULE:FREQ=MONTHLY;RSCALE=GREGORIAN;SKIP=BACKWARD;COUNT=2",
         "Taken in part: an entry of January 31", ["31 10:00 0:05", "31 11:00 0:05"]),
        ("DTSTART:20270106T180000Z RRULE:FREQ=MONTHLY;UNTIL=x", "Taken without an end",
         ["6 10:00 0:05", "6 10:00 0:05", "6 10:00 0:05"]),
        ("DTSTART:20270106T190000Z DTEND:20270106T180000Z", "it ends before it begins",
         ["6 10:00 1:00"]),
        ("DTSTART:20131210 RDATE;VALUE=DATE:20131210Z", "an entry of December 10, 2013", []),
    ],
)  # fmt: skip
def test_what_is_odd_is_named_by_its_day_and_refuses_no_other(
    event: str, note: str, expected: list[str]
) -> None:
    reading = read(calendar(event, "DTSTART:20270107T180000Z DURATION:PT1H"))
    assert [told for told in hours(reading) if told != "7 10:00 1:00"] == expected
    assert "7 10:00 1:00" in hours(reading)
    [said] = reading.warnings
    assert note in said


@pytest.mark.parametrize(
    "uid", ["UID:0", "UID:", "X-NO-UID:1"], ids=["the same", "an empty one", "none"]
)
def test_entries_that_share_a_uid_are_all_taken(uid: str) -> None:
    days = [f"{uid} DTSTART:202701{day:02}T180000Z DURATION:PT1H" for day in (6, 7, 8)]
    file = calendar(*days).replace(b"\r\nUID:1\r\n", b"\r\n").replace(b"\r\nUID:2\r\n", b"\r\n")
    assert hours(read(file)) == ["6 10:00 1:00", "7 10:00 1:00", "8 10:00 1:00"]


def test_of_two_versions_at_one_time_the_longer_one_is_taken() -> None:
    assert len(busy(f"UID:a {AT_TEN}", "UID:a DTSTART:20270106T180000Z DURATION:PT3H")) == 1
    assert busy(f"UID:a {AT_TEN}", "UID:a DTSTART:20270106T180000Z DURATION:PT3H") == [
        (at(6, 10), at(6, 13))
    ]


def test_a_cancellation_takes_back_the_entry_that_it_is_of() -> None:
    canceled = f"UID:a {AT_TEN} SEQUENCE:1 STATUS:CANCELLED"
    assert busy(f"UID:a {AT_TEN}", canceled) == []
    assert len(busy(f"UID:a {AT_TEN}", canceled.replace("20270106", "20270107"))) == 1


TITLED = calendar(AT_TEN).replace(b"Private", b"M\xfcnchen")


@pytest.mark.parametrize(
    "file",
    [
        TITLED,
        b"\xef\xbb\xbf" + calendar(AT_TEN),
        calendar(AT_TEN).decode().encode("utf-16"),
        calendar(AT_TEN).decode().encode("utf-16-le"),
        calendar(AT_TEN).replace(b"\r\n", b"\r"),
        calendar(AT_TEN).replace(b"\r\n", b"\r\r\n"),
        calendar(AT_TEN).replace(b"T180000Z", b"T18\r\n\t0000Z"),
        calendar(AT_TEN).replace(b"T180000Z", b"T18\n 0000Z"),
        calendar(AT_TEN).replace(b"SUMMARY", b"\0A line\r\n:\r\nSUMMARY"),
        calendar(AT_TEN).lower(),
        b"Dear Robin,\r\nhere it is.\r\n" + calendar(AT_TEN),
        calendar() + calendar(AT_TEN),
        calendar(AT_TEN) + calendar(AT_TEN),
        calendar(AT_TEN).replace(b"VEVENT", b"VTODO") + calendar(AT_TEN),
        b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * 50_000 + calendar(AT_TEN),
    ],
    ids=range(15),
)
def test_however_it_is_written_it_is_read(file: bytes) -> None:
    assert hours(read(file)) == ["6 10:00 1:00"]
    assert read(file).warnings == []


def test_a_file_that_breaks_off_says_so() -> None:
    reading = read(calendar(AT_TEN).replace(b"END:VCALENDAR\r\n", b""))
    assert hours(reading) == ["6 10:00 1:00"]
    assert "breaks off" in reading.warnings[0]


def test_free_busy_is_read() -> None:
    told = (
        "BEGIN:VFREEBUSY DTSTART:20270101T000000Z DTEND:20270201T000000Z "
        "FREEBUSY;FBTYPE=BUSY:20270106T180000Z/PT3H,20270107T180000Z/20270107T190000Z "
        "FREEBUSY;FBTYPE=free:20270108T180000Z/PT3H "
        "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20270109T180000Z/PT1H END:VFREEBUSY"
    )
    file = "\r\n".join(["BEGIN:VCALENDAR", *told.split(), "END:VCALENDAR"]).encode()
    assert hours(read(file)) == ["6 10:00 3:00", "7 10:00 1:00", "9 10:00 1:00"]


def test_working_hours_that_are_not_read_are_named() -> None:
    hours_of_work = b"BEGIN:VAVAILABILITY\r\nBEGIN:AVAILABLE\r\nDTSTART:20270106T080000Z\r\n"
    hours_of_work += b"END:AVAILABLE\r\nEND:VAVAILABILITY\r\nEND:VCALENDAR"
    reading = read(calendar(AT_TEN).replace(b"END:VCALENDAR", hours_of_work))
    assert hours(reading) == ["6 10:00 1:00"]
    assert "Left out: working hours" in reading.warnings[0]


def test_a_zip_file_is_named_as_one() -> None:
    with pytest.raises(UnreadableCalendar, match="Please unzip it and upload"):
        read(b"PK\x03\x04" + calendar(AT_TEN))


@pytest.mark.slow
def test_what_is_long_past_counts_against_no_limit() -> None:
    past = ["DTSTART:20150106T180000Z DTEND:20150106T190000Z"] * 25_000
    ended = ["DTSTART:20150106T180000Z RRULE:FREQ=DAILY;UNTIL=20160101T000000Z"] * 1_000
    assert busy(*past, *ended, AT_TEN) == [(at(6, 10), at(6, 11))]


def test_many_dates_of_one_entry_are_read() -> None:
    dates = ",".join(
        f"20{year}0106T1800{second:02}Z" for year in range(10, 99) for second in range(60)
    )
    assert len(busy(f"DTSTART:20100106T180000Z DURATION:PT1H RDATE:{dates}")) == 60
