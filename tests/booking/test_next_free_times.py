"""A profile says when somebody is free next, and it is true at the second when it is shown."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from booking.models import Claim, Practitioner, Service
from tests.booking.factories import at, book
from tests.factories import make_location, make_team_page
from tests.front import FrontClient

ROBIN = "/team/robin-alvarez/"


@pytest.fixture(autouse=True)
def _team(service: Service) -> None:
    make_team_page()
    service.notice_hours = 24
    service.save()


def shown(client: Client) -> dict[str, list[str]]:
    page = BeautifulSoup(client.get(ROBIN).content, "html.parser")
    return {
        item.h3.text: [time.get_text().replace("\xa0", " ") for time in item.select("time")]
        for item in page.select(".next-free > li")
    }


def test_it_shows_the_next_three_times_of_each_service_and_leads_to_booking_it(
    client: Client, robin: Practitioner, service: Service
) -> None:
    response = client.get(ROBIN)
    assert shown(client) == {
        service.name: ["Tue, Jan 5, 9:00 AM", "Tue, Jan 5, 9:15 AM", "Tue, Jan 5, 9:30 AM"]
    }
    page = BeautifulSoup(response.content, "html.parser")
    address = page.select_one(".next-free a")["href"]
    assert address == f"/book/?with=robin-alvarez&service={service.slug}"
    start = BeautifulSoup(client.get(address).content, "html.parser")
    assert start.select_one("input[name=service]:checked")["value"] == str(service.pk)


def test_what_is_taken_is_gone_from_it_at_once(
    client: Client, robin: Practitioner, service: Service
) -> None:
    shown(client)
    book(service, at(5, 9), practitioner=robin)
    assert "Tue, Jan 5, 9:00 AM" not in shown(client)[service.name]
    Claim.objects.all().delete()
    assert "Tue, Jan 5, 9:00 AM" in shown(client)[service.name]


def test_a_time_that_is_too_soon_by_now_is_gone_from_it(
    client: Client, robin: Practitioner, service: Service, clock: time_machine.Traveller
) -> None:
    clock.move_to(at(4, 9))
    assert shown(client)[service.name][0] == "Tue, Jan 5, 9:00 AM"
    clock.move_to(at(4, 9) + timedelta(seconds=1))
    assert shown(client)[service.name][0] == "Tue, Jan 5, 9:15 AM"


def test_no_cache_keeps_it(robin: Practitioner) -> None:
    client = FrontClient()
    response = client.get(ROBIN)
    assert response["Cache-Control"] == "no-cache"
    assert not response.cookies
    robin.active = False
    robin.save()
    assert "s-maxage" in client.get(ROBIN)["Cache-Control"], "it shows no times"


def test_somebody_without_a_free_time_says_so(
    client: Client, robin: Practitioner, service: Service
) -> None:
    robin.weekly_hours.all().delete()
    assert shown(client) == {service.name: []}
    assert "Nothing in the next two weeks." in client.get(ROBIN).content.decode()


def test_somebody_at_two_places_says_where(
    client: Client, robin: Practitioner, service: Service
) -> None:
    make_location(name="Airport Road")
    assert "Airport Road" not in client.get(ROBIN).content.decode()
    robin.assignments.create(service=service, location=make_location(name="Harbor"))
    assert "Harbor" in client.get(ROBIN).content.decode()


def test_more_services_cost_no_more_queries(
    client: Client,
    robin: Practitioner,
    service: Service,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client.get(ROBIN)
    location = robin.assignments.get().location
    for number in range(6):
        other = Service.objects.create(
            name=f"Service {number}", slug=f"s-{number}", duration_minutes=30
        )
        robin.assignments.create(service=other, location=location)
    client.get(ROBIN)
    with django_assert_max_num_queries(18):
        assert len(shown(client)) == 7
