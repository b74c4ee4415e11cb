"""Everybody of the team has a page of their own, and their names lead to it."""

import json
from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, transaction
from django.test import Client, TestCase
from pytest_django import DjangoAssertNumQueries
from wagtail.models import PageViewRestriction

from clinic_site.clinic.models.people import Person
from tests.factories import (
    make_article,
    make_image,
    make_person,
    make_team_page,
)

pytestmark = pytest.mark.usefixtures("clinic")

HOME = "http://127.0.0.1:8000"
DANA = "/team/dana-whitfield/"


def dana(**fields: Any) -> Person:
    return make_person(
        "Dana Whitfield", **{"credentials": "DPT", "biography": "Backs and hips."} | fields
    )


def things(client: Client, address: str) -> dict[str, dict[str, Any]]:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    graph = json.loads(page.find("script", type="application/ld+json").string)["@graph"]
    return {thing["@type"]: thing for thing in graph}


def test_the_team_page_introduces_everybody_and_leads_to_each(client: Client) -> None:
    make_team_page()
    dana()
    make_person("Robin Alvarez")
    make_person("Kim Retired", on_team=False)
    page = BeautifulSoup(client.get("/team/").content, "html.parser")
    links = {link.text: link["href"] for link in page.select(".team a")}
    assert links == {"Dana Whitfield": DANA, "Robin Alvarez": "/team/robin-alvarez/"}
    assert [initials.text for initials in page.select(".portrait-initials")] == ["DW", "RA"]


def test_a_profile_says_who_it_is_and_what_they_wrote_and_reviewed(client: Client) -> None:
    make_team_page()
    person = dana()
    make_article("By Dana", author=person)
    make_article("Checked by Dana", reviewer=person)
    make_article("By others")
    make_article("A draft", author=person, live=False)
    response = client.get(DANA)
    page = BeautifulSoup(response.content, "html.parser")
    assert page.h1.text == "Dana Whitfield"
    assert "DPT" in page.main.text
    assert "Backs and hips." in page.main.text
    parts = page.select("section.split")
    lists = {part.h2.text: [link.text for link in part.select("h3 a")] for part in parts}
    assert lists == {
        "Articles by Dana": ["By Dana"],
        "Medically reviewed by Dana": ["Checked by Dana"],
    }
    assert [crumb["title"] for crumb in response.context["breadcrumbs"]] == [
        "Home",
        "Team",
        "Dana Whitfield",
    ]
    assert page.find("link", rel="canonical")["href"] == f"{HOME}{DANA}"


def test_a_profile_tells_training_license_languages_and_interests(client: Client) -> None:
    make_team_page()
    dana(
        training="DPT, 2010\n\n Residency, 2011 ",
        license="California PT 12345",
        languages="English, Spanish.",
        interests="Stiff hips",
    )
    page = BeautifulSoup(client.get(DANA).content, "html.parser")
    told = {
        part.dt.text: [line.text for line in part.find_all("dd")]
        for part in page.select(".profile-facts > div")
    }
    assert told == {
        "Special interests": ["Stiff hips"],
        "Training": ["DPT, 2010", "Residency, 2011"],
        "License or certification": ["California PT 12345"],
        "Languages": ["English, Spanish"],
    }
    about = things(client, DANA)["ProfilePage"]["mainEntity"]
    assert about["knowsLanguage"] == ["English", "Spanish"]


def test_a_profile_says_nothing_of_what_nobody_has_filled_in(client: Client) -> None:
    make_team_page()
    dana()
    page = BeautifulSoup(client.get(DANA).content, "html.parser")
    assert not page.select(".profile-facts")
    assert "About Dana" not in page.text


@pytest.mark.parametrize("slug", ["nobody", "kim-retired", "dana-whitfield/more", "%00"])
def test_who_is_not_on_the_team_has_no_page(client: Client, slug: str) -> None:
    make_team_page()
    dana()
    make_person("Kim Retired", on_team=False)
    assert client.get(f"/team/{slug}/").status_code == 404


def test_a_draft_of_the_team_page_shows_nobody(client: Client) -> None:
    make_team_page(live=False)
    dana()
    assert client.get("/team/").status_code == 404
    assert client.get(DANA).status_code == 404


