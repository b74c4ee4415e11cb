"""The screen of the numbers: who may read it, pictures and tables, the spreadsheet, bad input."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from booking.actions.personal_data.erasing import erase_appointment
from booking.actions.visits import cancel_appointment, mark_arrived, mark_no_show
from booking.models import Appointment, Practitioner, Service
from booking.numbers.months import Month
from clinic_site.accounts.models import User
from tests.booking.factories import (
    at,
    book,
    copies,
    errors_by_field,
    make_appointment,
    make_practitioner,
    make_service,
)
from tests.booking.numbers.pages import (
    JANUARY,
    NUMBERS,
    drawn,
    read_changes,
    read_figures,
    read_picture,
)
from tests.factories import make_user

OWN = "/admin/my-calendar/numbers/"


@pytest.fixture
def user(desk: Client) -> User:
    return User.objects.get()


@pytest.fixture
def month(
    user: User, service: Service, robin: Practitioner, clock: time_machine.Traveller
) -> list[Appointment]:
    """A month in which one came, one did not, one was late to cancel and one was not noted."""
    visits = [book(service, at(5, 9 + hour), by=user, new_patient=True) for hour in range(4)]
    make_appointment()
    clock.move_to(at(5, 10))
    mark_arrived(visits[0], by=user)
    cancel_appointment(visits[2], by=user)
    clock.move_to(at(5, 14))
    mark_no_show(visits[1], by=user)
    return visits


def test_erasing_changes_no_count(desk: Client, month: list[Appointment]) -> None:
    before = read_changes(desk)
    parts = {key: read_picture(desk, key) for key in ("visits", "practitioner", "service")}
    assert [before[name][0] for name in ("Visits", "No-shows", "Late cancellations")] == ["1"] * 3
    for appointment in Appointment.objects.filter(starts_at__isnull=False):
        erase_appointment(appointment, by=None)
    assert not Appointment.objects.exclude(name="").filter(starts_at__isnull=False).exists()
    assert read_changes(desk) == before
    assert {key: read_picture(desk, key) for key in parts} == parts


def test_each_number_says_what_it_means(desk: Client, month: list[Appointment]) -> None:
    page = BeautifulSoup(desk.get(JANUARY).content, "html.parser")
    rows = page.select(".chart-page table")[0].select("tbody tr")
    assert len(rows) == 20
    assert all(row.select_one(".chart-page__meaning").get_text(strip=True) for row in rows)


def test_each_picture_has_words_and_the_table_of_what_it_shows(
    desk: Client, month: list[Appointment]
) -> None:
    keys = ("visits", "missed", "requests", "answers", "lead", "use", "practitioner", "service")
    for key in keys:
        picture = drawn(desk, key)
        assert picture["role"] == "img"
        named = [picture.find(id=name) for name in picture["aria-labelledby"].split()]
        assert all(element.get_text(strip=True) for element in named)
        assert len(picture.select(".chart__bar")) == len(read_picture(desk, key))
        assert not picture.select("[style], style, script")


def test_a_bar_is_as_long_as_its_number(desk: Client, user: User, month: list[Appointment]) -> None:
    widths = [float(bar["width"]) for bar in drawn(desk, "missed").select(".chart__bar")]
    assert widths[-1] > 100
    assert set(widths[:-1]) == {0}
    [part] = drawn(desk, "missed").select(".chart__part")
    assert float(part["width"]) == widths[-1] / 2  # one no-show, one late cancellation


def test_what_is_unknown_is_said_beside_its_field_and_narrows_nothing(
    desk: Client, month: list[Appointment]
) -> None:
    answer = desk.get(f"{NUMBERS}?practitioner=999&service=x&month=2027-13")
    assert answer.status_code == 200
    assert errors_by_field(answer).keys() == {"practitioner", "service", "month"}
    assert read_figures(desk, f"{NUMBERS}?practitioner=999")["Visits"] == "1"


@pytest.mark.parametrize("query", ["9999-99", "2099-12", "2000-01", "x" * 3000, "²027-01"])
def test_no_address_breaks_the_numbers(desk: Client, month: list[Appointment], query: str) -> None:
    assert desk.get(f"{NUMBERS}?month={query}&practitioner={query}").status_code == 200


def test_there_are_numbers_before_there_is_anything_to_count(desk: Client) -> None:
    assert read_figures(desk)["Visits"] == "0"
    assert read_figures(desk)["Half answered within"] == "–"
    assert "Nothing to count here yet." in desk.get(JANUARY).content.decode()


def test_the_spreadsheet_has_the_same_numbers_and_no_formula(
    desk: Client, user: User, service: Service, clock: time_machine.Traveller
) -> None:
    make_practitioner("=1+1", service)
    visit = book(service, at(5, 9), by=user)
    clock.move_to(at(5, 9))
    mark_arrived(visit, by=user)
    answer = desk.get(f"{JANUARY}&export=xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="numbers-2027-01.xlsx"'
    assert "no-store" in answer["Cache-Control"]
    sheet = load_workbook(BytesIO(answer.getvalue())).active
    assert sheet is not None
    heading, *rows = sheet.iter_rows(values_only=True)
    assert heading[-2:] == ("Seats taken", "Seats filled (percent)")
    assert heading[:4] == ("Month", "Grouped by", "Name", "Visits")
    assert [row[0] for row in rows[:12]] == [
        Month(2027, 1).plus(-before).written for before in reversed(range(12))
    ]
    assert rows[11][3] == 1
    assert rows[11][-6:-3] == (1, 168, 1)
    [person] = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert person.data_type == "s"
    csv = desk.get(f"{JANUARY}&export=csv").getvalue().decode()
    assert '"\'=1+1"' in csv


@pytest.fixture
def mine(month: list[Appointment], robin: Practitioner) -> Client:
    """Robin's own browser."""
    robin.person.account = make_user("Practitioners")
    robin.person.save()
    client = Client()
    client.force_login(robin.person.account)
    return client


