"""The search is on every page, and finds people, hours and the way there as well as articles."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Page

from clinic_site.clinic.models import ClinicDetails
from clinic_site.pages.models import ContactPage
from tests.factories import make_article, make_person, make_team_page

pytestmark = pytest.mark.search

DANA = "/team/dana-whitfield/"


@pytest.fixture(autouse=True)
def _team(clinic: ClinicDetails) -> None:
    make_team_page()
    make_person("Dana Whitfield", role="Physical therapist", credentials="DPT")
    make_person("Marisol Vega", role="Massage therapist")
    make_person("Kim Retired", role="Massage therapist", on_team=False)


def found(client: Client, query: str) -> list[str]:
    page = BeautifulSoup(client.get("/search/", {"q": query}).content, "html.parser")
    return [str(link["href"]) for link in page.select(".results h2 a")]


def test_a_name_finds_its_profile_before_the_articles_that_mention_it(client: Client) -> None:
    article = make_article("What Dana says about backs")
    assert found(client, "dana") == [DANA, article.url]
    assert found(client, "Dana Whitfeld")[:1] != [DANA], "another name is not hers"


@pytest.mark.parametrize("query", ["massage", "massages", "Massage therapist"])
def test_what_somebody_does_finds_them(client: Client, query: str) -> None:
    assert found(client, query) == ["/team/marisol-vega/"]


def test_without_a_published_team_page_nobody_is_led_to(client: Client) -> None:
    Page.objects.filter(slug="team").update(live=False)
    assert found(client, "dana") == []


def test_people_stand_on_the_first_page_alone_and_are_counted(client: Client) -> None:
    for number in range(11):
        make_article(f"Dana, part {number}")
    first = client.get("/search/", {"q": "dana"}).content.decode()
    assert "12 " in BeautifulSoup(first, "html.parser").main.p.text
    page = BeautifulSoup(client.get("/search/", {"q": "dana", "page": "2"}).content, "html.parser")
    links = [link["href"] for link in page.select(".results h2 a")]
    assert len(links) == 1
    assert DANA not in links


@pytest.mark.parametrize("query", ["opening hours", "parking", "directions", "phone number"])
def test_the_contact_page_is_found_by_what_people_want_of_it(client: Client, query: str) -> None:
    contact = ContactPage.objects.get()
    contact.save()
    assert found(client, query) == [contact.url]


@pytest.mark.parametrize("address", ["/", "/book/", "/privacy/", "/gone/"])
def test_the_search_is_in_the_header_and_in_the_menu_of_a_phone(
    client: Client, address: str
) -> None:
    header = BeautifulSoup(client.get(address).content, "html.parser").header
    assert header.select_one('a[href="/search/"]')
    form = header.select_one('form[action="/search/"]')
    assert form.input["name"] == "q"
    assert form.label["for"] == form.input["id"]


def test_who_searches_one_topic_looks_for_no_people(client: Client) -> None:
    article = make_article("What Dana says about backs")
    answer = client.get("/search/", {"q": "dana", "topic": "fitness"})
    page = BeautifulSoup(answer.content, "html.parser")
    assert [link["href"] for link in page.select(".results h2 a")] == [article.url]
