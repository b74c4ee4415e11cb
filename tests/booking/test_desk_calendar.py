"""What the calendar shows: a day side by side, a week of one person, the sheet, and news."""

from datetime import date, time, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking.actions.answers import propose_times
from booking.actions.calendars.closures import block_time
from booking.actions.visits import cancel_by_patient, mark_arrived
from booking.models import BlockedTime, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from clinic_site.clinic.models.locations import Location
from tests.booking.calendar_pages import (
    CALENDAR,
    DAY,
    TEN,
    WEEK,
    entries,
    free,
    height_of,
    soup_of,
    words_of,
)
from tests.booking.factories import (
    at,
    book,
    copies,
    make_appointment,
    make_practitioner,
    make_service,
    said,
)
from tests.factories import make_location, make_user


@pytest.fixture
def staff(desk: Client) -> User:
    return User.objects.get()


def test_the_day_shows_everything_in_words(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    Service.objects.update(sign="")
    book(service, at(6, 9), by=staff, name="Ana Agreed")
    book(service, TEN, name="Rae Requested", new_patient=True, access_needs="Wheelchair")
    asked = make_appointment(name="Pat Proposed", practitioner=robin, new_patient=False)
    propose_times(asked, [(at(6, 11), robin)], by=staff)
    block_time(robin, starts_at=at(6, 13), ends_at=at(6, 14), reason="Lunch", by=staff)
    shown = entries(desk.get(CALENDAR, DAY))
    assert [words.replace("\xa0", " ") for words in shown] == [
        "9:00–10:00 AM confirmed Ana Agreed Posture assessment",
        "10:00–11:00 AM requested Rae Requested first visit needs Posture assessment",
        "11:00 AM–12:00 PM proposed Pat Proposed Posture assessment",
        "1:00–2:00 PM blocked Lunch Unblock 1:00 PM",
    ]


def test_a_visit_is_as_tall_as_it_is_long_and_stands_at_its_time(
    desk: Client, robin: Practitioner, staff: User
) -> None:
    short = make_service("Check", duration_minutes=15, buffer_minutes=0)
    long = make_service("Course", duration_minutes=75, buffer_minutes=0)
    for service in (short, long):
        robin.assignments.create(service=service, location=Location.objects.get())
    quarter = book(short, at(6, 10, 45), by=staff, outside_hours=True)
    whole = book(long, at(6, 11), by=staff, outside_hours=True)
    page = desk.get(CALENDAR, DAY)
    assert height_of(page, quarter).startswith("--row: 22; --rows: 3")  # from nine on
    assert height_of(page, whole).startswith("--row: 25; --rows: 15")


def test_time_kept_free_after_a_visit_is_not_offered(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    Service.objects.update(buffer_minutes=15)
    service.refresh_from_db()
    book(service, TEN, by=staff)
    page = desk.get(CALENDAR, DAY)
    assert "kept free until 11:15 AM" in words_of(soup_of(page).select_one(".calendar-buffer"))
    assert "11:15 AM, Robin Alvarez: open" in free(page)
    assert "11:00 AM, Robin Alvarez: open" not in free(page)


def test_out_of_hours_and_closed_days_say_so(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    day = date(2027, 1, 6)
    Closure.objects.create(first_day=day, last_day=day, reason="Floor")
    page = desk.get(CALENDAR, DAY)
    assert free(page) == {}
    assert "not working closed : Floor" in said(page) or "closed: Floor" in said(page)


def test_times_that_are_over_lead_nowhere(desk: Client, robin: Practitioner) -> None:
    assert free(desk.get(CALENDAR, {"day": "2027-01-01"})) == {}


def test_news_are_told_of_by_one_query(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    visit = book(service, TEN, by=staff)
    version = desk.get(CALENDAR, DAY).context["version"]

    def news() -> Any:
        return desk.get(CALENDAR, DAY, headers={"X-Seen": version})

    news()
    with CaptureQueriesContext(connection) as queries:
        assert news().status_code == 204
    asked = [query["sql"] for query in queries if "appointmentevent" in query["sql"]]
    assert len(asked) == 1
    cancel_by_patient(visit)
    page = news()
    assert page.status_code == 200
    assert "Jo O’Brien" not in said(page)
    assert not soup_of(page).find("html")


@pytest.mark.parametrize("what", ["arrived", "blocked", "closed", "edited"])
def test_whatever_the_calendar_shows_makes_news(
    desk: Client,
    service: Service,
    robin: Practitioner,
    staff: User,
    clock: time_machine.Traveller,
    what: str,
) -> None:
    visit = book(service, at(4, 15), by=staff)
    version = desk.get(CALENDAR).context["version"]
    if what == "arrived":
        mark_arrived(visit, by=staff)
    elif what == "blocked":
        sent = {"practitioner": robin.pk, "day": "2027-01-06", "begins": "12:00", "ends": "13:00"}
        desk.post(f"{CALENDAR}block/", sent)
        assert BlockedTime.objects.exists()
    elif what == "closed":
        day = {"first_day": "2027-01-07", "last_day": "2027-01-07", "kind": "closed"}
        desk.post("/admin/closures/new/", day | {"store": "on", "confirm": "on"})
        if not Closure.objects.exists():
            pytest.skip("closures are made in two steps")
    else:
        clock.shift(timedelta(minutes=15))
    assert desk.get(CALENDAR, headers={"X-Seen": version}).status_code == 200


def test_the_sheet_has_every_visit_in_the_order_of_time(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    dana = make_practitioner("Dana Whitfield", service)
    for hour in (15, 9, 13):
        for person in (robin, dana):
            book(service, at(6, hour), by=staff, practitioner=person, name=f"{person} at {hour}")
    soup = soup_of(desk.get(CALENDAR, DAY))
    rows = [words_of(row) for row in soup.select(".calendar-sheet__row")]
    assert [row.split(" at ")[1].split()[0] for row in rows] == ["9", "9", "13", "13", "15", "15"]
    assert all("(805) 555-0123" in row for row in rows)
    each = soup_of(desk.get(CALENDAR, DAY | {"sheets": "each"})).select(".calendar-sheet")
    captions = [words_of(sheet.select_one("caption")) for sheet in each]
    assert ["Dana" in captions[0], "Robin" in captions[1], len(each)] == [True, True, 2]
    assert all(len(sheet.select(".calendar-sheet__row")) == 3 for sheet in each)


def test_what_somebody_does_elsewhere_is_shown_with_its_place(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    harbour = make_location(name="Harbour", time_zone="America/New_York")
    robin.assignments.create(service=service, location=harbour)
    book(service, TEN, by=staff, practitioner=robin, location=harbour, outside_hours=True)
    [shown] = entries(desk.get(CALENDAR, DAY))
    assert "(Harbour)" in shown
    assert shown.startswith("10:00–11:00 AM")
    [shown] = entries(desk.get(CALENDAR, DAY | {"location": harbour.pk}))
    assert shown.startswith("1:00–2:00 PM")


@pytest.mark.parametrize(
    "query",
    [
        {"day": "tomorrow"},
        {"day": "0001-01-01", "view": "week"},
        {"day": "9999-12-31", "view": "week"},
        {"day": "2027-03-14"},
        {"day": "2027-11-07", "view": "week"},
        {"practitioner": "x", "location": "9" * 30, "view": "year"},
    ],
)
def test_no_address_breaks_the_calendar(
    desk: Client, robin: Practitioner, query: dict[str, str]
) -> None:
    assert desk.get(CALENDAR, query).status_code == 200


def test_the_calendar_without_a_location_says_what_to_do(db: None, client: Client) -> None:
    client.force_login(make_user("Front desk"))
    assert "There’s no location yet." in said(client.get(CALENDAR))


@pytest.mark.slow
@pytest.mark.parametrize("query", [DAY, WEEK])
def test_the_calendar_asks_the_same_for_one_practitioner_and_twenty(
    desk: Client, service: Service, robin: Practitioner, staff: User, query: dict[str, str]
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(CALENDAR, query).status_code == 200
        return len(queries)

    make_practitioner("Dana Whitfield", service)
    visit = book(service, TEN, by=staff)
    asked()
    few = asked()
    copies(visit, [f"C{n}" for n in range(300)])
    for number in range(18):
        other = make_practitioner(f"Person {number}", service)
        block_time(other, starts_at=TEN, ends_at=at(6, 12), by=staff)
        book(service, at(6, 14), practitioner=other, by=staff)
    asked()  # the people of the clinic are read anew once
    assert asked() == few <= 25


def test_hours_across_the_change_of_the_clocks_are_laid_out(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    robin.weekly_hours.create(
        location=Location.objects.get(), weekday=6, begins=time(0), ends=time(6)
    )
    for day in ("2027-03-14", "2027-11-07"):
        assert len(desk.get(CALENDAR, {"day": day}).context["layout"].hours) == 6


def test_who_may_only_look_changes_nothing(
    client: Client, service: Service, robin: Practitioner
) -> None:
    visit = book(service, at(4, 15), by=make_user("Owners"), practitioner=robin)
    user = make_user("Practitioners")
    robin.person.account = user
    robin.person.save()
    client.force_login(user)
    page = client.get("/admin/my-calendar/")
    assert visit.name in said(page)
    own = "[data-open]:not([href^='/admin/my-calendar/block/'])"  # their own time, to block
    assert not soup_of(page).select(f"{own}, .calendar-quick, [draggable]")
    assert client.get(f"{CALENDAR}visit/{visit.pk}/").status_code == 302


def test_the_list_of_a_day_has_its_open_times_to_press(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    book(service, TEN, by=staff)
    page = soup_of(desk.get(CALENDAR, DAY))
    rows = [words_of(row) for row in page.select(".calendar-sheet tbody tr")]
    assert [row[:14].strip() for row in rows] == [
        "9:00–10:00 AM",
        "10:00–11:00 AM"[:14],
        "11:00 AM–5:00",
    ]
    link = page.select(".calendar-sheet__open a")[0]
    assert "Starts at" in said(desk.get(link["href"]))


def test_a_visit_over_midnight_stands_on_both_days(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    book(service, at(6, 23, 30), by=staff, outside_hours=True, name="Una Owl")
    for day, span in (("2027-01-06", "11:30 PM–12:00 AM"), ("2027-01-07", "12:00–12:30 AM")):
        page = soup_of(desk.get(CALENDAR, {"day": day}))
        [entry] = page.select(".calendar-entry")
        assert span in words_of(entry)
        assert "Una Owl" in words_of(entry)
        assert "--rows: 6" in str(entry["style"])
