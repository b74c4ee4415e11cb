"""Booking on the nights when clocks change, on rare days, at borders, and on several clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from booking.actions.answers import confirm_appointment
from booking.actions.errors import NotOffered, TimeIsPast
from booking.actions.visits import move_appointment
from booking.formatting import agreed_time
from booking.models import Appointment, Practitioner, Service
from booking.scheduling.affected import affected_appointments
from booking.scheduling.slots import AvailabilityQuery, free_times
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from clinic_site.clinic.models.locations import Location
from tests.booking.factories import SANTA_BARBARA, book, make_practitioner

FORWARD, BACK = date(2027, 3, 14), date(2027, 11, 7)
NEW_YORK = ZoneInfo("America/New_York")


@pytest.fixture
def night(service: Service) -> Practitioner:
    """Somebody who works every night from ten to six, at a service without notice."""
    service.notice_hours, service.horizon_days, service.grid_minutes = 0, 730, 30
    service.save()
    practitioner = make_practitioner("Noor Haddad", service)
    practitioner.weekly_hours.all().delete()
    location = Location.objects.get()
    for weekday in range(7):
        practitioner.weekly_hours.create(
            location=location, weekday=weekday, begins=time(22), ends=time(6)
        )
    return practitioner


def wall(day: date, hour: int, minute: int = 0, fold: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute, fold=fold), SANTA_BARBARA)


def offered(service: Service, day: date) -> list[str]:
    """The free times of a day, as its clock shows them."""
    search = AvailabilityQuery(service, Location.objects.get())
    return [f"{slot.local:%H:%M}" for slot in free_times(search, day, day, now=timezone.now())]


def test_on_an_ordinary_night_times_are_offered_from_midnight(
    service: Service, night: Practitioner
) -> None:
    assert offered(service, date(2027, 3, 10))[:4] == ["00:00", "00:30", "01:00", "01:30"]


def test_an_hour_that_the_clocks_skip_is_not_booked(
    service: Service, night: Practitioner, clock: time_machine.Traveller
) -> None:
    clock.move_to(wall(FORWARD, 0) - timedelta(days=2))
    times = offered(service, FORWARD)
    assert not {"02:00", "02:30"} & set(times)
    assert {"01:30", "03:00"} <= set(times)
    with pytest.raises(NotOffered):  # twenty past two does not exist: it would be another's time
        book(service, datetime(2027, 3, 14, 10, 20, tzinfo=UTC))
    visit = book(service, wall(FORWARD, 1, 30))
    assert agreed_time(visit) == "Sunday, March 14, 2027, 1:30 AM PST"
    assert visit.ends_at_location == wall(FORWARD, 3, 30)


def test_an_hour_that_comes_twice_is_booked_once(
    service: Service, night: Practitioner, clock: time_machine.Traveller
) -> None:
    clock.move_to(wall(BACK, 0) - timedelta(days=2))
    assert offered(service, BACK).count("01:00") == 1
    with pytest.raises(NotOffered):
        book(service, wall(BACK, 1, fold=1))
    visit = book(service, wall(BACK, 1))
    assert agreed_time(visit) == "Sunday, November 7, 2027, 1:00 AM PDT"
    assert visit.ends_at_location == wall(BACK, 1, fold=1)
    assert "01:00" not in offered(service, BACK)


def test_a_visit_runs_past_midnight(service: Service, night: Practitioner, staff: User) -> None:
    visit = book(service, wall(date(2027, 1, 5), 23, 30))
    confirm_appointment(visit, by=staff)
    assert "00:00" not in offered(service, date(2027, 1, 6))
    assert "00:30" in offered(service, date(2027, 1, 6))
    closed = Closure(first_day=date(2027, 1, 6), last_day=date(2027, 1, 6))
    assert affected_appointments(closed) == [visit]


def test_the_29th_of_february_is_a_day(
    service: Service, night: Practitioner, clock: time_machine.Traveller
) -> None:
    clock.move_to(datetime(2028, 2, 28, 12, tzinfo=SANTA_BARBARA))
    visit = book(service, wall(date(2028, 2, 29), 22))
    assert agreed_time(visit) == "Tuesday, February 29, 2028, 10:00 PM PST"
    later = book(service, wall(date(2028, 2, 29), 23, 30))
    assert later.ends_at_location == wall(date(2028, 3, 1), 0, 30)


def test_notice_binds_to_the_second(
    service: Service, night: Practitioner, clock: time_machine.Traveller
) -> None:
    service.notice_hours = 24
    service.save()
    wanted = wall(date(2027, 1, 6), 0)
    clock.move_to(wanted - timedelta(hours=24) + timedelta(seconds=1))
    with pytest.raises(NotOffered):
        book(service, wanted)
    clock.move_to(wanted - timedelta(hours=24))
    assert book(service, wanted).starts_at == wanted


def test_a_days_notice_is_24_hours_on_the_night_the_clocks_change(
    service: Service, night: Practitioner, clock: time_machine.Traveller
) -> None:
    service.notice_hours = 24
    service.save()
    wanted = wall(FORWARD, 22)
    clock.move_to(wanted.astimezone(UTC) - timedelta(hours=24, seconds=-1))
    with pytest.raises(NotOffered):
        book(service, wanted)
    clock.move_to(wanted.astimezone(UTC) - timedelta(hours=24))
    assert book(service, wanted)


def test_the_horizon_is_the_end_of_a_day_at_the_location(
    service: Service, night: Practitioner, clock: time_machine.Traveller
) -> None:
    service.horizon_days = 3
    service.save()
    clock.move_to(wall(date(2027, 1, 4), 23, 59) + timedelta(seconds=59))
    last = wall(date(2027, 1, 7), 23, 30)
    first_beyond = wall(date(2027, 1, 8), 0)
    assert book(service, last)
    with pytest.raises(NotOffered):
        book(service, first_beyond)
    clock.shift(timedelta(seconds=1))  # midnight there: another day is today
    book(service, wall(date(2027, 1, 8), 1))


def test_a_time_that_begins_now_is_past(
    service: Service, night: Practitioner, clock: time_machine.Traveller
) -> None:
    wanted = wall(date(2027, 1, 6), 0)
    clock.move_to(wanted)
    with pytest.raises(TimeIsPast):
        book(service, wanted)
    clock.move_to(wanted - timedelta(seconds=1))
    assert book(service, wanted)


def test_the_locations_clock_counts_not_the_servers_or_the_readers(
    service: Service, night: Practitioner, clock: time_machine.Traveller
) -> None:
    Location.objects.update(time_zone="America/New_York")
    clock.move_to(datetime(2027, 1, 5, 12, tzinfo=UTC))
    with timezone.override("Asia/Tokyo"):
        visit = book(service, datetime(2027, 1, 6, 22, tzinfo=NEW_YORK))
        assert agreed_time(visit) == "Wednesday, January 6, 2027, 10:00 PM EST"
        with pytest.raises(NotOffered):  # ten at the server's clock is one at night there
            book(service, datetime(2027, 1, 6, 20, tzinfo=NEW_YORK))


def test_a_change_of_zone_moves_no_visit_and_offers_by_the_new_clock(
    service: Service, night: Practitioner, staff: User
) -> None:
    wanted = wall(date(2027, 1, 6), 22)
    visit = book(service, wanted)
    Location.objects.update(time_zone="America/New_York")
    visit = Appointment.objects.select_related("location").get(pk=visit.pk)
    assert visit.starts_at == wanted
    assert agreed_time(visit) == "Thursday, January 7, 2027, 1:00 AM EST"
    times = offered(service, date(2027, 1, 7))
    assert times[0] == "00:00"
    assert "01:00" not in times  # taken by the visit, wherever its hand points now
    confirm_appointment(visit, by=staff)
    move_appointment(visit, starts_at=datetime(2027, 1, 7, 3, tzinfo=NEW_YORK), by=staff)
    assert agreed_time(visit) == "Thursday, January 7, 2027, 3:00 AM EST"
