"""Whoever looks for something finds what anybody may read, whatever they type."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, PageViewRestriction

from blog.models import ArticlePage
from blog.search.results import highlight
from clinic_site.pages.models import ContactPage, HomePage
from tests.factories import make_article, make_person, make_topic, make_user

OTHER_BODY = [("paragraph", "<p>Nothing of note.</p>")]
TITLE = re.compile(r"<h2><a href=\"([^\"]+)\">(.*?)</a></h2>")

HOSTILE = [
    *("*", "%", "_", "?", '"', "'", "\\", ":", "-", "(", ")", "^", "~", "|", "!", "&", "<->"),
    'psoas"',
    '"psoas',
    "psoas OR",
    "NOT psoas",
    "title:psoas",
    "{title} : psoas",
    "psoas*",
    "psoas & !hip",
    "NEAR(psoas, hip)",
    "live:yes published:no",
    "psoas' hip' \\' knee",
    "%s %d %(name)s {0} {name}",
    "x" * 10_000,
    "psoas " * 2_000,
    " ".join(f"word{number}" for number in range(1_500)),
    '" a ' * 2_500,
    "' a '" * 2_000,
    "\ufffe\u202e👩🏽‍⚕️",
    "腰筋 पेशी מותן",
]


pytestmark = [pytest.mark.usefixtures("clinic"), pytest.mark.search]


def search(client: Client, query: str, **choices: str) -> str:
    response = client.get("/search/", {"q": query, **choices})
    assert response.status_code == 200
    return response.content.decode()


def found(client: Client, query: str, **choices: str) -> list[str]:
    """The addresses of the results, in their order."""
    return [address for address, _title in TITLE.findall(search(client, query, **choices))]


def test_an_article_is_found_by_any_of_its_parts(client: Client) -> None:
    reviewer = make_person("Dana Whitfield")
    make_article(summary="About walking.", reviewer=reviewer)
    make_article("Knees", summary="About stairs.", author=reviewer, body=OTHER_BODY)
    address = "/fitness/psoas-so-what/"
    for words in ("psoas", "walking", "spine", "Alvarez", "WALKING Psoas"):
        assert found(client, words) == [address], words
    assert len(found(client, "Whitfield")) == 2


def test_topics_and_pages_are_found_too(client: Client) -> None:
    make_topic("Breathing", introduction="<p>Air and <b>ribs</b>.</p>")
    home = HomePage.objects.get()
    home.body = [("hero", {"headline": "Move without pain"})]
    home.save()
    home.add_child(instance=ContactPage(title="Visit", slug="visit", introduction="<p>Parking</p>"))
    assert found(client, "ribs") == ["/breathing/"]
    assert found(client, "without pain") == ["/"]
    page = search(client, "parking")
    assert "/visit/" in page
    assert "<mark>Parking</mark>" in page


def test_a_result_tells_its_kind(client: Client) -> None:
    make_article("Breathing well", topic=make_topic("Breathing"))
    page = search(client, "breathing")
    assert '<p class="meta">Topic</p>' in page
    assert '<p class="meta">Article</p>' in page


def test_a_word_in_the_title_counts_for_more(client: Client) -> None:
    text = [("paragraph", "<p>The knee and the knee, and then the knee once more.</p>")]
    for number in range(5):
        make_article(f"Number {number}")
    make_article("Hips", summary="Knees and hips.", body=text)
    make_article("Knees", summary="Stairs.", body=[("paragraph", f"<p>{'stairs ' * 90}</p>")])
    assert found(client, "knee") == ["/fitness/knees/", "/fitness/hips/"]


@pytest.mark.parametrize(("typed", "written"), [("muscle", "muscles"), ("muscles", "muscle")])
def test_singular_and_plural_find_each_other(client: Client, typed: str, written: str) -> None:
    make_article(summary=f"One of the {written} there.")
    assert f"<mark>{written}</mark>" in search(client, typed)


def test_found_words_are_marked_and_nothing_else_is_html(client: Client) -> None:
    make_article("Hips & <b>psoas</b>", summary="<script>alert(1)</script> psoas")
    page = search(client, "psoas <script>")
    assert "Hips &amp; &lt;b&gt;<mark>psoas</mark>&lt;/b&gt;" in page
    assert "<script>alert" not in page
    assert "&lt;<mark>script</mark>&gt;alert" in page


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        (
            "The Psoas, the spine",
            ["psoas", "SPINE"],
            "The <mark>Psoas</mark>, the <mark>spine</mark>",
        ),
        ("hips and hippos", ["hip"], "<mark>hips</mark> and hippos"),
        ("Résumé & more", ["resume"], "<mark>Résumé</mark> &amp; more"),
        ("Lower-back pain", ["lowerback"], "<mark>Lower-back</mark> pain"),
        ("Lower-back pain", ["back"], "Lower-<mark>back</mark> pain"),
        ("mark <mark>", ["mark"], "<mark>mark</mark> &lt;<mark>mark</mark>&gt;"),
        ("", ["psoas"], ""),
    ],
)
def test_what_is_marked(text: str, words: list[str], marked: str) -> None:
    assert highlight(text, words) == marked


def test_what_nobody_may_read_is_not_found(client: Client) -> None:
    draft = make_article("Psoas draft", live=False)
    expired = make_article("Psoas of old")
    expired.expired = True
    expired.save()
    expired.unpublish()
    private = make_article("Psoas for members", make_topic("Members"))
    PageViewRestriction.objects.create(
        page=private.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    for words in ("psoas", "psaos"):
        page = search(client, words)
        assert not TITLE.findall(page)
        assert "<mark>" not in page
        for article in (draft, private, expired):
            assert article.title not in page
    assert "Members" not in search(client, "")


def test_a_withdrawn_article_is_gone_at_once_and_a_changed_one_is_found_anew(
    client: Client,
) -> None:
    article = make_article()
    article.title = "Iliacus"
    article.summary = "Within the hip."
    article.save_revision().publish()
    assert found(client, "iliacus") == ["/fitness/psoas-so-what/"]
    assert not found(client, "so never")
    article.unpublish()
    assert not found(client, "iliacus")


@pytest.mark.slow
def test_anything_may_be_typed(client: Client) -> None:
    make_article()
    for query in HOSTILE:
        assert "<h1>Search</h1>" in search(client, query), query


def test_what_is_not_even_text_is_answered(client: Client) -> None:
    assert client.get("/search/?q=%ff%fe%ed%b2%80&topic=%ff&page=%ff").status_code == 200


@pytest.mark.parametrize(
    "address", ["/admin/pages/search/", "/admin/images/", "/admin/choose-page/search/"]
)
@pytest.mark.slow
def test_anything_may_be_typed_in_the_admin(client: Client, address: str) -> None:
    make_article()
    client.force_login(make_user("Editors"))
    for query in HOSTILE:
        assert client.get(address, {"q": query}).status_code == 200, query


@pytest.mark.parametrize("query", ['"psoas', "psoas*", "(psoas)", "psoas?", "-psoas"])
def test_signs_around_a_word_do_not_hide_it(client: Client, query: str) -> None:
    make_article()
    assert found(client, query) == ["/fitness/psoas-so-what/"]


def test_a_nul_in_a_query_is_no_error_of_the_database() -> None:
    article = make_article()
    assert [page.pk for page in Page.objects.search("psoas\0")] == [article.pk]
    assert [page.pk for page in Page.objects.autocomplete("pso\0")] == [article.pk]


@pytest.mark.parametrize(
    "other",
    [{"page": "x"}, {"page": "-1"}, {"page": "9" * 30}, {"topic": "nowhere"}, {"topic": "\\"}],
)
def test_any_choice_is_answered(client: Client, other: dict[str, str]) -> None:
    make_article()
    assert found(client, "psoas", **other) == ["/fitness/psoas-so-what/"]


def test_nothing_is_changed_by_searching(client: Client) -> None:
    assert client.post("/search/", {"q": "psoas"}).status_code == 405


def test_an_empty_search_shows_the_form_and_the_topics(client: Client) -> None:
    make_topic("Breathing")
    for query in ("", "   ", "%"):
        page = search(client, query)
        assert 'name="q"' in page
        assert '<a href="/breathing/">Breathing</a>' in page
    assert "Please type something" in page


def test_where_nothing_is_found_there_is_a_way_on(client: Client) -> None:
    make_topic("Breathing")
    page = search(client, "zygomaticus")
    assert "No results for “zygomaticus”." in page
    assert '<a href="/breathing/">Breathing</a>' in page
    assert "You can always call us" in page


def test_without_a_page_that_has_all_words_some_will_do(client: Client) -> None:
    make_article()
    page = search(client, "why psoas zygomaticus")
    assert "No page has all of these words. 1 page has some of them." in page
    assert "/fitness/psoas-so-what/" in page


def test_a_topic_narrows_the_search(client: Client) -> None:
    make_article("Psoas in Fitness")
    make_article("Psoas in Posture", make_topic("Posture"))
    assert found(client, "psoas", topic="posture") == ["/posture/psoas-in-posture/"]
    assert '<option value="posture" selected>' in search(client, "psoas", topic="posture")
    assert len(found(client, "psoas")) == 2


def test_results_are_paged_and_keep_what_was_asked(client: Client) -> None:
    topic = make_topic()
    for number in range(12):
        make_article(f"Psoas & hip {number}", topic)
    first, second = "psoas & hip", {"topic": "fitness", "page": "2"}
    page = search(client, first, topic="fitness")
    assert 'href="?q=psoas+%26+hip&amp;topic=fitness&amp;page=2"' in page
    assert len(found(client, first)) == 10
    assert len(found(client, first, **second)) == 2
    assert not set(found(client, first)) & set(found(client, first, **second))


def test_search_engines_are_kept_out_and_no_cookie_is_set(client: Client) -> None:
    response = client.get("/search/", {"q": "psoas"})
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert not response.cookies
    assert response.content.decode().count("<h1") == 1


@pytest.mark.slow
@pytest.mark.parametrize("query", ["psoas", "psoas zygomaticus", "psaos", "psaos zygomaticuz"])
def test_a_search_costs_the_same_however_much_there_is(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, query: str
) -> None:
    home = HomePage.objects.get()
    home.body = [("hero", {"headline": "Psoas and more"})]
    home.save()
    home.add_child(instance=ContactPage(title="Psoas here", slug="here"))
    for subject in ("Fitness psoas", "Posture", "Breathing"):
        topic = make_topic(subject)
        for number in range(5):
            make_article(f"Psoas {subject} {number}", topic)
    search(client, query)
    with django_assert_max_num_queries(15):  # three of them if it found nothing, to count that
        search(client, query)


def test_the_index_holds_what_is_published_not_what_is_being_written(client: Client) -> None:
    article: ArticlePage = make_article()
    article.summary = "Something about the diaphragm."
    article.save_revision()
    assert not found(client, "diaphragm")
