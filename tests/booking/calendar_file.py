"""Calendar files as tests write them, and what is read of one."""

from datetime import UTC, datetime, timedelta

from booking.ical.parse import Reading, read_busy_times
from tests.booking.factories import SANTA_BARBARA

BEGINS, ENDS = datetime(2027, 1, 4, 17, tzinfo=UTC), datetime(2027, 4, 1, tzinfo=UTC)


def calendar(*events: str) -> bytes:
    """A calendar file; an event is given by its lines, separated by blanks."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//A//B//EN"]
    for number, event in enumerate(events):
        known = [] if "UID:" in event else [f"UID:{number}"]
        lines += ["BEGIN:VEVENT", *known, "SUMMARY:Private", *event.split(), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def read(file: bytes, *, begins: datetime = BEGINS, ends: datetime = ENDS) -> Reading:
    return read_busy_times(file, zone=SANTA_BARBARA, begins=begins, ends=ends)


def busy(*events: str) -> list[tuple[datetime, datetime]]:
    """What is read of events, on the clinic's clock."""
    return local(read(calendar(*events)))


def local(reading: Reading) -> list[tuple[datetime, datetime]]:
    return [
        (time.starts_at.astimezone(SANTA_BARBARA), time.ends_at.astimezone(SANTA_BARBARA))
        for time in reading.busy
    ]


def hours(reading: Reading) -> list[str]:
    """Such as "6 10:00 1:00": the day and hour of the clinic, and the length."""
    return [
        f"{begins.day} {begins:%H:%M} {_length(ends.astimezone(UTC) - begins.astimezone(UTC))}"
        for begins, ends in local(reading)
    ]


def _length(length: timedelta) -> str:
    minutes = int(length.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02}"
