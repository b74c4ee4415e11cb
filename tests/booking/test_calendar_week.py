"""The calendar's week: of one person a column for each day, of everybody a row for each person."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from booking.models import Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models import Closure
from tests.booking.calendar_pages import CALENDAR, TEN, WEEK, soup_of, words_of
from tests.booking.factories import at, book, make_practitioner, said


@pytest.fixture
def staff(desk: Client) -> User:
    return User.objects.get()


def test_a_week_of_one_person_has_a_column_for_each_day_of_work(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    make_practitioner("Dana Whitfield", service)
    page = desk.get(CALENDAR, WEEK | {"practitioner": robin.pk})
    assert len(page.context["columns"]) == 5


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


def heads(page: object) -> list[str]:
    return [words_of(each)[:3] for each in soup_of(page).select(".desk-week thead th")[1:]]


def test_days_on_which_nobody_works_are_left_out(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    make_practitioner("Dana Whitfield", service)
    assert heads(desk.get(CALENDAR, WEEK)) == ["Mon", "Tue", "Wed", "Thu", "Fri"]
    book(service, at(9, 10), by=staff, outside_hours=True)
    assert heads(desk.get(CALENDAR, WEEK)) == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]


def test_a_closed_day_says_why_it_is_empty(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    make_practitioner("Dana Whitfield", service)
    day = at(8, 9).date()
    Closure.objects.create(first_day=day, last_day=day, reason="New floor")
    page = desk.get(CALENDAR, WEEK)
    assert "Fri" in heads(page)
    assert "New floor" in said(page)


def test_a_visit_leads_to_what_can_be_done_with_it(
    desk: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    make_practitioner("Dana Whitfield", service)
    visit = book(service, at(4, 15), by=staff, practitioner=robin)
    [entry] = soup_of(desk.get(CALENDAR, WEEK | {"day": "2027-01-04"})).select(".desk-entries li")
    assert f"color--{service.color}" in entry["class"]
    link = entry.select_one("a[data-open]")
    assert link is not None
    assert "Cancel and tell the patient" in said(desk.get(str(link["href"])))
    press = entry.select_one("button.calendar-quick")
    assert press is not None
    desk.post(str(press["formaction"]), {"version": press["value"], "next": CALENDAR})
    visit.refresh_from_db()
    assert visit.state == "arrived"
