"""The desk's inbox, calendar, phone bookings, blocked time, and the panel at the admin's start."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from booking.actions.answers import propose_times
from booking.actions.closures import block_time
from booking.desk.times import value_of
from booking.models import Appointment, BlockedTime, CallTask, Claim, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from tests.booking.factories import (
    MONDAY_MORNING,
    at,
    book,
    copies,
    make_appointment,
    make_practitioner,
    make_service,
    said,
)
from tests.factories import make_location, make_user

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


@pytest.mark.parametrize("reason", ["asked", "mail", "expired"])
def test_whom_to_ring_is_in_the_inbox_with_their_phone(
    desk: Client, appointment: Appointment, reason: str
) -> None:
    call = CallTask.objects.create(appointment=appointment, reason=reason)
    words = said(desk.get(INBOX))
    assert "(805) 555-0123" in words
    assert call.get_reason_display().lower() in words.lower()


def test_an_empty_inbox_says_so(desk: Client) -> None:
    assert "No request waits." in said(desk.get(INBOX))


def test_the_day_shows_everything_in_words(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    book(service, at(6, 9), by=staff, name="Ana Agreed")
    book(service, TEN, name="Rae Requested")
    asked = make_appointment(name="Pat Proposed", practitioner=robin)
    propose_times(asked, [(at(6, 11), robin)], by=staff)
    block_time(robin, starts_at=at(6, 13), ends_at=at(6, 14), reason="Lunch", by=staff)
    shown = entries(desk.get(CALENDAR, DAY))
    assert shown == [
        "9:00–10:00 AM confirmed Ana Agreed , Posture assessment",
        "10:00–11:00 AM requested Rae Requested , Posture assessment",
        "11:00 AM–12:00 PM proposed Pat Proposed , Posture assessment",
        "1:00–2:00 PM blocked Lunch Unblock 1:00 PM",
    ]


def test_the_calendar_is_a_table_that_reads_out_its_times(
    desk: Client, robin: Practitioner
) -> None:
    soup = BeautifulSoup(desk.get(CALENDAR, DAY).content, "html.parser")
    table = soup.select_one("table.desk-grid")
    assert table is not None
    assert len(table.select("tbody th[scope=row]")) == 8 * 4
    assert [th.get_text(" ", strip=True) for th in table.select("thead th[scope=col]")] == [
        "Time",
        "Robin Alvarez 9:00\u00a0AM–5:00\u00a0PM",
    ]
    assert not table.select("[style]")


def test_every_row_of_the_table_is_as_wide_as_its_head(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    make_practitioner("Dana Whitfield", service)
    make_practitioner("Theo Lindqvist", service).weekly_hours.filter(weekday=2).delete()
    for begins in (at(6, 9, 5), at(6, 12), at(6, 13, 40)):
        block_time(robin, starts_at=begins, ends_at=begins + timedelta(minutes=20), by=staff)
    block_time(robin, starts_at=at(6, 22), ends_at=at(7, 2), by=staff)
    soup = BeautifulSoup(desk.get(CALENDAR, DAY).content, "html.parser")
    table = soup.select_one("table.desk-grid")
    assert table is not None
    rows = table.select("tbody tr")
    covered = [0] * len(rows)
    for number, row in enumerate(rows):
        for cell in row.select("td"):
            for below in range(int(str(cell["rowspan"]))):
                covered[number + below] += 1
    assert covered == [3] * len(rows)


def test_a_free_time_leads_to_booking_it(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    soup = BeautifulSoup(desk.get(CALENDAR, DAY).content, "html.parser")
    [link] = [a for a in soup.select("td.desk-free a") if "10:00 AM, Robin Alvarez: book" in a.text]
    form = desk.get(f"{link['href']}&service={service.pk}").context["form"]
    chosen = [c for _day, choices in form.week.days for c in choices if c.chosen]
    assert [choice.value for choice in chosen] == [value_of(TEN, robin.pk)]


def test_times_that_are_over_lead_nowhere(desk: Client, robin: Practitioner) -> None:
    soup = BeautifulSoup(desk.get(CALENDAR, {"day": "2027-01-01"}).content, "html.parser")
    assert soup.select("td.desk-free")
    assert not soup.select("td.desk-free a")


def test_the_week_shows_each_person_and_day(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    make_practitioner("Dana Whitfield", service)
    book(service, TEN, by=staff, practitioner=robin)
    page = desk.get(CALENDAR, WEEK)
    soup = BeautifulSoup(page.content, "html.parser")
    assert [th.text.split()[0] for th in soup.select(".desk-week tbody th")] == ["Dana", "Robin"]
    [cell] = [td for td in soup.select(".desk-week td") if td.select(".desk-entry")]
    assert "Jo O’Brien" in cell.text
    assert cell.parent is not None
    assert cell.parent.select("th, td").index(cell) == 3  # Wednesday


def test_a_week_of_one_person_has_a_column_for_each_day(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    make_practitioner("Dana Whitfield", service)
    page = desk.get(CALENDAR, WEEK | {"practitioner": robin.pk})
    assert len(page.context["columns"]) == 7


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
    assert asked() == few <= 25


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
        ({"slot": "", "day": "2027-01-04", "time": "08:00"}, "time"),
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
    assert "Someone just took this time." in said(page)
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
    page = desk.post(BLOCK, sent)
    assert "Some of this time is taken." in said(page)
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
    make_appointment(wishes=[], wants_call=True)
    words = said(desk.get("/admin/"))
    assert "1 visit today ; next: Mon, Jan 4, 2027, 2:00 PM" in words
    assert "2 requests need an answer" in words
    assert "1 of them expires soon" in words
    assert "1 call to make" in words


def test_every_look_leaves_a_line_without_names(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    book(service, TEN, name="Kim Park")
    ModelLogEntry.objects.all().delete()
    looks = [INBOX, CALENDAR, "/admin/appointments/", "/admin/appointments/?q=Kim"]
    for address in looks:
        desk.get(address)
    lines = list(ModelLogEntry.objects.all())
    assert [line.action for line in lines] == ["booking.look"] * len(looks)
    assert all(line.user == staff for line in lines)
    assert "Kim" not in str([(line.label, line.data) for line in lines])


@pytest.mark.parametrize("address", [INBOX, "/admin/appointments/", "/admin/closures/", "/admin/"])
def test_each_screen_asks_the_same_for_few_and_many(
    desk: Client, service: Service, robin: Practitioner, address: str
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        return len(queries)

    def more(number: int) -> None:
        book(service, at(6 + number, 10), idempotency_key=f"held {number}")
        make_appointment(wishes=[], wants_call=True, idempotency_key=f"asked {number}")
        robin.person.closures.create(first_day=date(2027, 2, 1), last_day=date(2027, 2, 1))

    more(0)
    asked()
    few = asked()
    for number in (1, 2, 5, 6):
        more(number)
    assert asked() == few <= 25


def test_hours_across_the_change_of_the_clocks_are_laid_out(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    robin.weekly_hours.create(
        location=Location.objects.get(), weekday=6, begins=time(0), ends=time(6)
    )
    for day in ("2027-03-14", "2027-11-07"):
        page = desk.get(CALENDAR, {"day": day})
        assert len(page.context["rows"]) == 24
