"""Opening hours as time that passes: what is held, and what is tried again, waits for them."""

from datetime import date, datetime, time

import pytest
import time_machine

from booking.actions.holds import expire_due_holds
from booking.models import Practitioner, Service
from booking.scheduling.opening import after_opening_hours, next_open_day, open_at_or_after
from clinic_site.clinic.models import Closure
from clinic_site.clinic.models.locations import Location, OpeningHours
from tests.booking.factories import at, book, set_rules


@pytest.fixture
def location(service: Service) -> Location:
    """Open from Monday to Friday, nine to five."""
    return Location.objects.get()


@pytest.mark.parametrize(
    ("since", "hours", "until"),
    [
        (at(4, 9), 8, at(4, 17)),
        (at(4, 9, 2), 8, at(5, 9, 2)),
        (at(4, 16, 30), 1, at(5, 9, 30)),
        (at(4, 7), 2, at(4, 11)),  # before it opens
        (at(8, 16), 4, at(11, 12)),  # a Friday afternoon
        (at(9, 10), 8, at(11, 17)),  # a Saturday
    ],
)
def test_nights_and_closed_days_do_not_count(
    location: Location, since: datetime, hours: int, until: datetime
) -> None:
    assert after_opening_hours(location, since, hours) == until


def test_closures_do_not_count_and_extra_hours_do(location: Location) -> None:
    Closure.objects.create(first_day=date(2027, 1, 5), last_day=date(2027, 1, 6))
    assert after_opening_hours(location, at(4, 16), 2) == at(7, 10)
    nine, eleven = time(9), time(11)
    saturday = date(2027, 1, 9)
    Closure.objects.create(
        kind="extra", first_day=saturday, last_day=saturday, begins=nine, ends=eleven
    )
    assert after_opening_hours(location, at(8, 16), 2) == at(9, 10)
    assert open_at_or_after(location, at(8, 20)) == at(9, 9)


def test_hours_on_the_night_the_clocks_change_are_those_that_pass(location: Location) -> None:
    night = OpeningHours(weekday=6, opens=time(1), closes=time(4))
    location.opening_hours.add(night)
    location.save()
    # On March 14 it is never 2 AM: from one to four are two hours.
    begins = datetime(2027, 3, 14, 1, tzinfo=location.zone)
    assert after_opening_hours(location, begins, 2).astimezone(location.zone).hour == 4


def test_without_opening_hours_the_clock_counts(location: Location) -> None:
    location.opening_hours = []
    location.save()
    assert after_opening_hours(location, at(9, 10), 8) == at(9, 18)
    assert open_at_or_after(location, at(9, 22)) == at(9, 22)
    assert next_open_day(location, at(8, 10)) == at(9, 10)


def test_the_next_open_day_is_none_that_is_closed(location: Location) -> None:
    assert next_open_day(location, at(4, 7)) == at(5, 9)
    assert next_open_day(location, at(8, 10)) == at(11, 9)


def test_a_request_of_saturday_is_held_through_monday(
    service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    clock.move_to(at(9, 10))
    request = book(service, at(13, 10))
    assert request.hold_expires_at == at(11, 17)
    assert expire_due_holds(at(11, 16, 59)) == 0
    assert expire_due_holds(at(11, 17)) == 1


def test_a_time_is_held_no_longer_than_until_it_comes(
    service: Service, robin: Practitioner
) -> None:
    set_rules(hold_hours=48)
    assert book(service, at(5, 10)).hold_expires_at == at(5, 10)
