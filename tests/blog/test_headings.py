import pytest
from django.test import Client

from tests.factories import make_article

PAGE = "/fitness/psoas-so-what/"


pytestmark = [pytest.mark.usefixtures("clinic"), pytest.mark.any_database]


def heading(text: str, level: str = "h2") -> tuple[str, dict[str, str]]:
    return ("heading", {"text": text, "level": level})


def test_a_short_article_has_no_list_of_contents(client: Client) -> None:
    make_article(body=[heading("One"), heading("Two"), heading("Three"), heading("a", "h3")])
    assert "In this article" not in client.get(PAGE).content.decode()


def test_four_sections_are_listed_and_lead_to_their_places(client: Client) -> None:
    make_article(body=[heading(text) for text in ("One", "Two", "Three", "What do I do?")])
    page = client.get(PAGE).content.decode()
    assert "In this article" in page
    assert '<a href="#section-what-do-i-do">What do I do?</a>' in page
    assert '<h2 id="section-what-do-i-do">What do I do?</h2>' in page


def test_headings_that_say_the_same_have_anchors_of_their_own(client: Client) -> None:
    make_article(body=[heading("Again"), heading("Again"), heading("Comments"), heading("???")])
    page = client.get(PAGE).content.decode()
    for anchor in ("section-again", "section-again-2", "section-comments", "section-"):
        assert f'<h2 id="{anchor}">' in page
    assert page.count('id="comments"') == 1
