"""A tag leads to all published articles that have it."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import make_article, make_image, make_topic

pytestmark = pytest.mark.usefixtures("clinic")


def test_an_article_leads_to_others_with_its_tags(client: Client) -> None:
    article = make_article("Sitting", tags=["hips", "Älter werden"])
    make_article("Hips", make_topic("Posture"), tags=["Hips"])
    assert [tag.name for tag in client.get(article.url).context["tags"]] == ["hips", "Älter werden"]
    listed = client.get("/tags/hips/").context["articles"]
    assert [article.title for article in listed] == ["Hips", "Sitting"]
    assert client.get("/tags/älter-werden/").status_code == 200


def test_a_tag_of_drafts_is_not_found(client: Client) -> None:
    make_article(live=False, tags=["secret plans"])
    assert client.get("/tags/secret-plans/").status_code == 404
    assert client.get("/tags/no-such-tag/").status_code == 404


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "999999999999999999999"])
def test_any_page_number_is_answered(client: Client, page: str) -> None:
    make_article(tags=["hips"])
    assert client.get("/tags/hips/", {"page": page}).status_code == 200


@pytest.mark.slow
def test_a_long_list_asks_no_more_of_the_database_than_a_short_one(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    topic, image = make_topic(), make_image()
    for number in range(14):
        make_article(f"Article {number}", topic, image=image, tags=["hips"])
    client.get("/tags/hips/")
    with django_assert_max_num_queries(12):
        client.get("/tags/hips/?not=kept")
