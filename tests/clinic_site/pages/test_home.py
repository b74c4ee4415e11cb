"""Editors compose the home page of sections; whatever they leave out, it stays a good page."""

from datetime import date
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from booking.models import Service
from clinic_site.pages.blocks import sections as blocks
from clinic_site.pages.models.home import HomePage
from tests.factories import make_article, make_clinic, make_image, make_person, make_team_page

HERO = ("hero", {"headline": "Move without pain", "introduction": "<p>We look.</p>"})
SAID = {"words": "I can tie my shoes.", "name": "Pat R.", "consent": True}


@pytest.fixture
def home(db: None) -> HomePage:
    make_clinic()
    home: HomePage = HomePage.objects.get()
    return home


def compose(home: HomePage, *sections: tuple[str, Any]) -> None:
    home.body = list(sections)
    home.save()


def read(client: Client) -> BeautifulSoup:
    response = client.get("/")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def everything(image: Any = None, said: Any = ()) -> list[tuple[str, Any]]:
    return [
        ("hero", HERO[1] | {"image": image}),
        ("services", {"heading": "What we do"}),
        ("articles", {"heading": "Worth reading", "count": "6"}),
        ("team", {"heading": "Who will see you"}),
        ("testimonials", {"heading": "What people say", "testimonials": list(said)}),
        ("where", {"heading": "Where and when"}),
        ("text", {"heading": "Parking", "text": "<p>Round the corner.</p>"}),
    ]


def make_what_sections_show(count: int) -> None:
    for number in range(count):
        Service.objects.create(name=f"S{number}", slug=f"s{number}", duration_minutes=30)
        make_person(f"Person {number}", photo=make_image())
        make_article(f"Article {number}", image=make_image())


def test_sections_stand_in_the_order_that_the_editor_gave_them(
    client: Client, home: HomePage
) -> None:
    make_what_sections_show(1)
    sections = everything(said=[SAID | {"consent_on": date(2026, 1, 5)}])
    compose(home, *sections[::-1])
    page = read(client)
    assert [heading.text for heading in page.main.find_all(["h1", "h2"])] == [
        *(value["heading"] for name, value in sections[::-1] if name != "hero"),
        "Move without pain",
        "Ready to be pain free?",
    ]
    assert [heading.text for heading in page.find_all("h1")] == ["Move without pain"]


@pytest.mark.parametrize("sections", [[], [("where", {"heading": "Where and when"})]])
def test_without_an_opening_the_clinic_says_its_name(
    client: Client, home: HomePage, sections: list[Any]
) -> None:
    compose(home, *sections)
    page = read(client)
    assert [heading.text for heading in page.find_all("h1")] == ["Motion Unlimited"]
    assert "Posture. Strength. Mobility." in page.main.text
    assert "1129 State Street" in page.main.text
    assert page.main.find("a", href="/book/")
    assert page.find("meta", {"name": "description"})["content"]


def test_a_section_with_nothing_to_show_shows_no_heading(client: Client, home: HomePage) -> None:
    compose(home, *everything())
    assert [heading.text for heading in read(client).main.find_all("h2")] == [
        "Where and when",
        "Parking",
        "Ready to be pain free?",
    ]


@pytest.mark.slow
def test_more_of_everything_costs_no_more_queries(
    client: Client, home: HomePage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_team_page()
    make_what_sections_show(7)
    compose(home, *everything(image=make_image()))
    read(client)
    with django_assert_max_num_queries(14):
        client.get("/?not=kept")


# What patients say


@pytest.mark.parametrize(
    ("field", "permission"),
    [
        ("consent", {"consent": False, "consent_on": date(2026, 1, 5)}),
        ("consent_on", {"consent": True, "consent_on": None}),
        ("consent_on", {"consent": True, "consent_on": date(2999, 1, 1)}),
    ],
)
def test_no_testimonial_is_published_without_permission(
    field: str, permission: dict[str, Any]
) -> None:
    block = blocks.TestimonialBlock()
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python(SAID | permission))
    assert list(refused.value.block_errors) == [field]
    block.defer_required_validation()  # as for a draft
    block.clean(block.to_python(SAID | permission))
    block.restore_deferred_validation()


def test_what_was_never_permitted_is_not_shown_however_it_got_there(
    client: Client, home: HomePage
) -> None:
    said = [
        SAID | {"consent_on": "2026-01-05"},
        SAID | {"words": "Undated", "consent_on": None},
        SAID | {"words": "Unasked", "consent": False, "consent_on": "2026-01-05"},
    ]
    compose(home, ("testimonials", {"heading": "What people say", "testimonials": list(said)}))
    quotes = [quote.get_text(strip=True) for quote in read(client).find_all("blockquote")]
    assert quotes == ["I can tie my shoes."]
    assert "2026-01-05" not in str(read(client).main)
