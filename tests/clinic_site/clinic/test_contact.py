"""The contact page says where the clinic is, at every place where it sees people."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import make_clinic, make_location

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
