import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import make_article, make_image, make_topic

pytestmark = pytest.mark.usefixtures("clinic")


def test_a_topic_lists_its_articles_newest_first(client: Client) -> None:
    topic = make_topic()
    for title in ("First", "Second"):
        make_article(title, topic).save_revision().publish()
    make_article("Elsewhere", make_topic("Posture"))
    articles = client.get("/fitness/").context["articles"]
    assert [article.title for article in articles] == ["Second", "First"]


def test_a_topic_without_articles_says_so(client: Client) -> None:
    make_topic()
    assert client.get("/fitness/").status_code == 200


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", "999999999999999999999"])
def test_any_page_number_is_answered(client: Client, page: str) -> None:
    make_article()
    assert client.get("/fitness/", {"page": page}).status_code == 200


@pytest.mark.slow
def test_a_long_list_asks_no_more_of_the_database_than_a_short_one(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    topic, image = make_topic(), make_image()
    for number in range(14):
        make_article(f"Article {number}", topic, image=image)
    client.get("/fitness/")
    with django_assert_max_num_queries(12):
        client.get("/fitness/?not=kept")
