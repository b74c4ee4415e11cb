"""The same words find the same pages, whichever database keeps them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from blog.search.results import highlight, search_pages
from clinic_site.pages.published import published
from clinic_site.search.words import index_text, query_terms, words_in
from tests.blog.search_table import PAGES, TABLE
from tests.factories import make_article, make_person

pytestmark = [pytest.mark.usefixtures("clinic"), pytest.mark.slow, pytest.mark.search]


@pytest.fixture
def pages(clinic: object) -> None:
    nobody = make_person("Zq")
    for slug, (title, summary, text) in PAGES.items():
        body = [("paragraph", f"<p>{text}</p>")]
        make_article(title, slug=slug, summary=summary, body=body, author=nobody)


def slugs(found: object) -> set[str]:
    return {page.slug for page in found} & PAGES.keys()


@pytest.mark.usefixtures("pages")
def test_a_hundred_queries_find_their_pages_and_no_others() -> None:
    wrong = {}
    for query, expected in TABLE:
        found = slugs(search_pages([query], published(Page.objects.all()), "and"))
        if found != set(expected.split()):
            wrong[query] = found
    assert not wrong
    assert len(TABLE) >= 100


BEGINNINGS = [
    ("psoas", "psoas"),
    ("OZT", "emilie"),
    ("émilie özt", "emilie"),
    ("toe", "toes"),
    ("hips", "hips"),
    ("lowerback", "lower-back"),
    ("lower-b", "lower-back"),
    ("so what", "psoas"),
    ("wh", "psoas is who"),
    ("l4", "numbers"),
    ("ISTAN", "istanbul"),
    ("бол", "spina"),
    ("ｐｓｏ", "psoas guide"),
    ("the psoas", "psoas"),
]


@pytest.mark.usefixtures("pages")
def test_staff_find_titles_by_the_beginnings_of_the_same_words() -> None:
    found = {query: slugs(Page.objects.autocomplete(query)) for query, _titles in BEGINNINGS}
    assert found == {query: set(titles.split()) for query, titles in BEGINNINGS}


def test_what_is_found_is_marked() -> None:
    for query, expected in TABLE:
        for slug in expected.split():
            assert "<mark>" in highlight(" ".join(PAGES[slug]), words_in(query)), (query, slug)


def test_an_index_holds_nothing_that_a_database_could_read_otherwise() -> None:
    for query, _expected in TABLE:
        words = index_text(query).split()
        assert all(re.fullmatch("[a-z]+", word) for word in words), query
        assert bool(words) == bool(query_terms(query))


@pytest.mark.usefixtures("pages")
def test_no_search_reads_the_whole_index() -> None:
    with CaptureQueriesContext(connection) as asked, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # so small a table is read whole
        found = search_pages(["psoas lower-back"], published(Page.objects.all()), "or")
        assert len(found[:10]) == 2
    [search] = [query["sql"] for query in asked if "psoas" in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN' * (connection.vendor == 'sqlite')} {search}")
        plan = "\n".join(str(row) for row in cursor.fetchall())
    assert "SCAN modelsearch_indexentry" not in plan.replace("_fts VIRTUAL TABLE INDEX", "")
    assert "Seq Scan on modelsearch_indexentry" not in plan
