"""Each page has one address, search engines are told of it, and older ones lead to it."""

from xml.etree import ElementTree

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.test import Client, TestCase
from pytest_django import DjangoAssertNumQueries
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from blog.models import ArticlePage
from clinic_site.pages.models.home import HomePage
from tests.factories import make_article, make_topic

HOME = "http://127.0.0.1:8000"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


pytestmark = [pytest.mark.usefixtures("clinic"), pytest.mark.search]


def rename(page: ArticlePage, slug: str) -> None:
    page.slug = slug
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.save_revision().publish()


def lands(client: Client, address: str) -> str:
    """Where a reader ends up, in one step that is for good."""
    response = client.get(address)
    assert response.status_code == 301, (address, response.status_code)
    assert client.get(response["Location"]).status_code == 200
    return response["Location"]


def sitemap(client: Client) -> dict[str, str | None]:
    """The addresses of the map, with the days of their last change."""
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    urls = ElementTree.fromstring(response.content).findall(f"{SITEMAP}url")  # noqa: S314
    return {url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod") for url in urls}


def canonical(client: Client, address: str, status: int = 200) -> str | None:
    response = client.get(address)
    assert response.status_code == status
    head = BeautifulSoup(response.content, "html.parser").head
    robots, link = head.find("meta", {"name": "robots"}), head.find("link", rel="canonical")
    assert (robots is None) != (link is None)  # either it is to be found, or it is not
    return link["href"] if link else None


# What search engines are told


def test_the_map_has_what_anybody_may_read_with_its_day(client: Client) -> None:
    article = make_article()
    with time_machine.travel("2026-03-05 12:00Z"):
        article.save_revision().publish()
    make_article("Draft", live=False)
    private = make_article("Private", make_topic("Members"))
    PageViewRestriction.objects.create(page=private.get_parent(), restriction_type="login")
    places = sitemap(client)
    assert set(places) >= {f"{HOME}/", f"{HOME}/fitness/", f"{HOME}/fitness/psoas-so-what/"}
    assert places[f"{HOME}/fitness/psoas-so-what/"] == "2026-03-05"
    assert not [place for place in places if "draft" in place or "members" in place]


def test_a_withdrawn_article_leaves_the_map(client: Client) -> None:
    article = make_article()
    article.unpublish()
    assert f"{HOME}/fitness/psoas-so-what/" not in sitemap(client)


def test_a_long_map_costs_no_more_than_a_short_one(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(15):
        make_article(f"Number {number}")
    with django_assert_max_num_queries(7):
        sitemap(client)


def test_robots_are_shown_the_map(client: Client) -> None:
    assert f"Sitemap: {HOME}/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_every_page_names_its_one_address(client: Client) -> None:
    make_article()
    for address in ("/", "/fitness/", "/fitness/psoas-so-what/", "/book/"):
        assert canonical(client, f"{address}?utm=x&page=2") == HOME + address
    assert canonical(client, "/fitness/?page=x") == f"{HOME}/fitness/"


def test_a_further_page_of_a_list_has_an_address_of_its_own(client: Client) -> None:
    topic = make_topic()
    for number in range(13):
        make_article(f"Number {number}", topic)
    assert canonical(client, "/fitness/?page=2&utm=x") == f"{HOME}/fitness/?page=2"
    assert canonical(client, "/fitness/?page=99") == f"{HOME}/fitness/?page=2"
    assert canonical(client, "/fitness/?page=1") == f"{HOME}/fitness/"


def test_what_is_no_place_to_arrive_at_is_not_to_be_found(client: Client) -> None:
    article = make_article()
    for address in ("/search/", "/search/?q=psoas", f"/comments/{article.pk}/reply/"):
        assert canonical(client, address) is None
    assert canonical(client, "/nowhere/", status=404) is None


# When a page moves


def test_a_renamed_article_is_found_at_its_old_address(client: Client) -> None:
    rename(make_article(), "the-psoas")
    for rest in ("", "/"):
        assert lands(client, f"/fitness/psoas-so-what{rest}") == "/fitness/the-psoas/"


def test_a_moved_article_is_found_at_its_old_address(client: Client) -> None:
    article, topic = make_article(), make_topic("Posture")
    with TestCase.captureOnCommitCallbacks(execute=True):
        article.move(topic, pos="last-child")
    assert lands(client, "/fitness/psoas-so-what/") == "/posture/psoas-so-what/"


def test_the_articles_of_a_renamed_topic_are_found_at_their_old_addresses(client: Client) -> None:
    article = make_article()
    rename(article.get_parent().specific, "moving")
    assert lands(client, "/fitness/") == "/moving/"
    assert lands(client, "/fitness/psoas-so-what/") == "/moving/psoas-so-what/"


def test_however_often_a_page_moves_its_first_address_leads_there(client: Client) -> None:
    article = make_article()
    for slug in ("second", "third", "psoas-so-what", "fourth"):
        rename(article, slug)
    for slug in ("second", "third", "psoas-so-what"):
        assert lands(client, f"/fitness/{slug}/") == "/fitness/fourth/"


def test_an_old_address_that_is_taken_again_is_the_new_page(client: Client) -> None:
    rename(make_article(), "the-psoas")
    make_article("New", slug="psoas-so-what")
    assert b"<h1>New</h1>" in client.get("/fitness/psoas-so-what/").content


def test_a_page_that_came_back_and_was_withdrawn_does_not_lead_round_in_a_circle(
    client: Client,
) -> None:
    article = make_article()
    rename(article, "second")
    rename(article, "psoas-so-what")
    article.unpublish()
    assert client.get("/fitness/psoas-so-what/").status_code == 404


def test_a_draft_leaves_no_trace(client: Client) -> None:
    article = make_article()
    rename(article, "about-somebody")
    article.unpublish()
    response = client.get("/fitness/psoas-so-what/")
    assert response.status_code == 404
    assert "about-somebody" not in str(response.headers) + response.content.decode()


# What follows the question mark

QUERIES = [
    "utm_source=mail&utm_medium=x",
    "q=%C3%A9t%C3%A9",
    "a=1&a=2",
    "n=//evil.example/",
    "x",
]


@pytest.mark.parametrize("query", QUERIES)
def test_what_is_asked_of_an_old_address_is_asked_of_the_new(client: Client, query: str) -> None:
    rename(make_article(), "the-psoas")
    new = f"/fitness/the-psoas/?{query}"
    assert lands(client, f"/fitness/psoas-so-what/?{query}") == new
    assert lands(client, f"/fitness/psoas-so-what?{query}") == new


@pytest.mark.parametrize(
    ("to", "new"),
    [
        ("https://clinic.example/offers", "https://clinic.example/offers?utm=x"),
        ("https://clinic.example/?id=7#top", "https://clinic.example/?id=7&utm=x#top"),
    ],
)
def test_a_noted_address_keeps_its_own_query_as_well(client: Client, to: str, new: str) -> None:
    Redirect.add_redirect("/offers/", to, is_permanent=False)
    response = client.get("/offers/?utm=x")
    assert (response.status_code, response["Location"]) == (302, new)


def test_a_query_that_is_part_of_the_noted_address_is_used_up(client: Client) -> None:
    Redirect.add_redirect("/?page_id=7", HomePage.objects.get())
    Redirect.add_redirect("/index.php?p=7", HomePage.objects.get())
    assert lands(client, "/index.php?p=7") == "/"


@pytest.mark.parametrize("query", ["a=%0d%0aSet-Cookie:x=1", "a=%E2%80%A8b", "?//evil.example"])
def test_no_query_leads_elsewhere_or_writes_a_header(client: Client, query: str) -> None:
    rename(make_article(), "the-psoas")
    response = client.get(f"/fitness/psoas-so-what/?{query}")
    assert response.status_code == 301
    assert response["Location"].startswith("/fitness/the-psoas/?")
    assert "Set-Cookie" not in response.headers


# Slips


def test_an_address_without_its_last_stroke_is_completed(client: Client) -> None:
    make_article()
    assert lands(client, "/fitness/psoas-so-what") == "/fitness/psoas-so-what/"
    assert lands(client, "/search?q=psoas") == "/search/?q=psoas"


def test_capitals_lead_to_the_page(client: Client) -> None:
    make_article()
    assert lands(client, "/Fitness/PSOAS-So-What/?Ref=A") == "/fitness/psoas-so-what/?Ref=A"


@pytest.mark.parametrize("address", ["/Nowhere/", "/%2F%2FEvil.example/", "/X/%00/", "/%FF/"])
def test_what_leads_nowhere_stays_on_this_site(client: Client, address: str) -> None:
    response = client.get(address, follow=True)
    assert response.status_code == 404
    assert all(to.startswith("/") and to[1:2] != "/" for to, _status in response.redirect_chain)


def test_an_address_kept_with_capitals_leads_where_it_was_told_to(client: Client) -> None:
    Redirect.add_redirect("/Old-Page/", HomePage.objects.get())
    assert lands(client, "/Old-Page/") == "/"


def test_what_is_not_there_offers_a_search_for_its_words(client: Client) -> None:
    make_article()
    page = BeautifulSoup(client.get("/fitness/my-psoas_hurts/").content, "html.parser")
    assert page.main.find("input", {"name": "q"})["value"] == "fitness my psoas hurts"
    assert page.find("a", href="/")
    assert "805-880-6533" in page.text


def test_hostile_words_of_an_address_stay_words(client: Client) -> None:
    page = client.get("/%22%3E%3Cscript%3Ealert(1)%3C/script%3E/" + "x/" * 5000).content.decode()
    assert "<script>alert" not in page
    assert len(page) < 40_000
