"""A feed reader shows an article as the site does, wherever it opens it."""

from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from blog.models import ArticlePage
from tests.factories import (
    FIGURE_ONE,
    FIGURE_TWO,
    figure,
    make_article,
    make_clinic,
    make_image,
    make_topic,
)
from tests.front import FrontClient

ATOM = "{http://www.w3.org/2005/Atom}"
HOME = "http://127.0.0.1:8000"


pytestmark = pytest.mark.usefixtures("clinic")


def publish(title: str = "Psoas? So What?!", **fields: Any) -> ArticlePage:
    article = make_article(title, **fields)
    article.save_revision().publish()
    return article


def paragraph(html: str) -> dict[str, str]:
    return {"type": "paragraph", "value": f"<p>{html}</p>"}


def read(client: Client) -> ElementTree.Element:
    response = client.get("/feed/")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314


def entries(client: Client) -> list[ElementTree.Element]:
    return read(client).findall(f"{ATOM}entry")


def text(element: ElementTree.Element, path: str) -> str:
    return element.findtext("/".join(ATOM + name for name in path.split("/"))) or ""


def content(client: Client) -> BeautifulSoup:
    """The text of the first entry."""
    return BeautifulSoup(text(entries(client)[0], "content"), "html.parser")


def test_an_entry_says_what_the_article_says(client: Client) -> None:
    with time_machine.travel("2026-03-01 12:00Z", tick=False):
        article = publish()
    article.refresh_from_db()
    with time_machine.travel("2026-03-05 12:00Z", tick=False):
        article.save_revision().publish()
    feed = read(client)
    assert text(feed, "title") == "Motion Unlimited"
    assert text(feed, "updated") == "2026-03-05T12:00:00+00:00"
    (entry,) = feed.findall(f"{ATOM}entry")
    assert text(entry, "title") == "Psoas? So What?!"
    assert text(entry, "summary").startswith("What the psoas does")
    assert text(entry, "author/name") == "Robin Alvarez"
    assert text(entry, "published") == "2026-03-01T12:00:00+00:00"
    assert text(entry, "updated") == "2026-03-05T12:00:00+00:00"
    assert entry.find(f"{ATOM}link").attrib["href"] == f"{HOME}/fitness/psoas-so-what/"
    assert "<p>The psoas ties the spine to the legs.</p>" in text(entry, "content")


def test_figures_come_along_with_captions_and_references(client: Client) -> None:
    image = make_image()
    reference = paragraph(f'See <a linktype="figure" figure="{FIGURE_TWO}">Fig. 9</a>.')
    publish(
        body=[
            reference,
            figure(FIGURE_ONE, image, alternative_text='A "plate" & more'),
            figure(FIGURE_TWO, image, caption="The hip", credit="Drawn by R."),
        ]
    )
    html = content(client)
    link = html.find("a")
    assert link.text == "Fig. 2"
    assert link["href"] == f"{HOME}/fitness/psoas-so-what/#figure-{FIGURE_TWO}"
    first, second = html.find_all("figure")
    assert first.img["alt"] == 'A "plate" & more'
    assert first.img["src"].startswith(f"{HOME}/media/images/")
    assert int(first.img["width"]) == 800
    assert " ".join(second.figcaption.text.split()) == "Fig. 2 The hip Drawn by R."
    assert client.get(first.img["src"].removeprefix(HOME)).status_code == 200


def test_a_citation_leads_to_the_source_on_the_articles_page(client: Client) -> None:
    cited = paragraph(f'So it is<a linktype="source" source="{FIGURE_ONE}">1</a>.')
    source = {"type": "source", "id": FIGURE_ONE, "value": {"title": "Gray's Anatomy"}}
    publish(body=[cited], sources=[source])
    assert content(client).find("sup").a["href"] == f"{HOME}/fitness/psoas-so-what/#source-1"


