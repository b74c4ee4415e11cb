"""The screen of page views: who may read it, what it shows and what it never shows."""

from datetime import timedelta
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries
from wagtail.contrib.redirects.models import Redirect

from clinic_site.clinic.current import today_at_clinic
from clinic_site.page_views.models import DailyCount
from tests.factories import make_article, make_user

pytestmark = pytest.mark.usefixtures("clinic")

REPORT = "/admin/reports/page-views/"
ARTICLE = "/fitness/psoas-so-what/"


def count(kind: str, name: str, number: int = 1, days_ago: int = 0) -> None:
    day = today_at_clinic() - timedelta(days=days_ago)
    DailyCount.objects.create(day=day, kind=kind, name=name, number=number)


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("Editors"))
    return client


def rows_of(client: Client, key: str, days: str = "30") -> list[list[str]]:
    page = BeautifulSoup(client.get(REPORT, {"days": days}).content, "html.parser")
    rows = page.select(f"#{key} tbody tr")
    return [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in rows]


def test_pages_are_named_by_title_and_the_most_read_stands_first(editor: Client) -> None:
    article = make_article()
    for days_ago in (0, 6, 29, 364):
        count("page", ARTICLE, 10, days_ago)
    count("page", "/", 25)
    count("page", "/our-team/robin/", 1)
    count("page", "", 2)
    home = article.get_site().root_page.title
    assert rows_of(editor, "pages") == [
        [article.title, "30"],
        [home, "25"],
        ["All others", "2"],
        ["/our-team/robin/", "1"],
    ]
    assert rows_of(editor, "pages", "7")[0] == [home, "25"]
    assert rows_of(editor, "pages", "365")[0] == [article.title, "40"]


def test_a_page_that_has_moved_is_counted_with_its_old_address(editor: Client) -> None:
    article = make_article()
    Redirect.objects.create(old_path="/daily-life/psoas", redirect_page=article)
    count("page", "/daily-life/psoas/", 3)
    count("page", ARTICLE, 4)
    assert rows_of(editor, "pages") == [[article.title, "7"]]


def test_a_word_is_shown_once_it_was_searched_for_on_three_days(editor: Client) -> None:
    for days_ago in (1, 2, 40):
        count("word", "psoas", 2, days_ago)
    for days_ago in (1, 2):
        count("word", "lumen", 50, days_ago)
    assert rows_of(editor, "words") == [["psoas", "4"]]
    assert "lumen" not in editor.get(REPORT, {"days": "365"}).content.decode()
    assert b"lumen" not in b"".join(editor.get(REPORT, {"export": "csv"}).streaming_content)


def test_what_others_have_sent_is_text_and_never_a_link_or_formula(editor: Client) -> None:
    count("site", "spam.example", 3)
    count("site", "-1+cmd.example", 1)
    page = editor.get(REPORT).content.decode()
    assert "spam.example" in page
    assert 'href="https://spam.example' not in page
    lines = b"".join(editor.get(REPORT, {"export": "csv"}).streaming_content).decode()
    assert '"\'-1+cmd.example"' in lines


@pytest.mark.parametrize(("days", "bars"), [("7", 7), ("30", 30), ("365", 13)])
def test_days_are_shown_one_by_one_and_a_year_by_month(
    editor: Client, days: str, bars: int
) -> None:
    count("page", "/", 5)
    rows = rows_of(editor, "over-time", days)
    assert len(rows) in (bars, bars - 1) if days == "365" else len(rows) == bars
    assert rows[-1][1] == "5"
    assert {row[1] for row in rows[:-1]} == {"0"}


@pytest.mark.parametrize("query", ["?days=-1", "?days=9e9", "?days[]=7", "?export=exe"])
def test_a_period_that_is_none_is_the_usual_one(editor: Client, query: str) -> None:
    answer = editor.get(REPORT + query)
    assert answer.status_code == 200
    assert len(BeautifulSoup(answer.content, "html.parser").select("#over-time tbody tr")) == 30


def test_the_spreadsheet_has_every_page_with_its_address(editor: Client) -> None:
    article = make_article()
    count("page", ARTICLE, 7)
    count("booking", ARTICLE, 2)
    for number in range(30):
        count("page", f"/page{number}/", 1)
    answer = editor.get(REPORT, {"days": "7", "export": "xlsx"})
    assert "no-store" in answer["Cache-Control"]
    rows = list(load_workbook(BytesIO(answer.getvalue())).active.values)
    assert rows[1] == ("Views of a page", article.title, ARTICLE, 7)
    assert ("Bookings started from a page", article.title, ARTICLE, 2) in rows
    assert len(rows) == 1 + 31 + 1 + 7
    assert rows[-1] == ("Views on a day", f"{today_at_clinic()}", None, 37)


def test_it_says_what_it_leaves_out(editor: Client) -> None:
    page = editor.get(REPORT).content.decode()
    for words in ("pages, not people", "proxy", "staff who are signed in", "three different days"):
        assert words in page
    assert page.count("Nothing to count here yet.") == 4


@pytest.mark.parametrize(
    ("role", "reads"),
    [("Editors", True), ("Owners", True), ("Front desk", False), ("Practitioners", False)],
)
def test_editors_and_owners_read_it(client: Client, role: str, reads: bool) -> None:
    client.force_login(make_user(role))
    assert (client.get(REPORT).status_code == 200) is reads
    assert (REPORT in client.get("/admin/").content.decode()) is reads


def test_many_pages_take_no_more_queries(
    editor: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(200):
        count("page", f"/page{number}/", 1, number % 30)
    editor.get(REPORT)
    with django_assert_max_num_queries(22):
        editor.get(REPORT)
