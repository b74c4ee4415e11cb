"""An owner sees what is left to set up, until nothing is."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clinic_site.admin.first_steps import first_steps
from tests.factories import make_clinic, make_person, make_user

pytestmark = pytest.mark.django_db


def left(client: Client) -> list[str]:
    page = BeautifulSoup(client.get("/admin/").content, "html.parser")
    return [link.text for link in page.select(".first-steps a")]


def test_of_an_empty_site_everything_is_left(client: Client) -> None:
    client.force_login(make_user("Owners"))
    *steps, demo = first_steps()
    assert left(client) == [str(shown.step.label) for shown in steps]
    assert demo.is_done


def test_what_is_done_is_known(client: Client) -> None:
    client.force_login(make_user("Owners"))
    make_clinic()
    make_person()
    make_user("Front desk")
    assert not {
        "Say where you are",
        "Set your opening hours",
        "Name your clinic",
        "Introduce your people",
        "Give your staff accounts",
    }.intersection(left(client))
    assert "List your services" in left(client)


def test_each_step_leads_where_it_is_taken(client: Client) -> None:
    client.force_login(make_user("Owners"))
    for shown in first_steps():
        assert client.get(shown.step.url(), follow=True).status_code == 200, shown.step.label


@pytest.mark.parametrize("role", ["Editors", "Moderators", "Front desk", "Practitioners"])
def test_nobody_else_is_reminded(client: Client, role: str) -> None:
    client.force_login(make_user(role))
    assert left(client) == []


def test_all_steps_are_asked_of_at_once(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        first_steps()