def test_profiles_are_as_private_as_the_team_page(client: Client) -> None:
    page = make_team_page()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    make_article(author=dana())
    assert client.get(DANA).status_code == 302
    assert DANA not in client.get("/fitness/psoas-so-what/").content.decode()
    assert DANA not in client.get("/sitemap.xml").content.decode()


def test_names_in_a_byline_lead_to_the_profiles(client: Client) -> None:
    make_article(
        author=make_person("Robin Alvarez"), reviewer=dana(), reviewed_on=date(2026, 11, 9)
    )
    byline = "/fitness/psoas-so-what/"
    assert not BeautifulSoup(client.get(byline).content, "html.parser").select(".byline a")
    make_team_page(slug="people")
    links = BeautifulSoup(client.get(byline).content, "html.parser").select(".byline a")
    assert {link.text: link["href"] for link in links} == {
        "Robin Alvarez": "/people/robin-alvarez/",
        "Dana Whitfield": "/people/dana-whitfield/",
    }


def test_the_links_cost_an_article_nothing(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_team_page()
    make_article(author=make_person("Robin Alvarez"), reviewer=dana(), image=make_image())
    client.get("/fitness/psoas-so-what/")
    with django_assert_max_num_queries(12):
        client.get("/fitness/psoas-so-what/?not=kept")


@pytest.mark.slow
@pytest.mark.parametrize("address", ["/team/", DANA])
def test_more_people_and_articles_cost_no_more_queries(
    client: Client, address: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_team_page()
    image = make_image()
    person = dana(photo=image)
    for number in range(8):
        make_person(f"Number {number}", photo=image)
        make_article(f"Article {number}", author=person, reviewer=person, image=image)
    client.get(address)
    with django_assert_max_num_queries(13):
        client.get(f"{address}?not=kept")


def test_search_engines_read_who_works_here(client: Client) -> None:
    make_team_page()
    dana()
    clinic = things(client, "/team/")["MedicalClinic"]
    assert clinic["@id"] == f"{HOME}/#clinic"
    assert clinic["employee"] == [
        {
            "@id": f"{HOME}{DANA}#person",
            "@type": "Person",
            "name": "Dana Whitfield",
            "jobTitle": "Posture therapist",
            "honorificSuffix": "DPT",
            "url": f"{HOME}{DANA}",
        }
    ]
    profile = things(client, DANA)["ProfilePage"]
    assert profile["mainEntity"]["@id"] == f"{HOME}{DANA}#person"
    assert profile["mainEntity"]["worksFor"]["@id"] == f"{HOME}/#clinic"


def test_an_article_names_the_same_people(client: Client) -> None:
    make_team_page()
    make_article(
        author=make_person("Robin Alvarez"), reviewer=dana(), reviewed_on=date(2026, 11, 9)
    )
    page = client.get("/fitness/psoas-so-what/").content.decode()
    for address in (f"{HOME}/team/robin-alvarez/", f"{HOME}{DANA}"):
        assert f'"@id":"{address}#person"' in page
        assert f'"url":"{address}"' in page


def test_the_map_of_the_site_has_the_profiles(client: Client) -> None:
    dana()
    assert DANA not in client.get("/sitemap.xml").content.decode()
    make_team_page()
    assert f"<loc>{HOME}{DANA}</loc>" in client.get("/sitemap.xml").content.decode()


def test_no_two_people_share_an_address() -> None:
    assert [dana().slug, dana().slug, make_person("健").slug, make_person("力").slug] == [
        "dana-whitfield",
        "dana-whitfield-2",
        "person",
        "person-2",
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        dana(slug="dana-whitfield")


def test_a_profile_that_is_kept_shows_a_new_article_at_once(client: Client) -> None:
    make_team_page()
    person = dana()
    assert "Backs" in client.get(DANA).content.decode()
    article = make_article("Knees", author=person)
    assert "Knees" in client.get(DANA).content.decode()
    article.unpublish()
    assert "Knees" not in client.get(DANA).content.decode()


def test_profiles_are_found_at_their_old_addresses_when_the_team_page_is_renamed(
    client: Client,
) -> None:
    page = make_team_page()
    dana()
    page.slug = "people"
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()
    response = client.get(DANA)
    assert (response.status_code, response["Location"]) == (301, "/people/dana-whitfield/")
