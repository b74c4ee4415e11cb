"""The desk's inbox, calendar, phone bookings, blocked time, and the panel at the admin's start."""

from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking.desk.times import value_of
from booking.models import Appointment, BlockedTime, CallTask, Claim, Practitioner, Service
from clinic_site.access_log.models import AccessLine
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from tests.booking.factories import (
    MONDAY_MORNING,
    at,
    book,
    make_appointment,
    make_service,
    said,
)

INBOX, CALENDAR, BOOK = "/admin/inbox/", "/admin/calendar/", "/admin/appointments/book/"
BLOCK = f"{CALENDAR}block/"
TEN = at(6, 10)
DAY = {"day": "2027-01-06"}
WEEK = DAY | {"view": "week"}


@pytest.fixture
def staff(desk: Client) -> User:
    return User.objects.get()


def phone_call(robin: Practitioner, service: Service, **changes: Any) -> dict[str, Any]:
    return {
        "key": "0123456789abcdef",
        "service": service.pk,
        "location": Location.objects.all()[0].pk,
        "practitioner": robin.pk,
        "slot": value_of(TEN, robin.pk),
        "name": "Kim Park",
        "phone": "310 555 0199",
    } | changes


def entries(page: Any) -> list[str]:
    soup = BeautifulSoup(page.content, "html.parser")
    return [" ".join(found.get_text(" ").split()) for found in soup.select(".desk-entry")]


def test_the_inbox_has_what_runs_out_first_on_top(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    wished = make_appointment(name="No Hurry")
    held = book(service, TEN, name="In Time")
    soon = book(service, at(6, 12), name="Soon Gone")
    Appointment.objects.filter(pk=soon.pk).update(
        hold_expires_at=MONDAY_MORNING + timedelta(hours=2)
    )
    page = desk.get(INBOX)
    waiting = page.context["requested"]
    assert [row.appointment for row in waiting] == [soon, held, wished]
    assert [row.expires_soon for row in waiting] == [True, False, False]
    assert [row.confirm is not None for row in waiting] == [True, True, False]
    words = said(page)
    assert "Expires soon: Held until Mon, Jan 4, 11:00 AM, 2 hours left." in words.replace(
        "\xa0", " "
    )


def test_a_request_stands_there_with_whom_to_reach_and_what_they_said(
    desk: Client, service: Service
) -> None:
    make_appointment(visitor_name="Ada Kim", note="After five is best.", access_needs="Wheelchair")
    words = said(desk.get(INBOX))
    for told in ("Ada Kim (booked by Jo O’Brien)", "(805) 555-0123", "After five is best."):
        assert told in words
    assert "Access needs: Wheelchair" in words


@pytest.mark.parametrize("reason", ["email", "expired", "no_email"])
def test_whom_to_ring_is_in_the_inbox_with_their_phone(
    desk: Client, appointment: Appointment, reason: str
) -> None:
    call = CallTask.objects.create(appointment=appointment, reason=reason)
    words = said(desk.get(INBOX))
    assert "(805) 555-0123" in words
    assert call.get_reason_display().lower() in words.lower()


def test_an_empty_inbox_says_so(desk: Client) -> None:
    assert "No request waits." in said(desk.get(INBOX))


def test_someone_on_the_phone_is_booked(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    response = desk.post(BOOK, phone_call(robin, service))
    visit = Appointment.objects.get()
    assert response["Location"] == f"/admin/appointments/{visit.pk}/"
    assert (visit.state, visit.starts_at, visit.practitioner) == ("confirmed", TEN, robin)
    assert (visit.name, visit.phone) == ("Kim Park", "+13105550199")
    assert visit.events.get().by == staff


def test_the_same_call_sent_twice_is_one_visit(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    for _time in range(2):
        desk.post(BOOK, phone_call(robin, service))
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"phone": "", "email": ""}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"service": "999999"}, "service"),
        ({"slot": ""}, "slot"),
        ({"slot": "soon"}, "slot"),
        ({"slot": "", "day": "2027-01-03", "time": "10:00"}, "day"),
        ({"slot": "", "day": "2027-01-04", "time": "25:00"}, "time"),
    ],
)
def test_a_booking_that_cannot_be_is_refused_and_kept(
    desk: Client,
    service: Service,
    robin: Practitioner,
    changes: dict[str, str],
    field: str,
) -> None:
    page = desk.post(BOOK, phone_call(robin, service, note="Kept.") | changes)
    form = page.context["form"]
    assert form.errors[field]
    assert form["note"].value() == "Kept."
    assert not Appointment.objects.exists()


