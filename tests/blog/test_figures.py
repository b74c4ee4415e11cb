"""Figures are numbered by their place, and text that names one follows."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from blog.body.blocks import ArticleBody, FigureBlock
from blog.body.figures import Figure, figures_in, link_references
from blog.models import ArticlePage
from clinic_site.images.models import SiteImage
from clinic_site.images.renditions import make_due_renditions
from tests.factories import FIGURE_ONE, FIGURE_TWO, figure, make_article, make_clinic, make_image

pytestmark = pytest.mark.any_database

REFERENCE = f'<p>See <a linktype="figure" figure="{FIGURE_TWO}">Fig. 9</a>.</p>'


@pytest.fixture
def image(db: None) -> SiteImage:
    return make_image()


def numbers(article: ArticlePage) -> list[int | None]:
    return [figure.number for figure in figures_in(article.body).values()]


def test_numbers_follow_the_order_of_the_numbered_figures(image: SiteImage) -> None:
    unnumbered = figure("33333333-3333-4333-8333-333333333333", image, numbered=False)
    one, two = figure(FIGURE_ONE, image), figure(FIGURE_TWO, image)
    article = make_article(body=[unnumbered, one, two])
    assert numbers(article) == [None, 1, 2]
    article.body = [two, unnumbered, one]
    assert list(figures_in(article.body)) == [FIGURE_TWO, unnumbered["id"], FIGURE_ONE]
    assert numbers(article) == [1, None, 2]


def test_a_reference_shows_the_figures_present_number() -> None:
    figures = {FIGURE_TWO: Figure(FIGURE_TWO, 2)}
    assert link_references(REFERENCE, figures) == (
        f'<p>See <a href="#figure-{FIGURE_TWO}">Fig. 2</a>.</p>'
    )


def test_a_reference_to_an_unnumbered_figure_keeps_its_words() -> None:
    figures = {FIGURE_TWO: Figure(FIGURE_TWO, None)}
    assert f'<a href="#figure-{FIGURE_TWO}">Fig. 9</a>' in link_references(REFERENCE, figures)


def test_a_reference_to_a_figure_that_is_gone_becomes_plain_text() -> None:
    assert link_references(REFERENCE, {}) == "<p>See Fig. 9.</p>"


def test_the_page_links_to_the_figure_by_its_number(client: Client, image: SiteImage) -> None:
    make_clinic()
    text = {"type": "paragraph", "value": REFERENCE}
    make_article(body=[figure(FIGURE_ONE, image), text, figure(FIGURE_TWO, image)])
    page = client.get("/fitness/psoas-so-what/").content.decode()
    assert f'<a href="#figure-{FIGURE_TWO}">Fig. 2</a>' in page
    assert f'id="figure-{FIGURE_TWO}"' in page


@pytest.mark.slow
def test_pictures_come_in_modern_formats_with_their_size(client: Client, image: SiteImage) -> None:
    make_clinic()
    make_article(body=[figure(FIGURE_ONE, image), figure(FIGURE_TWO, image)])
    make_due_renditions(timezone.now())
    page = client.get("/fitness/psoas-so-what/").content.decode()
    for expected in ('type="image/avif"', 'type="image/webp"', 'width="', 'height="'):
        assert expected in page
    first, second = page.split("<figure")[1:]
    assert 'loading="lazy"' not in first
    assert 'loading="lazy"' in second


def test_a_decorative_picture_is_silent(client: Client, image: SiteImage) -> None:
    make_clinic()
    make_article(body=[figure(FIGURE_ONE, image, alternative_text="", decorative=True)])
    assert 'alt=""' in client.get("/fitness/psoas-so-what/").content.decode().split("<figure")[1]


@pytest.mark.parametrize(
    ("alternative_text", "decorative"), [("", False), ("  ", False), ("A muscle", True)]
)
def test_an_editor_decides_what_a_screen_reader_says(
    image: SiteImage, alternative_text: str, decorative: bool
) -> None:
    value = figure(FIGURE_ONE, image)["value"]
    value |= {"alternative_text": alternative_text, "decorative": decorative, "image": image}
    block = FigureBlock()
    with pytest.raises(ValidationError):
        block.clean(block.normalize(value))


def test_a_draft_may_still_lack_the_decision(image: SiteImage) -> None:
    value = figure(FIGURE_ONE, image)["value"] | {"alternative_text": "", "image": image}
    body = ArticleBody()
    stream = body.normalize([("figure", FigureBlock().normalize(value))])
    assert len(body.clean_deferred(stream)) == 1
    with pytest.raises(ValidationError):
        body.clean(stream)


@pytest.mark.slow
def test_twenty_figures_ask_no_more_of_the_database_than_one(
    client: Client, image: SiteImage, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_clinic()
    ids = [f"{number:08d}-1111-4111-8111-111111111111" for number in range(20)]
    make_article(body=[figure(figure_id, make_image()) for figure_id in ids])
    client.get("/fitness/psoas-so-what/")  # makes the renditions
    with django_assert_max_num_queries(10):
        client.get("/fitness/psoas-so-what/?not=kept")
