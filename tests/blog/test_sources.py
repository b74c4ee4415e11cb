"""What an article rests on is numbered, and linked both ways."""

from types import SimpleNamespace

import pytest
from django.test import Client

from blog.body.sources import Sources
from tests.factories import make_article, make_clinic

pytestmark = pytest.mark.any_database

BOOK = "aaaaaaaa-1111-4111-8111-111111111111"
STUDY = "bbbbbbbb-1111-4111-8111-111111111111"
NEVER_CITED = "cccccccc-1111-4111-8111-111111111111"


def cite(source: str) -> str:
    return f'<a linktype="source" source="{source}">[9]</a>'


def sources(*texts: str, ids: tuple[str, ...] = (STUDY, NEVER_CITED, BOOK)) -> Sources:
    return Sources([SimpleNamespace(id=one, value=one) for one in ids], texts)


def test_numbers_follow_the_order_of_the_text_and_the_uncited_come_last() -> None:
    found = sources(f"<p>a{cite(BOOK)}</p>", f"<p>b{cite(STUDY)} c{cite(BOOK)}</p>")
    assert [(source.number, source.value) for source in found] == [
        (1, BOOK),
        (2, STUDY),
        (3, NEVER_CITED),
    ]


def test_every_mention_can_be_led_back_to() -> None:
    texts = [f"<p>a{cite(BOOK)}</p>", f"<p>b{cite(BOOK)}</p>"]
    found = sources(*texts)
    linked = [found.link_citations(text) for text in texts]
    assert 'id="cited-1-1" href="#source-1"' in linked[0]
    assert 'id="cited-1-2" href="#source-1"' in linked[1]
    assert next(iter(found)).citations == ["cited-1-1", "cited-1-2"]


def test_a_citation_of_a_source_that_is_gone_leaves_nothing() -> None:
    text = f"<p>True.{cite(BOOK)}</p>"
    assert sources(text, ids=()).link_citations(text) == "<p>True.</p>"


@pytest.mark.django_db
def test_the_page_lists_its_sources_below_the_text(client: Client) -> None:
    make_clinic()
    study = {
        "title": "Psoas & co.",
        "publisher": "Journal",
        "year": 2011,
        "url": "https://x.example",
    }
    make_article(
        body=[("paragraph", f"<p>True.{cite(STUDY)}</p>")],
        sources=[{"type": "source", "id": STUDY, "value": study}],
    )
    page = client.get("/fitness/psoas-so-what/").content.decode()
    assert '<a id="cited-1-1" href="#source-1" aria-label="Source 1">1</a>' in page
    listed = page.split('id="source-1"')[1].split("</li>")[0]
    assert '<a href="https://x.example" rel="noreferrer">Psoas &amp; co.</a>.' in listed
    assert "Journal, 2011." in listed
    assert 'href="#cited-1-1"' in listed


@pytest.mark.django_db
def test_an_article_without_sources_has_no_such_list(client: Client) -> None:
    make_clinic()
    make_article()
    assert "Sources" not in client.get("/fitness/psoas-so-what/").content.decode()
