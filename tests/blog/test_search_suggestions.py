"""Words that were meant come from all published text; titles are offered while somebody types."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from blog import views
from blog.models import ArticlePage, KnownWord
from blog.search.suggestions import collect_words
from clinic_site.pages.models import HomePage, StandardPage
from tests.factories import make_article, make_person, make_team_page, make_topic

pytestmark = [pytest.mark.usefixtures("clinic"), pytest.mark.search]

BODY = [("paragraph", "<p>The diaphragm helps you breathe.</p>")]


def search(client: Client, query: str, **choices: str) -> str:
    return client.get("/search/", {"q": query, **choices}).content.decode()


def known() -> set[str]:
    collect_words(timezone.now())
    return set(KnownWord.objects.values_list("word", flat=True))


def typed(client: Client, query: str) -> list[str]:
    found: list[str] = client.get("/search/suggestions/", {"q": query}).json()
    return found


def test_a_word_of_the_text_is_suggested_not_only_of_titles(client: Client) -> None:
    make_article("Breathing", body=BODY)
    collect_words(timezone.now())
    page = client.get("/search/?q=diafragm").content.decode()
    assert '<a href="/search/?q=diaphragm">diaphragm</a>' in page


@pytest.mark.parametrize("typo", ["psaos", "spoas", "psoaz", "psas"])
def test_a_slip_of_the_pen_is_understood(client: Client, typo: str) -> None:
    make_article()
    collect_words(timezone.now())
    page = search(client, typo)
    assert "Did you mean" in page
    assert '<a href="/search/?q=psoas">psoas</a>' in page


def test_only_the_misspelt_word_is_replaced(client: Client) -> None:
    make_article()
    collect_words(timezone.now())
    assert '<a href="/search/?q=psoas%20muscle">psoas muscle</a>' in search(client, "psoas mucsle")


def test_a_suggestion_finds_something(client: Client) -> None:
    make_article("Psoas", make_topic("Fitness"), summary="Hips.")
    make_article("Knees", make_topic("Posture"), summary="Stairs.", body=BODY)
    collect_words(timezone.now())
    assert "Did you mean" in search(client, "staris")
    assert "Did you mean" not in search(client, "staris", topic="fitness")
    assert "Did you mean" not in search(client, "psoas staris")


def test_words_come_from_every_kind_of_page_and_from_the_team() -> None:
    make_team_page()
    make_person("Dana Whitfield", role="Physical therapist", interests="Kayaking")
    body = [("text", "<p>We take superbills.</p>")]
    HomePage.objects.get().add_child(instance=StandardPage(title="Prices", body=body))
    assert {"whitfield", "kayaking", "superbills", "prices"} <= known()


def test_drafts_and_what_was_withdrawn_give_no_words() -> None:
    make_article("Breathing", body=BODY)
    make_article("Secret", body=[("paragraph", "<p>Zygomaticus.</p>")], live=False)
    assert "diaphragm" in known()
    assert "zygomaticus" not in known()
    ArticlePage.objects.get(title="Breathing").unpublish()
    assert "diaphragm" not in known()


def test_numbers_are_no_words() -> None:
    make_article("Call", body=[("paragraph", "<p>805-880-6533 or x23y</p>")])
    assert not [word for word in known() if not word.isalpha()]


def test_nothing_is_read_again_while_nothing_has_changed(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    make_article("Breathing", body=BODY)
    collect_words(timezone.now())
    with django_assert_max_num_queries(1):
        collect_words(timezone.now())


def test_titles_and_names_are_offered_while_somebody_types(client: Client) -> None:
    make_team_page()
    make_person("Dana Whitfield", role="Physical therapist")
    make_article("Posture is not a pose")
    make_article("Possible secret", live=False)
    assert typed(client, "post") == ["Posture is not a pose"]
    assert typed(client, "dana whitf") == ["Dana Whitfield"]
    assert typed(client, "poss") == []


@pytest.mark.parametrize("query", ["", "p", "?!", '"', "'; drop", "x" * 5000])
def test_whatever_is_typed_has_an_answer(client: Client, query: str) -> None:
    assert typed(client, query) == []


def test_the_answer_knows_nobody_and_may_be_kept(client: Client) -> None:
    response = client.get("/search/suggestions/?q=psoas")
    assert response["Cache-Control"] == "public, max-age=60"
    assert not response.cookies
    assert response["Content-Type"] == "application/json"
    assert client.post("/search/suggestions/").status_code == 405


def test_one_network_asks_so_often_and_no_more(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "SUGGESTIONS_A_MINUTE", 2)
    answers = [client.get("/search/suggestions/?q=psoas").status_code for _time in range(3)]
    assert answers == [200, 200, 429]
    other = client.get("/search/suggestions/?q=psoas", REMOTE_ADDR="192.0.2.7")
    assert other.status_code == 200


def test_an_answer_takes_few_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_team_page()
    for number in range(12):
        make_article(f"Posture {number}")
    typed(client, "post")
    with django_assert_max_num_queries(6):
        assert len(typed(client, "post")) == 6
