"""A standard page says whatever else people ask for, below home or below another."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from booking.models import Service
from clinic_site.pages.blocks.content import CaptionedImageBlock
from clinic_site.pages.models import HomePage, StandardPage
from clinic_site.pages.models.base import SitePage
from tests.factories import make_image

pytestmark = pytest.mark.usefixtures("clinic")


def make_page(title: str, parent: SitePage | None = None, **fields: Any) -> StandardPage:
    page: StandardPage = (parent or HomePage.objects.get()).add_child(
        instance=StandardPage(title=title, **fields)
    )
    return page


def read(client: Client, page: StandardPage) -> BeautifulSoup:
    response = client.get(page.url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def image(**fields: Any) -> tuple[str, dict[str, Any]]:
    return "image", {"image": make_image(), "alternative_text": "A room", "caption": ""} | fields


def test_it_shows_what_the_editor_put_together(client: Client) -> None:
    Service.objects.create(name="Massage", slug="m", duration_minutes=60, price_text="$105")
    other = make_page("How to pay")
    steps = [{"title": "We listen", "text": "Long."}, {"title": "We look", "text": "Closely."}]
    page = make_page(
        "First visit",
        introduction="<p>An hour.</p>",
        body=[
            ("text", "<h2>What to bring</h2><ul><li>Shoes</li></ul>"),
            image(caption="Here"),
            ("callout", {"heading": "First of all", "text": "<p>Breathe.</p>"}),
            ("steps", {"heading": "What happens", "steps": steps}),
            ("quote", {"text": "Well said.", "source": "Somebody"}),
            ("price_list", {"heading": "Prices"}),
            ("invitation", {"heading": "Cash or card?", "page": other, "button": ""}),
        ],
    )
    main = read(client, page).main
    assert [heading.text for heading in main.select("h1, .article-body h2")] == [
        "First visit",
        "What to bring",
        "First of all",
        "What happens",
        "Prices",
    ]
    assert main.select_one("figure img")["alt"] == "A room"
    assert [item.h3.text for item in main.select(".sequence li")] == ["We listen", "We look"]
    assert main.blockquote.get_text(strip=True) == "Well said."
    assert "$105" in main.select_one(".price-list").text
    assert main.select_one(".invitation a.button")["href"] == "/how-to-pay/"


def test_an_invitation_to_nowhere_in_particular_leads_to_booking(client: Client) -> None:
    page = make_page("Visit", body=[("invitation", {"heading": "", "page": None, "button": ""})])
    invitation = read(client, page).select_one(".invitation")
    assert invitation.p.text == "Ready to be pain free?"
    assert invitation.select_one("a.button")["href"] == "/book/"


def test_it_is_in_the_menu_if_the_editor_wants(client: Client) -> None:
    make_page("Quiet")
    page = make_page("First visit", show_in_menus=True)
    menu = read(client, page).select_one("#menu").text
    assert "First visit" in menu
    assert "Quiet" not in menu


def test_it_leads_to_the_published_pages_below_it(client: Client) -> None:
    page = make_page("First visit")
    make_page("Prices", page)
    make_page("Secret plans", page, live=False)
    page.refresh_from_db()
    assert [link["href"] for link in read(client, page).select(".child-pages a")] == [
        "/first-visit/prices/"
    ]


def test_an_empty_one_is_still_a_page(client: Client) -> None:
    assert read(client, make_page("Empty")).h1.text == "Empty"


@pytest.mark.parametrize(("text", "decorative"), [("", False), (" ", False), ("A room", True)])
def test_a_picture_says_what_it_shows_or_that_it_is_decoration(text: str, decorative: bool) -> None:
    block = CaptionedImageBlock()
    value = {"image": make_image().pk, "alternative_text": text, "decorative": decorative}
    with pytest.raises(ValidationError):
        block.clean(block.to_python(value))


@pytest.mark.slow
def test_more_pictures_cost_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page = make_page("Rooms", body=[image() for _number in range(8)])
    read(client, page)
    with django_assert_max_num_queries(11):
        client.get(f"{page.url}?not=kept")