def test_every_address_is_absolute(client: Client) -> None:
    elsewhere = publish("Knees", topic=make_topic("Posture"))
    image, film = make_image(), {"title": "Walk", "url": "https://films.example/1"}
    publish(
        body=[
            paragraph(f'<a linktype="page" id="{elsewhere.pk}">Knees</a>'),
            paragraph('<a href="/contact/">Visit</a> <a href="//x.example/">X</a>'),
            {"type": "video", "value": film | {"image": image.pk}},
            {"type": "invitation", "value": {}},
            figure(FIGURE_ONE, image),
        ]
    )
    html = content(client)
    addresses = [tag["href"] for tag in html.find_all("a")]
    addresses += [tag["src"] for tag in html.find_all("img")]
    assert f"{HOME}/posture/knees/" in addresses
    assert "https://films.example/1" in addresses
    for address in addresses:
        assert address.startswith(("http://", "https://", "tel:")), address
    assert not html.find_all(attrs={"srcset": True})


def test_nothing_that_is_typed_spoils_the_feed(client: Client) -> None:
    make_clinic(name="Motion \x0b & <Unlimited>")
    publish(
        "]]> <b>\x00\x08 & \ufffe".replace("\x00", ""),
        slug="odd",
        summary="<script> ]]> \x1e\x0c &amp;",
        body=[
            ("quote", {"text": "]]> \x1e\x02 <i>", "source": ""}),
            ("paragraph", "<p>]]&gt; \x1e &amp; 😀</p>"),
        ],
    )
    publish("After it")
    after, odd = entries(client)
    assert text(odd, "title") == "]]> <b> & "
    assert "&lt;script&gt; ]]&gt;" in text(odd, "summary")
    assert "😀" in text(odd, "content")
    assert "<script" not in text(odd, "content") + text(odd, "summary")
    assert "The psoas ties" in text(after, "content")


@pytest.mark.slow
def test_only_what_anybody_may_read_and_the_newest_first(client: Client) -> None:
    for number in range(22):
        publish(f"Number {number}")
    make_article("Draft", live=False)
    private = publish("Private", topic=make_topic("Members"))
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    titles = [text(entry, "title") for entry in entries(client)]
    assert titles == [f"Number {number}" for number in reversed(range(2, 22))]


def test_an_entry_keeps_its_id_when_the_article_moves(client: Client) -> None:
    article = publish()
    before = text(entries(client)[0], "id")
    article.move(make_topic("Posture"), pos="last-child")
    (entry,) = entries(client)
    assert text(entry, "id") == before
    assert entry.find(f"{ATOM}link").attrib["href"] == f"{HOME}/posture/psoas-so-what/"


def test_an_empty_feed_is_a_feed(client: Client) -> None:
    assert entries(client) == []


def test_a_reader_who_has_it_is_told_so() -> None:
    publish()
    client = FrontClient()
    first = client.get("/feed/")
    for name, header in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        again = client.get("/feed/", headers={name: first[header]})
        assert again.status_code == 304
        assert not again.content
    publish("News")
    assert client.get("/feed/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_every_page_tells_where_the_feed_is(client: Client) -> None:
    publish()
    for address in ("/", "/fitness/psoas-so-what/", "/book/"):
        page = BeautifulSoup(client.get(address).content, "html.parser")
        assert page.find("link", type="application/atom+xml")["href"] == "/feed/"


@pytest.mark.slow
def test_twenty_articles_cost_no_more_than_one(client: Client) -> None:
    target = publish("Target")

    def publish_full(number: int) -> None:
        link = paragraph(f'<a linktype="page" id="{target.pk}">Target</a>')
        image = make_image(size=(900, 600))
        publish(f"Full {number}", body=[link, figure(FIGURE_ONE, image), link])

    publish_full(0)
    counts = []
    for numbers in (range(1, 2), range(2, 20)):
        client.get("/feed/")  # makes the renditions
        with CaptureQueriesContext(connection) as queries:
            read(client)
        counts.append(len(queries))
        for number in numbers:
            publish_full(number)
    client.get("/feed/")
    with CaptureQueriesContext(connection) as queries:
        read(client)
    assert {*counts, len(queries)} == {counts[0]}
    assert counts[0] <= 12
