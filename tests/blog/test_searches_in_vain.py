"""Editors see which words found nothing; nobody can see who searched, or what somebody asked."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from blog.models import VainSearch
from blog.search import in_vain
from blog.search.in_vain import KEPT, forget_searches_in_vain, words_to_count
from clinic_site.clinic.current import today_at_clinic
from clinic_site.jobs.periodic import run_due_jobs
from tests.factories import make_article, make_topic, make_user

pytestmark = [pytest.mark.usefixtures("clinic"), pytest.mark.search]

REPORT = "/admin/reports/searches/"


def search(client: Client, query: str, **choices: str) -> None:
    assert client.get("/search/", {"q": query, **choices}).status_code == 200


def counted() -> dict[str, int]:
    return dict(VainSearch.objects.values_list("word", "times"))


def test_each_word_that_found_nothing_is_counted_by_itself(client: Client) -> None:
    make_article()
    for query in ("cupping", "Cupping massage", "psoas"):
        search(client, query)
    assert counted() == {"cupping": 2, "massage": 1}
    assert set(VainSearch.objects.values_list("last_on", flat=True)) == {today_at_clinic()}


def test_the_table_has_no_room_for_who_or_when() -> None:
    columns = {field.column for field in VainSearch._meta.get_fields()}
    assert columns == {"word", "times", "last_on"}
    assert type(VainSearch._meta.get_field("last_on")).__name__ == "DateField"


@pytest.mark.parametrize(
    "query",
    [
        "jo@patient.example",
        "mail jo @ patient.example",
        "805 555 0123",
        "(805) 555-0123 call",
        "٨٠٥٥٥٥٠١٢٣",
        "born 1958",
        "https://patient.example/jo",
        "my name is casey lumen and my knee hurts badly since may",
        "ab",
        "x" * 40,
        "?!",
    ],
)
def test_what_may_say_who_somebody_is_is_not_counted(query: str) -> None:
    assert words_to_count(query) == []


def test_a_search_in_one_topic_is_no_search_in_vain(client: Client) -> None:
    make_topic("Fitness")
    search(client, "cupping", topic="fitness")
    assert counted() == {}


def test_a_flood_fills_no_table(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_vain, "MOST_ROWS", 3)
    for word in ("one", "cupping", "needling", "taping", "cupping"):
        search(client, word)
    assert counted() == {"one": 1, "cupping": 2, "needling": 1}
    monkeypatch.setattr(in_vain, "MOST_A_MINUTE", 0)
    search(client, "cupping")
    assert counted()["cupping"] == 2


def test_they_are_forgotten_ninety_days_after_the_last_time(client: Client) -> None:
    now = timezone.now()
    for word, days in (("old", 2), ("new", -2)):
        VainSearch.objects.create(word=word, last_on=(now - KEPT).date() - timedelta(days=days))
    run_due_jobs(now)
    assert counted() == {"new": 1}
    assert forget_searches_in_vain(now) == 0


def test_the_privacy_page_tells_of_it(client: Client) -> None:
    page = client.get("/privacy/").content.decode()
    assert "A word you searched for, if it found nothing" in page
    assert f"{KEPT.days} days after the last time" in page


def test_editors_read_the_most_frequent_first_and_can_add_a_synonym(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        VainSearch.objects.create(word=f"word{number}", times=number, last_on=date(2027, 1, 5))
    client.force_login(make_user("Editors"))
    client.get(REPORT)
    with django_assert_max_num_queries(25):
        page = client.get(REPORT).content.decode()
    assert page.index("word29") < page.index("word3<")
    assert "/admin/search-synonyms/new/?typed=word29" in page
    for way_out in ("?export=csv", "?export=xlsx"):
        answer = client.get(REPORT + way_out)
        assert answer["Content-Type"].startswith("text/html")
