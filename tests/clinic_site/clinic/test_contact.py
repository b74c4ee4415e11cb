"""The contact page says where the clinic is, at every place where it sees people."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clinic_site.clinic.models.locations import Location
from clinic_site.page_cache.invalidation import invalidate_all
from tests.factories import make_clinic, make_image, make_location

pytestmark = pytest.mark.django_db


def read(client: Client) -> BeautifulSoup:
    return BeautifulSoup(client.get("/contact/").content, "html.parser")


def clinic_data(page: BeautifulSoup) -> dict[str, Any]:
    graph = json.loads(page.find("script", type="application/ld+json").string)["@graph"]
    found: dict[str, Any] = graph[-1]
    return found


def test_one_place_is_told_in_full(client: Client) -> None:
    make_clinic(
        location=make_location(
            map_url="https://maps.example/here",
            directions="Round the corner.",
            hours_note="Closed on holidays.",
        )
    )
    page = read(client).main
    for fact in ("1129 State Street, Suite #2", "Round the corner.", "Closed on holidays."):
        assert fact in page.text
    for address in ("https://maps.example/here", "mailto:desk@clinic.example"):
        assert page.find("a", href=address)
    assert page.find("a", href="tel:+1-805-880-6533")
    assert "Monday" in page.table.text
    assert [heading.text for heading in page.find_all("h2")] == ["Ready to be pain free?"]


def test_it_tells_how_to_arrive(client: Client) -> None:
    make_clinic(
        location=make_location(
            map_image=make_image(),
            map_description="State Street and the two beside it.",
            parking="Lot 4, behind us.",
            entrance="The green door.",
            step_free_access="No steps.",
            what_to_bring="Shoes\n\nA list of your medications",
        )
    )
    page = read(client).main
    assert page.select_one(".arrival img")["alt"] == "State Street and the two beside it."
    told = {
        part.dt.text: part.dd.get_text(strip=True) for part in page.select(".arrival-facts div")
    }
    assert told == {
        "Parking": "Lot 4, behind us.",
        "The door": "The green door.",
        "Wheelchairs and strollers": "No steps.",
        "What to bring": "ShoesA list of your medications",
    }


def test_what_nobody_has_told_of_arriving_has_no_heading(client: Client) -> None:
    make_clinic(location=make_location(parking="Lot 4."))
    assert [term.text for term in read(client).main.select(".arrival dt")] == ["Parking"]
    Location.objects.update(parking="")
    invalidate_all()
    assert "Getting here" not in read(client).main.text


def test_each_of_several_places_tells_its_own_way(client: Client) -> None:
    make_location(name="Airport Road", parking="In front.")
    make_clinic(location=make_location(name="State Street"))
    parts = read(client).main.select("section.split")
    assert [bool(part.select(".arrival")) for part in parts] == [False, True]


def test_several_places_are_told_apart_the_main_one_first(client: Client) -> None:
    make_location(name="Airport Road", phone="805-555-0110")
    make_clinic(location=make_location(name="State Street"))
    page = read(client)
    parts = page.main.select("section.split")
    assert [part.h2.text for part in parts] == ["State Street", "Airport Road"]
    assert "805-555-0110" in parts[1].text
    (other,) = clinic_data(page)["department"]
    assert (other["name"], other["telephone"]) == ("Airport Road", "+18055550110")


def test_more_places_cost_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_clinic()
    for number in range(8):
        make_location(name=f"Place {number}")
    read(client)
    with django_assert_max_num_queries(9):
        client.get("/contact/?not=kept")


def test_before_there_is_any_place_there_is_still_a_page(client: Client) -> None:
    assert read(client).h1.text == "Contact"
