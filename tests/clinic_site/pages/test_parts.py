"""What a page shows by itself: a figure large, and its exercises as a sheet."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from blog.models import ArticlePage
from clinic_site.images.models import SiteImage
from clinic_site.pages.blocks.exercise import ExerciseBlock
from tests.comments.factories import make_comment
from tests.factories import figure, make_article, make_clinic, make_image

ARTICLE = "/fitness/psoas-so-what/"
FIGURE = "11111111-1111-4111-8111-111111111111"

pytestmark = pytest.mark.django_db


def exercise(**values: Any) -> dict[str, Any]:
    """An exercise as the database keeps it."""
    value = {
        "name": "Bridge",
        "image": None,
        "alternative_text": "",
        "steps": ["Lie on your back.", "Lift your hips."],
        "how_often": "Ten times",
        "feeling": "Work in the buttocks.",
        "stop": "If your back hurts.",
    }
    return {"type": "exercise", "value": value | values}


@pytest.fixture
def image() -> SiteImage:
    return make_image()


def article_with(*body: dict[str, Any]) -> ArticlePage:
    make_clinic()
    return make_article(body=list(body))


def read(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_a_figure_leads_to_a_page_that_shows_it_large(client: Client, image: SiteImage) -> None:
    article_with(figure(FIGURE, image, caption="The psoas"))
    link = read(client, ARTICLE).select_one("figure a")
    page = read(client, f"{ARTICLE}{link['href']}")
    assert page.main.select_one("figure img")["alt"] == link.img["alt"]
    assert page.main.figcaption.get_text(" ", strip=True) == "Fig. 1 The psoas"
    assert page.main.find("a", string="Back to the text")["href"] == f"{ARTICLE}#figure-{FIGURE}"
    assert page.select_one("link[rel=canonical]")["href"].endswith(ARTICLE)


def test_exercises_are_a_sheet_that_says_whose_it_is(client: Client) -> None:
    article_with(exercise(), exercise(name="Side lift"))
    assert read(client, ARTICLE).select_one(".exercise a")["href"] == "?sheet=exercises"
    sheet = read(client, f"{ARTICLE}?sheet=exercises")
    assert [found.h2.text for found in sheet.select(".exercise")] == ["Bridge", "Side lift"]
    said = sheet.select_one(".exercise").get_text(" ", strip=True)
    for words in ("Lift your hips.", "Ten times", "Work in the buttocks.", "If your back hurts."):
        assert words in said
    assert "805-880-6533" in sheet.select_one(".print-foot").text
    assert sheet.select_one(".print-foot svg")


@pytest.mark.parametrize(
    "part", [f"figure={FIGURE[:-1]}2", "figure=nonsense", "sheet=exercises", "sheet=nonsense"]
)
def test_what_a_page_does_not_have_is_not_found(
    client: Client, image: SiteImage, part: str
) -> None:
    article_with(figure(FIGURE, image))
    assert client.get(f"{ARTICLE}?{part}").status_code == 404


def test_a_part_is_made_anew_with_its_page(client: Client) -> None:
    article = article_with(exercise())
    assert "Bridge" in client.get(f"{ARTICLE}?sheet=exercises").content.decode()
    article.body = [("exercise", exercise(name="Plank")["value"])]
    article.save()
    sheet = client.get(f"{ARTICLE}?sheet=exercises").content.decode()
    assert "Plank" in sheet
    assert "Bridge" not in sheet


def test_the_picture_of_an_exercise_is_described(image: SiteImage) -> None:
    block = ExerciseBlock()
    value = exercise(image=image.pk)["value"]
    with pytest.raises(ValidationError):
        block.clean(block.to_python(value))
    block.clean(block.to_python(value | {"alternative_text": "Someone lifts the hips."}))
    block.clean(block.to_python(value | {"image": None}))


@pytest.mark.slow
def test_an_article_with_exercises_takes_ten_queries_at_most(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Whatever it shows: figures, exercises with pictures, comments of readers."""
    figures = [figure(f"{FIGURE[:-1]}{number}", make_image()) for number in range(3)]
    exercises = [
        exercise(name=f"Lift {number}", image=make_image().pk, alternative_text="A lift")
        for number in range(5)
    ]
    article = article_with(*figures, *exercises)
    make_comment(article)
    client.get(f"{ARTICLE}?not=kept")  # what a process remembers, and the renditions
    with django_assert_max_num_queries(10):
        page = client.get(f"{ARTICLE}?not=kept-either").content.decode()
    assert "Lift 4" in page
    with django_assert_max_num_queries(10):
        assert "Lift 4" in client.get(f"{ARTICLE}?sheet=exercises&not=kept").content.decode()
