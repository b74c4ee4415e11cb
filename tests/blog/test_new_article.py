"""“Write an article” on the start page leads into the editor in one press."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.factories import make_topic, make_user

pytestmark = pytest.mark.usefixtures("clinic")


def offered(client: Client) -> dict[str, str]:
    page = BeautifulSoup(client.get("/admin/").content, "html.parser")
    return {link.get_text(strip=True): str(link["href"]) for link in page.select(".new-article a")}


def test_each_topic_is_one_press_away(client: Client) -> None:
    make_topic("Fitness")
    make_topic("Daily life")
    client.force_login(make_user("Editors"))
    links = offered(client)
    assert list(links) == ["Daily life", "Fitness"]
    page = client.get(links["Fitness"]).content.decode()
    assert "New: Article" in page


@pytest.mark.any_database
@pytest.mark.parametrize("role", ["Front desk", "Practitioners", "Moderators"])
def test_whoever_writes_none_is_offered_none(client: Client, role: str) -> None:
    make_topic("Fitness")
    client.force_login(make_user(role))
    assert offered(client) == {}


@pytest.mark.any_database
def test_without_a_topic_there_is_no_place_for_one(client: Client) -> None:
    client.force_login(make_user("Editors"))
    assert "Write an article" not in client.get("/admin/").content.decode()


@pytest.mark.any_database
def test_many_topics_cost_no_more_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(make_user("Editors"))
    for number in range(12):
        make_topic(f"Topic {number}")
    client.get("/admin/")
    with django_assert_max_num_queries(40):
        assert len(offered(client)) == 12
