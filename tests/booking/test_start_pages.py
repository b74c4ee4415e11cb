"""What the desk and a practitioner see first: their day, by name, and what is pressed next."""

from datetime import datetime

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking.actions.calendars.closures import block_time
from booking.actions.visits import mark_arrived
from booking.models import Appointment, BlockedTime, CalendarFeed, CallTask, Practitioner, Service
from clinic_site.accounts.models import User
from tests.booking.factories import at, book, make_appointment, make_practitioner, said
from tests.factories import make_user

START, CALENDAR = "/admin/", "/admin/my-calendar/"
BLOCK, FEED = f"{CALENDAR}block/", f"{CALENDAR}feed/"


@pytest.fixture
def desk(client: Client, staff: User) -> Client:
    client.force_login(staff)
    return client


@pytest.fixture
def ten_past_ten(clock: time_machine.Traveller) -> datetime:
    clock.move_to(at(4, 10, 10))
    return timezone.now()


@pytest.fixture
def mine(client: Client, robin: Practitioner) -> Client:
    """Robin's own browser."""
    robin.person.account = make_user("Practitioners")
    robin.person.save()
    client.force_login(robin.person.account)
    return client


def lines(client: Client, panel: str) -> list[str]:
    page = BeautifulSoup(client.get(START).content, "html.parser")
    found = page.select(f"#{panel}-section .start-list__line")
    return [" ".join(line.get_text(" ").split()) for line in found]


def test_the_desk_reads_who_is_late_and_who_comes_next(
    desk: Client,
    service: Service,
    robin: Practitioner,
    staff: User,
    clock: time_machine.Traveller,
) -> None:
    book(service, at(4, 14), by=staff, name="Kim Park", access_needs="Wheelchair")
    book(service, at(4, 10), by=staff, name="Lee Chan", new_patient=True)
    book(service, at(5, 10), by=staff, name="Not Today")
    clock.move_to(at(4, 10, 10))
    words = said(desk.get(START))
    late, next_one = lines(desk, "desk-today")
    assert "10:00 AM 10 minutes late Lee Chan first visit" in late
    assert "(805) 555-0123" in late
    assert "2:00 PM Kim Park" in next_one
    assert "Wheelchair" in next_one
    assert "2 visits today" in words
    assert "Not Today" not in words


def test_arrived_and_completed_are_pressed_there(
    desk: Client, service: Service, robin: Practitioner, staff: User, ten_past_ten: datetime
) -> None:
    visit = book(service, at(4, 10), by=staff, outside_hours=True, name="Lee Chan")
    [line] = lines(desk, "desk-today")
    assert "Arrived" in line
    assert "No-show" in line
    sent = {"version": visit.version, "next": START}
    assert desk.post(f"/admin/appointments/{visit.pk}/arrived/", sent)["Location"] == START
    [line] = lines(desk, "desk-today")
    assert "Completed" in line


def test_whoever_is_there_is_neither_late_nor_expected(
    desk: Client, service: Service, robin: Practitioner, staff: User, ten_past_ten: datetime
) -> None:
    mark_arrived(book(service, at(4, 10), by=staff, outside_hours=True), by=staff)
    words = said(desk.get(START))
    assert "Here now" in words
    assert "late" not in " ".join(lines(desk, "desk-today"))
    assert "No one else is expected today." in words


