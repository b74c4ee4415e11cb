"""Pages are counted, kept ones as well; nobody is watched, and nothing grows without bounds."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import FrameType
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinic_site.clinic.current import today_at_clinic
from clinic_site.jobs.periodic import run_due_jobs
from clinic_site.page_views.counting import notes, storing, writing
from clinic_site.page_views.counting.adding_up import add_up
from clinic_site.page_views.counting.notes import Kind, ReadingNote, note_view
from clinic_site.page_views.ending import RARE_WORDS_KEPT
from clinic_site.page_views.models import DailyCount
from clinic_site.privacy.retention import days_kept, end_what_is_over
from tests.booking.factories import make_service
from tests.clinic_site.page_views.conftest import BROWSER, Counted
from tests.factories import make_article, make_user

pytestmark = pytest.mark.usefixtures("clinic")

ARTICLE = "/fitness/psoas-so-what/"
OURS = f"http://testserver{ARTICLE}"


def test_each_view_counts_however_it_is_answered(reader: Client, counted: Counted) -> None:
    make_article()
    first = reader.get(ARTICLE)
    kept = reader.get(ARTICLE)
    reader.get(ARTICLE, headers={"if-none-match": kept["ETag"]})
    reader.get(ARTICLE, {"utm_source": "letter"})
    assert first.status_code == kept.status_code == 200
    assert counted("page") == {ARTICLE: 4}
    reader.get(ARTICLE)
    assert counted("page") == {ARTICLE: 5}


def test_what_is_no_page_of_ours_is_not_counted(reader: Client, counted: Counted) -> None:
    make_article()
    for address in ("/nothing/", "/feed/", "/sitemap.xml", "/robots.txt", "/admin/login/"):
        reader.get(address)
    reader.head(ARTICLE)
    reader.get(ARTICLE, {"sheet": "exercises"})
    assert not counted("page")


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": ""},
        {"user-agent": "curl/8.5.0"},
        {"user-agent": f"{BROWSER} (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"user-agent": BROWSER.replace("Firefox", "HeadlessChrome")},
        {"sec-purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
        {"x-moz": "prefetch"},
        {"sec-fetch-dest": "iframe"},
    ],
)
def test_programs_and_pages_loaded_ahead_are_left_out(
    reader: Client, counted: Counted, headers: dict[str, str]
) -> None:
    make_article()
    reader.get(ARTICLE)
    reader.get(ARTICLE, headers=headers)
    assert counted("page") == {ARTICLE: 1}


def test_staff_are_left_out(reader: Client, counted: Counted) -> None:
    make_article()
    reader.force_login(make_user("Editors"))
    reader.get(ARTICLE)
    assert not counted("page")


def test_of_a_referrer_only_the_name_of_the_site_is_kept(reader: Client, counted: Counted) -> None:
    make_article()
    for referrer in (
        "https://www.search.example/find?q=jo+lumen+back+pain#jo",
        "https://jo:secret@search.example:8443/",
        "https://search.example./",
        "https://192.0.2.7/mail",
        "https://[2001:db8::1]/mail",
        "https://[oops/",
        "https://localhost/",
        "https://intranet/jo",
        "https://" + "a" * 300 + ".example/",
        "javascript:alert(1)",
        "https://evil<b>.example/",
        "\x00\ud800",
        OURS,
    ):
        reader.get(ARTICLE, HTTP_REFERER=referrer)
    assert counted("site") == {"search.example": 3}
    assert counted("page") == {ARTICLE: 13}


def test_a_booking_counts_for_the_page_it_was_started_from(
    reader: Client, counted: Counted
) -> None:
    make_service()
    make_article()
    reader.get(ARTICLE)
    for referrer in (
        OURS,
        "http://testserver/book/request/SECRET/time/",
        "http://testserver/jo-lumen-was-here/",
        "http://testserver/%00%ff/",
        f"https://elsewhere.example{ARTICLE}",
        "",
    ):
        assert reader.get("/book/", HTTP_REFERER=referrer).status_code == 200
    assert counted("booking") == {ARTICLE: 1}
    assert set(DailyCount.objects.values_list("name", flat=True)) == {ARTICLE}


@pytest.mark.search
def test_words_are_counted_singly_and_nothing_that_may_tell_of_somebody(
    reader: Client, counted: Counted
) -> None:
    make_article()
    for query in ("psoas", "Psoas stretch", "jo@patient.example", "call 805 555 0123", "x" * 40):
        reader.get("/search/", {"q": query})
    reader.get("/search/", {"q": "psoas", "page": "2"})
    assert counted("word") == {"psoas": 2, "stretch": 1}


def test_the_table_has_no_room_for_who_or_when() -> None:
    columns = {field.column for field in DailyCount._meta.get_fields()}
    assert columns == {"id", "day", "kind", "name", "number"}
    assert type(DailyCount._meta.get_field("day")).__name__ == "DateField"


# What it costs a reader


@contextmanager
def counted_calls() -> Iterator[list[str]]:
    """Collect the functions that are called, those written in C included."""
    called: list[str] = []

    def listen(frame: FrameType, event: str, what: Any) -> None:
        if event in ("call", "c_call"):
            called.append(frame.f_code.co_name if event == "call" else what.__name__)

    sys.setprofile(listen)
    try:
        yield called
    finally:
        sys.setprofile(None)


def test_noting_takes_a_few_calls_no_lock_and_no_query(rf: RequestFactory) -> None:
    request = rf.get(ARTICLE, headers={"user-agent": BROWSER}, HTTP_REFERER=OURS)
    note_view(request)
    with CaptureQueriesContext(connection) as queries, counted_calls() as called:
        note_view(request)
    assert len(called) <= 30, called
    assert not {"acquire", "__enter__"} & set(called)
    assert not queries.captured_queries


def test_a_kept_page_still_costs_one_query(reader: Client) -> None:
    make_article()
    reader.get(ARTICLE)
    with CaptureQueriesContext(connection) as queries:
        reader.get(ARTICLE)
    assert len(queries) == 1


# Floods


def hostile(number: int) -> ReadingNote:
    return ReadingNote(Kind.PAGE, ARTICLE, f"https://{'spam' * 10}{number}.example/{'x' * 500}")


def test_ten_thousand_pages_in_a_minute_are_all_counted_and_written_at_once(
    counted: Counted,
) -> None:
    notes._notes.extend(
        ReadingNote(Kind.PAGE, f"/page{number % 100}/", "") for number in range(10_000)
    )
    with CaptureQueriesContext(connection) as queries:
        assert sum(counted("page").values()) == 10_000
    assert len(queries) <= 8


def test_a_flood_of_referrers_and_words_fills_neither_memory_nor_table(
    counted: Counted,
) -> None:
    notes._notes.extend(hostile(number) for number in range(notes.MOST_NOTES + 1000))
    sites = counted("site")
    assert sum(sites.values()) == writing.MOST_UNWRITTEN - 1  # and one name for the page
    assert len(sites) == storing.MOST_NAMES[Kind.SITE] + 1
    assert counted("page") == {ARTICLE: notes.MOST_NOTES}
    notes._notes.extend(ReadingNote(Kind.WORD, f"word{number}") for number in range(500))
    assert len(counted("word")) == storing.MOST_NAMES[Kind.WORD]
    notes._notes.append(ReadingNote(Kind.PAGE, ARTICLE, "https://new.example/"))
    assert "new.example" not in counted("site")
    assert counted("site")[""] == sites[""] + 1


# What the database does


def test_two_processes_add_to_the_same_row(counted: Counted) -> None:
    DailyCount.objects.create(day=today_at_clinic(), kind="page", name=ARTICLE, number=40)
    notes._notes.extend([ReadingNote(Kind.PAGE, ARTICLE)] * 2)
    assert counted("page") == {ARTICLE: 42}


def test_what_the_database_does_not_take_is_written_later(
    counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_rows: object) -> None:
        raise OperationalError("database is locked")

    notes._notes.extend([ReadingNote(Kind.PAGE, ARTICLE)] * 2)
    with monkeypatch.context() as broken:
        broken.setattr(storing, "_add", fail)
        assert not counted("page")
    notes._notes.append(ReadingNote(Kind.PAGE, ARTICLE))
    assert counted("page") == {ARTICLE: 3}
    assert counted("page") == {ARTICLE: 3}


# What ends


def test_counts_end_after_about_two_years_and_rare_words_after_ninety_days() -> None:
    now = timezone.now()
    today = today_at_clinic()
    old = today - timedelta(days=days_kept("page_views.counts") + 2)
    rare = today - RARE_WORDS_KEPT - timedelta(days=2)
    rows = [
        (old, "page", "/"),
        (today, "page", "/"),
        (rare, "word", "once"),
        (today, "word", "new"),
    ]
    rows += [(rare - timedelta(days=day), "word", "often") for day in range(3)]
    for day, kind, name in rows:
        DailyCount.objects.create(day=day, kind=kind, name=name, number=1)
    end_what_is_over(now)
    run_due_jobs(now)
    left = DailyCount.objects.order_by("name", "day").values_list("name", "day")
    names = [name for name, _day in left]
    assert names == ["/", "new", "often", "often", "often"]
    assert DailyCount.objects.get(name="/").day == today


@pytest.mark.any_database
def test_the_privacy_page_tells_of_it(client: Client) -> None:
    page = client.get("/privacy/").content.decode()
    assert "How often each page is read, without anything about you" in page
    assert "For 760 days." in page
    assert "count visits" not in page


def test_notes_of_nobody_add_up_to_nothing() -> None:
    assert not add_up([])
    request = HttpRequest()
    request.method = "GET"
    note_view(request)
    assert not notes.take_notes()
