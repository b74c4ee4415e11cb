"""Busy times from a practitioner's own calendar file: taken, replaced, and never over a visit."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command

from booking.actions.calendars.busy_times import NothingBusy, import_busy_times, remove_busy_times
from booking.actions.errors import JustTaken
from booking.actions.visits import cancel_appointment, move_appointment
from booking.ical.lines import MOST_LINES
from booking.ical.parse import LARGEST, MOST_ENTRIES, UnreadableCalendar
from booking.models import BusyTime, Claim, Practitioner, Service
from clinic_site.accounts.models import User
from tests.booking.calendar_file import calendar
from tests.booking.factories import at, book, make_practitioner
from tests.factories import make_user

AT_TEN = "DTSTART:20270106T180000Z DTEND:20270106T190000Z"


def test_a_time_taken_in_their_own_calendar_cannot_be_booked(
    service: Service, robin: Practitioner
) -> None:
    imported = import_busy_times(robin, calendar(AT_TEN))
    assert (imported.times, imported.overlapping) == (1, [])
    assert Claim.objects.filter(practitioner=robin, busy_time__isnull=False).count() == 12
    with pytest.raises(JustTaken):
        book(service, at(6, 10))


def test_what_nobody_can_book_for_long_is_left(robin: Practitioner) -> None:
    file = calendar(
        "DTSTART:20270104T150000Z DTEND:20270104T180000Z",  # goes on until ten
        "DTSTART:20200101T000000Z DTEND:20200101T010000Z",
        "DTSTART:20290101T000000Z DTEND:20290101T010000Z",
    )
    import_busy_times(robin, file)
    assert [time.starts_at for time in BusyTime.objects.all()] == [at(4, 9)]


def test_a_series_stays_busy_as_the_days_that_can_be_booked_move_on(
    service: Service, robin: Practitioner
) -> None:
    """A week later patients can book a week more, and the file is no longer there."""
    weekly = "DTSTART;TZID=America/Los_Angeles:20270106T100000 DURATION:PT1H RRULE:FREQ=WEEKLY"
    import_busy_times(robin, calendar(weekly))
    last = at(4, 9) + timedelta(days=service.horizon_days + 150)
    assert robin.busy_times.filter(starts_at__gt=last).exists()


def test_whoever_can_be_booked_beyond_their_file_is_named(
    service: Service, robin: Practitioner
) -> None:
    import_busy_times(robin, calendar(AT_TEN))
    until = robin.busy_known_until
    assert until is not None
    still_known = until - timedelta(days=service.horizon_days)
    beyond = Practitioner.objects.booked_beyond_their_file
    assert beyond(still_known) == []
    assert beyond(still_known + timedelta(minutes=1)) == [robin]
    with pytest.raises(NothingBusy) as asked:
        import_busy_times(robin, calendar())
    remove_busy_times(robin, seen=asked.value.seen)
    assert beyond(still_known + timedelta(minutes=1)) == []


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
    import_busy_times(robin, calendar(AT_TEN))
    kept = BusyTime.objects.values().get()
    assert "Private" not in str(kept)


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"Hello",
        b"\xff\xfe\x00",
        b"BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n",
        b" " * (LARGEST + 1),
        calendar(*["DTSTART:20270106T180000Z"] * (MOST_ENTRIES + 1)),
        calendar(*["DTSTART:20270106T180000Z DURATION:PT1H RRULE:FREQ=HOURLY"] * 20),
        b"A\n" * (MOST_LINES + 2),
    ],
    ids=range(8),
)
@pytest.mark.slow
def test_what_cannot_be_read_is_refused_and_changes_nothing(
    robin: Practitioner, file: bytes
) -> None:
    import_busy_times(robin, calendar(AT_TEN))
    with pytest.raises(UnreadableCalendar, match=r"\."):
        import_busy_times(robin, file)
    assert BusyTime.objects.count() == 1


@pytest.mark.parametrize(
    "file",
    [
        calendar(),
        calendar("DTSTART:20200101T000000Z DTEND:20200101T010000Z"),
        calendar(f"{AT_TEN} TRANSP:TRANSPARENT"),
        calendar(AT_TEN).replace(b"VERSION:2.0", b"METHOD:CANCEL"),
        calendar("DTSTART:soon"),
    ],
    ids=["empty", "past", "free", "canceled", "left out"],
)
def test_a_file_without_busy_times_asks_before_it_removes_any(
    robin: Practitioner, file: bytes
) -> None:
    assert import_busy_times(robin, file).times == 0  # there is nothing to remove yet
    import_busy_times(robin, calendar(AT_TEN))
    with pytest.raises(NothingBusy) as asked:
        import_busy_times(robin, file)
    assert asked.value.there == robin.busy_times.count() == 1
    assert remove_busy_times(robin, seen=asked.value.seen) == 1
    assert not Claim.objects.exists()


def test_what_was_not_asked_about_is_not_removed(robin: Practitioner) -> None:
    import_busy_times(robin, calendar(AT_TEN))
    with pytest.raises(NothingBusy) as asked:
        import_busy_times(robin, calendar())
    import_busy_times(robin, calendar(AT_TEN))
    with pytest.raises(NothingBusy):
        remove_busy_times(robin, seen=asked.value.seen)
    assert robin.busy_times.count() == 1


def test_a_file_that_breaks_off_opens_no_time(robin: Practitioner) -> None:
    whole = calendar(AT_TEN, "DTSTART:20270107T180000Z DTEND:20270107T190000Z")
    import_busy_times(robin, whole)
    half = whole[: whole.index(b"DTEND:20270107")]
    imported = import_busy_times(robin, half)
    assert "breaks off" in imported.warnings[0]
    assert Claim.objects.filter(busy_time__in=robin.busy_times.all()).count() == 24
    import_busy_times(robin, half)
    assert robin.busy_times.count() == 2


@pytest.mark.parametrize("how", ["canceled", "moved"])
def test_time_that_a_visit_leaves_is_busy_if_the_calendar_says_so(
    service: Service, robin: Practitioner, how: str
) -> None:
    staff = make_user("Front desk")
    assert isinstance(staff, User)
    visit = book(service, at(6, 10), by=staff)
    import_busy_times(robin, calendar(AT_TEN))
    assert not Claim.objects.filter(busy_time__isnull=False).exists()
    if how == "canceled":
        cancel_appointment(visit, by=staff)
    else:
        move_appointment(visit, starts_at=at(7, 10), practitioner=robin, by=staff)
    assert Claim.objects.filter(busy_time__isnull=False).count() == 12
    with pytest.raises(JustTaken):
        book(service, at(6, 10))


def test_a_visit_keeps_its_own_part_of_busy_time_when_it_moves(
    service: Service, robin: Practitioner
) -> None:
    staff = make_user("Front desk")
    assert isinstance(staff, User)
    visit = book(service, at(6, 10), by=staff)
    import_busy_times(robin, calendar(AT_TEN))
    move_appointment(visit, starts_at=at(6, 9, 30), practitioner=robin, by=staff)
    assert visit.claims.count() == 12
    assert Claim.objects.filter(busy_time__isnull=False).count() == 6


def test_the_command_says_what_it_has_done(
    service: Service, robin: Practitioner, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    staff = make_user("Front desk")
    assert isinstance(staff, User)
    visit = book(service, at(6, 10), by=staff)
    file = tmp_path / "robin.ics"
    file.write_bytes(calendar(AT_TEN))
    call_command("import_busy_times", robin.person.slug, file)
    said = capsys.readouterr().out
    assert "1 busy times taken." in said
    assert visit.reference in said
    assert "Jo" not in said
    file.write_bytes(calendar())
    with pytest.raises(CommandError, match="add --remove"):
        call_command("import_busy_times", robin.person.slug, file)
    call_command("import_busy_times", robin.person.slug, file, remove=True)
    assert not robin.busy_times.exists()
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
