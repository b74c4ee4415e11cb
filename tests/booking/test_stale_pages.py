"""Who presses on an old page is told what was not done, and how to do it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client

from booking.actions.answers import propose_times
from booking.actions.visits import move_appointment
from booking.manage_links import issue_link
from booking.models import Appointment, Practitioner, Service
from clinic_site.accounts.models import User
from tests.booking.factories import at, book, said

TEN = at(6, 10)


@pytest.fixture
def visit(service: Service, robin: Practitioner) -> Appointment:
    Service.objects.update(mode=Service.Mode.AT_ONCE)
    service.refresh_from_db()
    return book(service, TEN, email="jo@patient.example")


def link_to(visit: Appointment) -> str:
    return f"/book/mine/{issue_link(visit)}/"


def hidden(page: Any) -> dict[str, str]:
    """What the last form of a page would send."""
    form = BeautifulSoup(page.content, "html.parser").select("main form")[-1]
    return {field["name"]: field["value"] for field in form.select("input[type=hidden]")}


def heading(page: Any) -> str:
    found = BeautifulSoup(page.content, "html.parser").h1
    assert found
    return found.get_text().strip()


@pytest.mark.parametrize("later", [timedelta(0), timedelta(minutes=3)])
@pytest.mark.parametrize(
    ("tab", "undone"),
    [
        ("cancel/", "Nothing was canceled"),
        ("move/?starts_at=2027-01-08T18:00Z", "Nothing was moved"),
    ],
)
def test_a_press_on_a_page_whose_link_was_replaced_says_that_it_did_nothing(
    client: Client,
    visit: Appointment,
    clock: time_machine.Traveller,
    tab: str,
    undone: str,
    later: timedelta,
) -> None:
    link = link_to(visit)
    old_tab = hidden(client.get(link + tab))
    move_appointment(visit, starts_at=at(7, 14))  # in another tab
    clock.shift(later)
    page = client.post(link + tab.split("?")[0], old_tab, follow=True)
    assert heading(page) == undone
    words = said(page)
    assert "use the link in that email or call us" in words
    assert "805-880-6533" in words
    assert "is confirmed" not in words
    visit.refresh_from_db()
    assert (visit.state, visit.starts_at) == ("confirmed", at(7, 14))


def test_of_two_proposed_times_chosen_in_two_tabs_the_second_says_that_it_was_not_taken(
    client: Client, service: Service, robin: Practitioner, staff: User
) -> None:
    request = book(service, TEN, email="jo@patient.example")
    propose_times(request, [(at(7, 9), robin), (at(8, 14), robin)], by=staff)
    link = link_to(request)
    chips = BeautifulSoup(client.get(link).content, "html.parser").select(".chip")
    first, second = (str(chip["value"]) for chip in chips)
    client.post(f"{link}accept/", {"time": first})
    page = client.post(f"{link}accept/", {"time": second}, follow=True)
    assert heading(page) == "No time was chosen"
    page = client.post(f"{link}accept/", {"time": first}, follow=True)
    assert heading(page) == "Your appointment is confirmed"
    request.refresh_from_db()
    assert request.starts_at == at(7, 9)


@pytest.mark.parametrize("press", ["offer/", "waiting-list/"])
def test_no_press_on_an_old_page_ends_on_a_confirmation(
    client: Client, visit: Appointment, press: str
) -> None:
    link = link_to(visit)
    move_appointment(visit, starts_at=at(7, 14))
    page = client.post(link + press, {"offer": "1", "answer": "take"}, follow=True)
    assert heading(page) == "Nothing was changed"


def test_what_has_changed_meanwhile_or_is_too_late_heads_the_page(
    client: Client, visit: Appointment, clock: time_machine.Traveller
) -> None:
    link = link_to(visit)
    asked = hidden(client.get(f"{link}cancel/"))
    Appointment.objects.update(version=7)
    assert heading(client.post(f"{link}cancel/", asked, follow=True)) == "Nothing was canceled"
    clock.move_to(TEN - timedelta(hours=1))
    assert heading(client.post(f"{link}cancel/", asked, follow=True)) == "Nothing was canceled"
    wanted = {"starts_at": "2027-01-08T18:00Z"}
    assert heading(client.post(f"{link}move/", asked | wanted, follow=True)) == "Nothing was moved"


def test_ones_own_time_is_marked_and_is_no_choice(client: Client, visit: Appointment) -> None:
    link = link_to(visit)
    for page in (client.get(f"{link}move/"), client.get(f"{link}move/?week=2027-01-04")):
        soup = BeautifulSoup(page.content, "html.parser")
        choices = [chip["value"] for chip in soup.select("button.chip")]
        assert "2027-01-06T18:00Z" not in choices
        assert "2027-01-06T18:15Z" in choices
        assert "10:00 AM , Wednesday, January 6 your time now" in said(page)
    page = client.get(f"{link}move/?starts_at=2027-01-06T18:00Z")
    assert "the time you already have" in said(page)
    assert heading(page) == "Move your appointment"
