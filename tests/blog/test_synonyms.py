"""Editors say which words mean what the pages say; who searches for one finds the other."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from blog.models import SearchSynonym
from blog.search.synonyms import MOST_VARIANTS, Synonym, variants_by
from tests.factories import make_article, make_person, make_team_page, make_user

pytestmark = [pytest.mark.usefixtures("clinic"), pytest.mark.search]

BODY = [("paragraph", "<p>See a physical therapist.</p>")]


@pytest.fixture
def back_doctor() -> SearchSynonym:
    return SearchSynonym.objects.create(typed="back doctor", means="physical therapist, DPT")


def search(client: Client, query: str) -> str:
    return client.get("/search/", {"q": query}).content.decode()


@pytest.mark.parametrize("query", ["back doctor", "Back Doctors", "the back-doctor"])
def test_what_people_type_finds_what_the_pages_say(
    client: Client, back_doctor: SearchSynonym, query: str
) -> None:
    make_article("Who to see", body=BODY)
    make_article("Psoas", body=[("paragraph", "<p>A muscle.</p>")])
    page = search(client, query)
    assert "Who to see" in page
    assert "1 result for" in page


def test_the_rest_of_the_query_counts_too(client: Client, back_doctor: SearchSynonym) -> None:
    make_article("Who to see", body=BODY)
    assert "1 result for" in search(client, "see a back doctor")
    assert "No page has all of these words" in search(client, "back doctor zygomaticus")


def test_what_was_typed_itself_is_found_as_before(
    client: Client, back_doctor: SearchSynonym
) -> None:
    make_article("My back doctor", body=[("paragraph", "<p>Said so.</p>")])
    make_article("Who to see", body=BODY)
    assert "2 results for" in search(client, "back doctor")


def test_a_person_is_found_by_a_synonym(client: Client, back_doctor: SearchSynonym) -> None:
    make_team_page()
    make_person("Dana Whitfield", role="Physical therapist")
    assert "Dana Whitfield" in search(client, "back doctor")


def test_a_changed_synonym_holds_for_the_next_search(
    client: Client, back_doctor: SearchSynonym
) -> None:
    make_article("Who to see", body=BODY)
    assert "Who to see" in search(client, "back doctor")
    back_doctor.delete()
    assert "Who to see" not in search(client, "back doctor")


def test_a_synonym_costs_no_query_more(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_article("Who to see", body=BODY)
    for number in range(30):
        SearchSynonym.objects.create(typed=f"word {number}", means="physical therapist")
    search(client, "word 3")
    with django_assert_max_num_queries(12):
        search(client, "word 4")


def test_synonyms_of_each_other_come_to_an_end() -> None:
    both = [Synonym(("a1",), ("b1",)), Synonym(("b1",), ("a1",))]
    assert variants_by("a1", both) == ["a1", "b1"]
    many = [Synonym((f"w{n}",), (f"v{n}", f"u{n}")) for n in range(9)]
    query = " ".join(f"w{n}" for n in range(9))
    found = variants_by(query, many)
    assert len(found) == MOST_VARIANTS
    assert found[0] == query


@pytest.mark.parametrize("field", ["typed", "means"])
def test_a_synonym_has_words(field: str) -> None:
    with pytest.raises(ValidationError):
        SearchSynonym(**{"typed": "spine", "means": "back", field: "?!"}).full_clean()


def test_the_same_words_mean_one_thing(back_doctor: SearchSynonym) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        SearchSynonym.objects.create(typed="Back Doctor", means="chiropractor")


def test_editors_keep_them(client: Client) -> None:
    client.force_login(make_user("Editors"))
    page = client.get("/admin/search-synonyms/new/?typed=sciatica").content.decode()
    assert 'value="sciatica"' in page
    client.post("/admin/search-synonyms/new/", {"typed": "sciatica", "means": "leg pain"})
    assert SearchSynonym.objects.get().means == "leg pain"
    again = client.post("/admin/search-synonyms/new/", {"typed": "Sciatica", "means": "hip"})
    assert "There’s a synonym for these words already." in again.content.decode()