def test_a_time_that_went_meanwhile_is_told_and_all_is_kept(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    book(service, TEN)
    page = desk.post(BOOK, phone_call(robin, service))
    assert "This time is taken." in said(page)
    assert "In the way: Jo O’Brien, 10:00–11:00 AM." in said(page).replace("\xa0", " ")
    assert page.context["form"]["name"].value() == "Kim Park"
    assert Appointment.objects.count() == 1


def test_looking_for_times_stores_and_judges_nothing(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    sent = phone_call(robin, service, name="", show="2027-01-11")
    form = desk.post(BOOK, sent).context["form"]
    assert not form.errors
    assert form["phone"].value() == "310 555 0199"
    assert form.week.first == date(2027, 1, 11)
    assert not Appointment.objects.exists()


def test_by_phone_only_services_are_booked_here(desk: Client, robin: Practitioner) -> None:
    course = make_service("Corrective exercise class", mode=Service.Mode.BY_PHONE)
    robin.assignments.create(service=course, location=Location.objects.get())
    desk.post(BOOK, phone_call(robin, course))
    assert Appointment.objects.get().service == course


def test_time_is_blocked_and_given_back(desk: Client, robin: Practitioner) -> None:
    sent = {"practitioner": robin.pk, "day": "2027-01-06", "begins": "12:00", "ends": "13:00"}
    desk.post(BLOCK, sent | {"reason": "Lunch"})
    block = BlockedTime.objects.get()
    assert (block.starts_at, block.ends_at) == (at(6, 12), at(6, 13))
    assert Claim.objects.count() == 12
    remove = f"{BLOCK}{block.pk}/remove/"
    assert desk.get(remove).status_code == 405
    desk.post(remove)
    assert not Claim.objects.exists()
    desk.post(remove)
    assert "Someone else already unblocked this time." in said(desk.get(CALENDAR))


def test_time_with_a_visit_in_it_is_not_blocked(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    book(service, TEN)
    sent = {"practitioner": robin.pk, "day": "2027-01-06", "begins": "09:30", "ends": "10:30"}
    page = desk.post(BLOCK, sent | {"reason": "The dentist"})
    assert page.context["form"]["reason"].value() == "The dentist"
    assert "Some of this time is taken." in said(page)
    assert "In the way: Jo O’Brien, 10:00–11:00 AM." in said(page).replace("\xa0", " ")
    assert page.context["form"]["begins"].value() == "09:30"
    assert not BlockedTime.objects.exists()


@pytest.mark.parametrize(
    ("begins", "ends", "day"),
    [
        ("x", "10:00", "2027-01-06"),
        ("02:30", "04:00", "2027-03-14"),
        ("9:00", "8:00", "9999-12-31"),
    ],
)
def test_a_block_that_cannot_be_is_refused(
    desk: Client, robin: Practitioner, begins: str, ends: str, day: str
) -> None:
    sent = {"practitioner": robin.pk, "day": day, "begins": begins, "ends": ends}
    assert desk.post(BLOCK, sent).context["form"].errors
    assert not BlockedTime.objects.exists()


def test_a_block_over_midnight_ends_on_the_next_day(desk: Client, robin: Practitioner) -> None:
    sent = {"practitioner": robin.pk, "day": "2027-01-06", "begins": "22:00", "ends": "02:00"}
    desk.post(BLOCK, sent)
    assert BlockedTime.objects.get().ends_at == at(7, 2)


def test_the_panel_at_the_start_says_what_presses(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    book(service, at(4, 14), by=staff)
    book(service, TEN)
    Appointment.objects.filter(state="requested").update(
        hold_expires_at=MONDAY_MORNING + timedelta(hours=1)
    )
    asked = make_appointment(wishes=[], wants_call=True)
    CallTask.objects.create(appointment=asked, reason="email")
    words = said(desk.get("/admin/"))
    assert "2:00 PM Jo O’Brien" in words
    assert "1 visit today" in words
    assert "2 requests need an answer" in words
    assert "1 of them expires soon" in words
    assert "1 call to make" in words


def test_every_look_leaves_a_line_without_names(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    kim = book(service, TEN, name="Kim Park")
    for address in (INBOX, f"{CALENDAR}?day=2027-01-06", "/admin/appointments/"):
        desk.get(address)
    lines = AccessLine.objects.filter(kind="look").order_by("pk")
    screens = ["inbox:index", "calendar:index", "appointments:index"]
    assert [(line.via, line.record) for line in lines] == [(via, kim.pk) for via in screens]
    assert {line.account for line in lines} == {staff.pk}
    assert "Kim" not in str(lines.values())


@pytest.mark.parametrize("address", [INBOX, "/admin/appointments/", "/admin/closures/", "/admin/"])
def test_each_screen_asks_the_same_for_few_and_many(
    desk: Client, service: Service, robin: Practitioner, address: str
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        # Around what is noted of a look; outside of a test's transaction it is a transaction.
        return sum("SAVEPOINT" not in query["sql"] for query in queries)

    def more(number: int) -> None:
        book(service, at(6 + number, 10), idempotency_key=f"held {number}")
        make_appointment(wishes=[], wants_call=True, idempotency_key=f"asked {number}")
        robin.person.closures.create(first_day=date(2027, 2, 1), last_day=date(2027, 2, 1))

    more(0)
    asked()
    few = asked()
    for number in (1, 2, 5, 6):
        more(number)
    asked()  # what a change makes old of the clinic itself is read once
    assert asked() == few <= 25