def test_practitioners_read_their_own_numbers_and_nobody_elses(
    mine: Client, user: User, service: Service, clock: time_machine.Traveller
) -> None:
    dana = make_practitioner("Dana Whitfield", service)
    visit = book(service, at(5, 16), by=user, practitioner=dana)
    clock.move_to(at(5, 16))
    mark_arrived(visit, by=user)
    assert read_figures(mine, f"{OWN}?month=2027-01")["Visits"] == "1"
    assert read_figures(mine, f"{OWN}?month=2027-01&practitioner={dana.pk}")["Visits"] == "1"
    assert [*read_picture(mine, "practitioner", f"{OWN}?month=2027-01")] == ["Robin Alvarez"]
    assert mine.get(NUMBERS).status_code in (302, 403)


@pytest.mark.parametrize("role", ["Moderators", "Editors"])
def test_others_read_no_numbers(client: Client, service: Service, role: str) -> None:
    client.force_login(make_user(role))
    assert client.get(NUMBERS).status_code == 302
    assert client.get(OWN).status_code in (302, 403)


@pytest.fixture
def many(month: list[Appointment]) -> None:
    """Two thousand visits more, on the days of two years."""
    template = month[0]
    copies(template, [f"N{n}" for n in range(2000)])
    rows = list(Appointment.objects.filter(reference__startswith="N"))
    for number, row in enumerate(rows):
        row.starts_at = at(1, 9) - timedelta(days=number % 730)
        row.ends_at = row.starts_at + timedelta(hours=1)
        row.requested_at = row.starts_at - timedelta(days=3)
    Appointment.objects.bulk_update(rows, ["starts_at", "ends_at", "requested_at"])


def queries_of(desk: Client) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(JANUARY).status_code == 200
    return [query["sql"] for query in queries]


@pytest.mark.slow
def test_the_numbers_take_the_same_queries_for_five_visits_and_two_thousand(
    desk: Client, month: list[Appointment], service: Service, request: pytest.FixtureRequest
) -> None:
    desk.get(JANUARY)
    few = len(queries_of(desk))
    request.getfixturevalue("many")
    make_practitioner("Dana Whitfield", make_service("Massage"))
    desk.get(JANUARY)  # what stands on every page is read anew
    assert len(queries_of(desk)) == few <= 30


@pytest.mark.slow
def test_no_query_reads_all_appointments_or_all_that_happened(desk: Client, many: None) -> None:
    asked = [
        sql for sql in queries_of(desk) if 'FROM "booking_appointment' in sql and "GROUP" in sql
    ]
    assert len(asked) == 6
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        for sql in asked:
            explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
            cursor.execute(f"{explain} {sql}")
            plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
            assert "SCAN booking_appointment" not in plan
            assert "Seq Scan on booking_appointment" not in plan
            assert "starts_at" in plan or "requested_at" in plan


def test_owners_read_the_month_in_a_line_at_the_start(
    client: Client, month: list[Appointment]
) -> None:
    client.force_login(make_user("Owners"))
    start = BeautifulSoup(client.get("/admin/").content, "html.parser")
    [line] = start.select("#month-in-numbers-section li")
    said = " ".join(line.get_text(" ").split())
    assert "1 visit" in said
    assert "1 no-show" in said
    assert "2% of the hours booked" in said


def test_the_front_desk_has_no_such_line(desk: Client, month: list[Appointment]) -> None:
    assert b"month-in-numbers" not in desk.get("/admin/").content
