"""Busy times from a practitioner's own calendar file: taken, replaced, and never over a visit."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command

from booking.actions.busy_times import import_busy_times
from booking.actions.errors import JustTaken
from booking.ical.parse import LARGEST, MOST_EVENTS, UnreadableCalendar, read_busy_times
from booking.models import BusyTime, Claim, Practitioner, Service
from clinic_site.accounts.models import User
from tests.booking.make import SANTA_BARBARA, at, book, make_practitioner
from tests.make import make_user

BEGINS, ENDS = datetime(2027, 1, 4, 17, tzinfo=UTC), datetime(2027, 4, 1, tzinfo=UTC)


def calendar(*events: str) -> bytes:
    """A calendar file; an event is given by its lines, separated by blanks."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//A//B//EN"]
    for number, event in enumerate(events):
        known = [] if "UID:" in event else [f"UID:{number}"]
        lines += ["BEGIN:VEVENT", *known, "SUMMARY:Private", *event.split(), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def busy(*events: str) -> list[tuple[datetime, datetime]]:
    """What is read of a file, on the clinic's clock."""
    times = read_busy_times(calendar(*events), zone=SANTA_BARBARA, begins=BEGINS, ends=ENDS)
    return [
        (time.starts_at.astimezone(SANTA_BARBARA), time.ends_at.astimezone(SANTA_BARBARA))
        for time in times
    ]


def test_a_time_taken_in_their_own_calendar_cannot_be_booked(
    service: Service, robin: Practitioner
) -> None:
    imported = import_busy_times(robin, calendar("DTSTART:20270106T180000Z DTEND:20270106T190000Z"))
    assert (imported.times, imported.overlapping) == (1, [])
    assert Claim.objects.filter(practitioner=robin, busy_time__isnull=False).count() == 12
    with pytest.raises(JustTaken):
        book(service, at(6, 10))


@pytest.mark.parametrize(
    ("event", "hours"),
    [
        ("DTSTART:20270106T100000 DTEND:20270106T110000", (10, 11)),  # on no clock: the clinic's
        ("DTSTART;TZID=Europe/Berlin:20270106T190000 DURATION:PT1H", (10, 11)),
        ("DTSTART;TZID=America/New_York:20270106T130000 DTEND:20270106T190000Z", (10, 11)),
    ],
)
def test_times_are_read_on_their_own_clock(event: str, hours: tuple[int, int]) -> None:
    assert busy(event) == [(at(6, hours[0]), at(6, hours[1]))]


def test_a_whole_day_is_one_of_the_clinics(robin: Practitioner) -> None:
    [(begins, ends)] = busy("DTSTART;VALUE=DATE:20270107 DTEND;VALUE=DATE:20270109")
    assert (begins, ends) == (at(7, 0), at(9, 0))
    [(begins, ends)] = busy("DTSTART;VALUE=DATE:20270314")
    assert ends.timestamp() - begins.timestamp() == 23 * 3600


def test_recurring_entries_come_each_time_but_where_they_do_not() -> None:
    weekly = "DTSTART;TZID=America/Los_Angeles:20260901T120000 DURATION:PT1H RRULE:FREQ=WEEKLY"
    found = busy(
        f"UID:a {weekly} EXDATE;TZID=America/Los_Angeles:20270112T120000",
        "UID:a RECURRENCE-ID;TZID=America/Los_Angeles:20270119T120000"
        " DTSTART;TZID=America/Los_Angeles:20270119T150000 DURATION:PT1H",
    )
    assert [begins for begins, _ends in found][:3] == [at(5, 12), at(19, 15), at(26, 12)]
    # At noon before and after the clocks changed.
    assert {begins.hour for begins, _ends in found} == {12, 15}
    assert len(found) == 12


def test_what_is_canceled_or_free_takes_no_time() -> None:
    when = "DTSTART:20270106T180000Z DTEND:20270106T190000Z"
    assert busy(f"{when} STATUS:CANCELLED", f"{when} TRANSP:TRANSPARENT") == []


def test_what_lies_outside_the_horizon_is_left(robin: Practitioner) -> None:
    file = calendar(
        "DTSTART:20270104T150000Z DTEND:20270104T180000Z",  # goes on until ten
        "DTSTART:20200101T000000Z DTEND:20200101T010000Z",
        "DTSTART:20290101T000000Z DTEND:20290101T010000Z",
    )
    import_busy_times(robin, file)
    assert [time.starts_at for time in BusyTime.objects.all()] == [at(4, 9)]


def test_a_visit_stands_and_is_reported(service: Service, robin: Practitioner) -> None:
    visit = book(service, at(6, 10))
    before = list(visit.claims.values_list("pk", "cell"))
    imported = import_busy_times(robin, calendar("DTSTART:20270106T183000Z DTEND:20270106T200000Z"))
    assert imported.overlapping == [visit]
    assert list(visit.claims.values_list("pk", "cell")) == before
    version = visit.version
    visit.refresh_from_db()
    assert visit.version == version
    # What is left of the busy time is taken.
    assert Claim.objects.filter(busy_time__isnull=False).count() == 12


def test_an_import_replaces_the_one_before(service: Service, robin: Practitioner) -> None:
    dana = make_practitioner("Dana Whitfield", service)
    one, other = (
        calendar(f"DTSTART:202701{day:02}T180000Z DTEND:202701{day:02}T190000Z") for day in (6, 7)
    )
    import_busy_times(dana, one)
    for file in (one, one, other):
        import_busy_times(robin, file)
    assert [time.starts_at for time in robin.busy_times.all()] == [at(7, 10)]
    assert book(service, at(6, 10), practitioner=robin).practitioner == robin
    assert dana.busy_times.count() == 1


def test_entries_that_overlap_take_their_time_once(robin: Practitioner) -> None:
    when = "DTSTART:20270106T180000Z DTEND:20270106T190000Z"
    later = "DTSTART:20270106T183000Z DTEND:20270106T193000Z"
    assert import_busy_times(robin, calendar(when, when, later)).times == 3
    assert Claim.objects.count() == 18


def test_nothing_but_times_is_kept(robin: Practitioner) -> None:
    import_busy_times(robin, calendar("DTSTART:20270106T180000Z DTEND:20270106T190000Z"))
    kept = BusyTime.objects.values().get()
    assert "Private" not in str(kept)


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"Hello",
        b"\xff\xfe\x00",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20270106T180000Z\r\n",
        b"BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n",
        calendar("DTSTART:2027-01-06 DTEND:tomorrow"),
        calendar("DTSTART:20270106T180000Z RRULE:FREQ=SOMETIMES"),
        calendar("DTEND:20270106T180000Z"),
        calendar("DTSTART:20270106T180000Z DURATION:PT1S RRULE:FREQ=SECONDLY"),
        calendar("DTSTART:20270106T180000Z RRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3"),
        calendar(*["DTSTART:20270106T180000Z DURATION:PT1H RRULE:FREQ=DAILY"] * 200),
        b" " * (LARGEST + 1),
        calendar(*["DTSTART:20270106T180000Z"] * (MOST_EVENTS + 1)),
    ],
    ids=range(13),
)
def test_what_cannot_be_read_is_refused_and_changes_nothing(
    robin: Practitioner, file: bytes
) -> None:
    import_busy_times(robin, calendar("DTSTART:20270106T180000Z DTEND:20270106T190000Z"))
    with pytest.raises(UnreadableCalendar, match=r"\."):
        import_busy_times(robin, file)
    assert BusyTime.objects.count() == 1


def test_the_command_says_what_it_has_done(
    service: Service, robin: Practitioner, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    staff = make_user("Front desk")
    assert isinstance(staff, User)
    visit = book(service, at(6, 10), by=staff)
    file = tmp_path / "robin.ics"
    file.write_bytes(calendar("DTSTART:20270106T180000Z DTEND:20270106T190000Z"))
    call_command("import_busy_times", robin.person.slug, file)
    said = capsys.readouterr().out
    assert "1 busy times taken." in said
    assert visit.reference in said
    assert "Jo" not in said
    with pytest.raises(CommandError, match="Nobody is called"):
        call_command("import_busy_times", "nobody", file)


def test_the_clinics_clock_is_its_locations(
    service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    location = robin.assignments.get().location
    location.time_zone = "Asia/Tokyo"
    location.save()
    import_busy_times(robin, calendar("DTSTART;VALUE=DATE:20270107"))
    time = BusyTime.objects.get()
    assert time.starts_at == datetime(2027, 1, 7, tzinfo=ZoneInfo("Asia/Tokyo"))
