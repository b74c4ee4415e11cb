"""Each number agrees with a count by hand."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client

from booking.actions.answers import confirm_appointment, decline_appointment, propose_times
from booking.actions.calendars.closures import block_time
from booking.actions.undo import undo_change
from booking.actions.visits import (
    mark_arrived,
    mark_completed,
    mark_no_show,
)
from booking.models import Appointment, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from clinic_site.clinic.models.locations import Location
from tests.booking.factories import (
    at,
    book,
    make_appointment,
    make_practitioner,
    make_service,
)
from tests.booking.numbers.pages import (
    JANUARY,
    NUMBERS,
    read_changes,
    read_figures,
    read_picture,
)
from tests.factories import make_location


@pytest.fixture
def user(desk: Client) -> User:
    return User.objects.get()


def test_visits_first_visits_and_no_shows(
    desk: Client, user: User, service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    first, again, missed, here, forgotten = (
        book(service, at(5, 9 + hour), by=user, new_patient=hour in (0, 2)) for hour in range(5)
    )
    book(service, at(20, 9), by=user)  # to come
    clock.move_to(at(5, 14))
    for visit in (first, again, here):
        mark_arrived(visit, by=user)
    for visit in (first, again):
        mark_completed(visit, by=user)
    mark_no_show(missed, by=user)
    assert forgotten.state == "confirmed"
    read = read_figures(desk)
    assert (read["Visits"], read["First visits"], read["No-shows"]) == ("3", "1", "1")
    assert read["No-show rate"] == "25%"
    assert read["Not noted"] == "1"
    assert read["Hours booked"] == "6.0"


def test_requests_and_how_long_they_waited(
    desk: Client, user: User, service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    soon, overnight, undone, declined, waiting = (make_appointment() for _each in range(5))
    Appointment.objects.filter(pk=overnight.pk).update(requested_at=at(4, 16, 30))
    Appointment.objects.filter(pk=declined.pk).update(requested_at=at(8, 16))  # a Friday
    book(service, at(20, 9), by=user)  # on the phone: no request
    clock.move_to(at(4, 9, 20))
    confirm_appointment(soon, starts_at=at(5, 9), by=user)  # 20 minutes
    confirmed = confirm_appointment(undone, starts_at=at(6, 9), by=user)
    undo_change(confirmed, by=user)
    clock.move_to(at(4, 12))
    undone.refresh_from_db()
    propose_times(undone, [(at(6, 9), robin)], by=user)  # three hours
    clock.move_to(at(5, 9, 30))
    overnight.refresh_from_db()
    propose_times(overnight, [(at(7, 9), robin)], by=user)  # 60 open minutes, 17 hours
    clock.move_to(at(11, 10))
    declined.refresh_from_db()
    decline_appointment(declined, by=user)  # two open hours, and a weekend
    read = read_figures(desk)
    assert (read["Requests"], read["Requests answered"]) == ("5", "4")
    # Opening minutes: 20, 60, 120, 180.
    assert read["Half answered within"] == "1 hr"
    assert read["9 in 10 answered within"] == "3 hr"
    # By the clock: 20 minutes, 3, 17 and 66 hours.
    assert read["Half answered within, by the clock"] == "3 hr"
    assert read["9 in 10 answered within, by the clock"] == "66 hr"
    assert waiting.state == "requested"


def test_a_time_that_is_booked_at_once_is_no_request(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    Service.objects.update(mode=Service.Mode.AT_ONCE)
    service.refresh_from_db()
    book(service, at(6, 9))
    assert read_figures(desk)["Requests"] == "0"


def test_how_far_ahead_people_book(
    desk: Client, user: User, service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    for moment in (at(4, 10), at(5, 9), at(5, 10), at(14, 9)):  # 0, 1, 1 and 10 days
        clock.move_to(at(4, 9))
        visit = book(service, moment, by=user)
        clock.move_to(moment)
        mark_arrived(visit, by=user)
    clock.move_to(at(15, 9))
    read = read_figures(desk)
    assert read["Half book no more than"] == "1 day ahead"
    assert read["9 in 10 book no more than"] == "10 days ahead"


def test_tomorrow_is_a_day_ahead_however_few_hours_away_it_is(
    desk: Client, user: User, service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    clock.move_to(at(4, 16, 30))
    visit = book(service, at(5, 9), by=user)
    make_location(name="Tokyo", time_zone="Asia/Tokyo")  # a clock for each location
    clock.move_to(at(5, 9))
    mark_arrived(visit, by=user)
    read = read_figures(desk)
    assert read["Half book no more than"] == "1 day ahead"


def test_use_is_what_is_booked_of_what_is_open(
    desk: Client, user: User, service: Service, robin: Practitioner
) -> None:
    # 21 weekdays of eight hours.
    assert read_figures(desk)["Hours open"] == "168.0"
    make_closure = Closure.objects.create
    make_closure(first_day=date(2027, 1, 18), last_day=date(2027, 1, 18))  # for all
    make_closure(
        first_day=date(2027, 1, 19),
        last_day=date(2027, 1, 20),
        begins=time(13),
        ends=time(17),
        person=robin.person,
    )
    make_closure(
        kind=Closure.Kind.EXTRA,
        first_day=date(2027, 1, 23),
        last_day=date(2027, 1, 23),
        begins=time(9),
        ends=time(12),
    )
    block_time(robin, starts_at=at(21, 9), ends_at=at(21, 17), reason="", by=user)
    for hour in (9, 10, 11):
        book(service, at(7, hour), by=user)
    read = read_figures(desk)
    assert read["Hours open"] == "155.0"  # 168 − 8 − 2 × 4 + 3
    assert read["Hours booked"] == "3.0"
    assert read["Use of the hours"] == "2%"  # 1.94


def test_open_hours_of_somebody_who_has_left_count_while_they_worked(
    desk: Client, user: User, service: Service, robin: Practitioner
) -> None:
    book(service, at(7, 9), by=user)
    Practitioner.objects.update(active=False)
    assert read_figures(desk)["Hours open"] == "168.0"
    assert read_figures(desk, f"{NUMBERS}?month=2027-02")["Hours open"] == "0.0"


def test_hours_of_somebody_new_count_from_the_month_of_their_first_visit_on(
    desk: Client, user: User, service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    before = f"{NUMBERS}?month=2026-12"
    assert read_figures(desk, before)["Hours open"] == "0.0"
    assert read_figures(desk)["Hours open"] == "168.0"  # this month, though nobody is booked yet
    clock.move_to(at(1, 9) - timedelta(days=10))
    book(service, at(1, 9) - timedelta(days=9), by=user)
    clock.move_to(at(4, 9))
    assert read_figures(desk, before)["Hours open"] == "184.0"  # 23 weekdays


def test_who_and_what_made_the_month(
    desk: Client, user: User, service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    massage = make_service("Massage", duration_minutes=30, sort_order=9)
    dana = make_practitioner("Dana Whitfield", massage)
    visits = [
        book(service, at(5, 9), by=user, new_patient=True),
        book(massage, at(5, 9), by=user),
        book(massage, at(5, 10), by=user),
    ]
    make_appointment(service=massage)  # with anyone
    clock.move_to(at(5, 11))
    for visit in visits:
        mark_arrived(visit, by=user)
    people = read_picture(desk, "practitioner")
    assert people["Robin Alvarez"][:5] == ["1", "1", "0", "0", "0"]
    assert people["Dana Whitfield"][:5] == ["2", "0", "0", "0", "0"]
    assert people["Dana Whitfield"][-4:] == ["1.0", "168.0", "1%", "–"]
    assert people["Nobody yet"][4] == "1"
    services = read_picture(desk, "service")
    assert services["Massage"][:5] == ["2", "0", "0", "0", "1"]
    assert services["Massage"][-4:] == ["1.0", "–", "–", "–"]
    assert [*services] == ["Posture assessment", "Massage"]
    chosen = read_figures(desk, f"{JANUARY}&practitioner={dana.pk}")
    assert (chosen["Visits"], chosen["Hours open"]) == ("2", "168.0")
    assert read_figures(desk, f"{JANUARY}&service={service.pk}")["Visits"] == "1"


def test_a_month_ends_at_midnight_where_the_visit_is(
    desk: Client, user: User, service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    evening = datetime(2027, 2, 1, 4, 30, tzinfo=at(4, 9).tzinfo) - timedelta(hours=5)
    tokyo = make_location(name="Tokyo", time_zone="Asia/Tokyo")
    kenji = make_practitioner("Kenji Sato", service, location=tokyo)
    visits = [
        book(
            service,
            evening,
            by=user,
            practitioner=robin,
            outside_hours=True,
            location=Location.objects.get(name="State Street"),
        ),
        book(service, evening, by=user, practitioner=kenji, outside_hours=True, location=tokyo),
    ]  # 23:30 on January 31 in California is the afternoon of February 1 in Tokyo
    clock.move_to(evening + timedelta(hours=1))
    for visit in visits:
        mark_arrived(visit, by=user)
    assert {name: row[0] for name, row in read_picture(desk, "location").items()} == {
        "State Street": "1"
    }
    february = f"{NUMBERS}?month=2027-02"
    assert read_picture(desk, "location", february)["Tokyo"][0] == "1"
    assert read_figures(desk, f"{february}&location={tokyo.pk}")["Visits"] == "1"


def test_a_month_stands_beside_the_one_before(
    desk: Client, user: User, service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> None:
    for day, hours in ((5, (9, 10)), (33, (9,))):
        for hour in hours:
            moment = at(1, hour) + timedelta(days=day - 1)
            visit = book(service, moment, by=user)
            clock.move_to(moment)
            mark_arrived(visit, by=user)
    changes = read_changes(desk, f"{NUMBERS}?month=2027-02")
    assert changes["Visits"] == ["1", "2", "−1"]
    assert changes["Hours booked"] == ["1.0", "2.0", "−1.0"]
    year = read_picture(desk, "visits", f"{NUMBERS}?month=2027-02")
    assert [name for name in year if name.startswith(("Mar", "Feb"))] == ["Mar 2026", "Feb 2027"]
    assert (year["Jan 2027"][0], year["Feb 2027"][0], year["Dec 2026"][0]) == ("2", "1", "0")