def test_requests_stand_with_the_time_left_and_are_confirmed_there(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    asked = book(service, at(6, 10), name="Kim Park")
    Appointment.objects.update(hold_expires_at=at(4, 10))
    [line] = lines(desk, "desk-requests")
    assert "1 hour left, until Mon, 10:00 AM" in line
    assert "Kim Park" in line
    assert "1 of them expires soon" in said(desk.get(START))
    sent = {"version": asked.version, "next": START}
    told = desk.post(f"/admin/appointments/{asked.pk}/confirmed/", sent, follow=True)
    assert "Confirmed." in said(told)
    assert lines(desk, "desk-requests") == []


def test_calls_are_made_from_there(desk: Client, service: Service) -> None:
    asked = make_appointment(wishes=[], wants_call=True)
    call = CallTask.objects.create(appointment=asked, reason="email")
    page = desk.get(START)
    assert "1 call to make" in said(page)
    assert f'action="/admin/inbox/calls/{call.pk}/done/"' in page.content.decode()


def test_the_box_there_finds_patients(desk: Client) -> None:
    page = BeautifulSoup(desk.get(START).content, "html.parser")
    [box] = page.select('form[role="search"]')
    assert box["action"] == "/admin/patients/search/"


def test_it_asks_the_same_however_many_there_are(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    def asked() -> int:
        desk.get(START)
        with CaptureQueriesContext(connection) as queries:
            desk.get(START)
        return len(queries)

    def more(number: int) -> None:
        visit = book(service, at(4, 10 + number), by=staff, idempotency_key=f"visit {number}")
        book(service, at(6, 10 + number), idempotency_key=f"asked {number}")
        CallTask.objects.create(appointment=visit, reason="email")

    more(0)
    few = asked()
    for number in (1, 2, 3):
        more(number)
    assert asked() == few <= 25


def test_a_practitioner_reads_their_day_with_needs_and_first_visits(
    mine: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    dana = make_practitioner("Dana Whitfield", service)
    needs = {"access_needs": "Wheelchair", "new_patient": True}
    book(service, at(4, 10), by=staff, practitioner=robin, name="Kim Park", **needs)
    book(service, at(5, 11), by=staff, practitioner=robin, name="Lee Chan")
    book(service, at(4, 10), by=staff, practitioner=dana, name="Not Mine")
    block_time(robin, starts_at=at(4, 12), ends_at=at(4, 13), by=staff, reason="Lunch")
    today, lunch, tomorrow = lines(mine, "own-day")
    assert "10:00–11:00 AM Kim Park first visit" in today
    assert "Wheelchair" in today
    assert "Lunch" in lunch
    assert "11:00 AM–12:00 PM Lee Chan" in tomorrow
    words = said(mine.get(START))
    assert "Not Mine" not in words
    assert "(805)" not in words


def test_the_gaps_of_today_and_tomorrow_are_told(
    mine: Client, service: Service, robin: Practitioner, staff: User, clock: time_machine.Traveller
) -> None:
    book(service, at(4, 10), by=staff)
    book(service, at(5, 9), by=staff)
    clock.move_to(at(4, 11, 30))
    page = BeautifulSoup(mine.get(START).content, "html.parser")
    gaps = [" ".join(gap.get_text(" ").split()) for gap in page.select(".start-list__gaps a")]
    assert [gap.split(" :")[0] for gap in gaps] == ["11:35 AM–5:00 PM", "10:00 AM–5:00 PM"]


def test_who_is_nobody_to_be_booked_has_no_day(client: Client, robin: Practitioner) -> None:
    client.force_login(make_user("Practitioners"))
    assert lines(client, "own-day") == []
    assert "My day" not in said(client.get(START))


def test_practitioners_block_time_of_their_own_and_give_it_back(
    mine: Client, service: Service, robin: Practitioner
) -> None:
    sent = {"day": "2027-01-06", "begins": "12:00", "ends": "13:00", "reason": "Lunch"}
    told = mine.post(BLOCK, sent, follow=True)
    assert "The time is blocked." in said(told)
    block = BlockedTime.objects.get()
    assert block.practitioner == robin
    page = mine.get(CALENDAR, {"day": "2027-01-06"}).content.decode()
    assert f"{BLOCK}{block.pk}/remove/" in page
    mine.post(f"{BLOCK}{block.pk}/remove/")
    assert not BlockedTime.objects.exists()


def test_they_block_nobody_elses(
    mine: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    dana = make_practitioner("Dana Whitfield", service)
    sent = {"practitioner": dana.pk, "day": "2027-01-06", "begins": "12:00", "ends": "13:00"}
    mine.post(BLOCK, sent)
    assert BlockedTime.objects.get().practitioner == robin
    block = block_time(dana, starts_at=at(6, 12), ends_at=at(6, 13), by=staff)
    mine.post(f"{BLOCK}{block.pk}/remove/")
    assert BlockedTime.objects.filter(pk=block.pk).exists()
    for address in ("/admin/calendar/block/", f"/admin/calendar/block/{block.pk}/remove/"):
        assert mine.post(address, sent)["Location"] == START
    assert BlockedTime.objects.count() == 2


def test_a_visit_in_the_way_of_a_block_is_named(
    mine: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    book(service, at(6, 12), by=staff, name="Kim Park")
    sent = {"day": "2027-01-06", "begins": "12:00", "ends": "13:00"}
    assert "In the way: " in said(mine.post(BLOCK, sent))
    assert not BlockedTime.objects.exists()


def test_free_time_of_their_own_calendar_is_pressed_to_block_it(
    mine: Client, service: Service, robin: Practitioner
) -> None:
    page = BeautifulSoup(mine.get(CALENDAR, {"day": "2027-01-06"}).content, "html.parser")
    free = page.select(".calendar-free a")[0]["href"]
    window = mine.get(free, headers={"X-Fragment": "1"})
    form = BeautifulSoup(window.content, "html.parser").select_one("form")
    assert form
    assert form["action"] == BLOCK
    assert window.context["form"]["begins"].value().hour == 9
    assert "<html" not in window.content.decode()
    assert "/admin/calendar/" not in str(page.select_one("main"))


def test_they_open_a_feed_and_bring_a_busy_file_of_their_own(
    mine: Client, service: Service, robin: Practitioner
) -> None:
    told = mine.post(FEED, {"open": "yes", "detail": CalendarFeed.Detail.values[0]})
    assert "This is the address of the new feed." in said(told)
    feed = CalendarFeed.objects.get()
    assert feed.practitioner == robin
    mine.post(FEED, {"revoke": str(feed.pk)})
    assert "No one’s calendar is reading this one." in said(mine.get(FEED))


def test_an_account_that_is_nobodys_gets_at_nothing(client: Client, robin: Practitioner) -> None:
    client.force_login(make_user("Practitioners"))
    for address in (CALENDAR, BLOCK, FEED):
        assert client.get(address)["Location"] == START
