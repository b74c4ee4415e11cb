"""A page ends at its second, wherever it is shown, whether or not the worker runs."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from blog.models import ArticlePage
from blog.related import relate_articles
from clinic_site.clinic.models import ClinicDetails
from tests.factories import make_article, make_topic

pytestmark = pytest.mark.search

TITLE, ADDRESS = "Ten weeks of free classes", "/fitness/ten-weeks/"
SHOWING = ["/fitness/", "/fitness/other/", "/feed/", "/sitemap.xml", "/search/?q=classes"]


@pytest.fixture
def end(still_clock: time_machine.Traveller) -> datetime:
    return timezone.now() + timedelta(hours=1)


@pytest.fixture
def article(clinic: ClinicDetails, end: datetime) -> ArticlePage:
    topic = make_topic()
    make_article(topic=topic, title="Other classes", slug="other")
    article = make_article(topic=topic, title=TITLE, slug="ten-weeks", expire_at=end)
    article.save_revision().publish()
    relate_articles(timezone.now())
    return article


@pytest.fixture
def ended(
    article: ArticlePage, end: datetime, client: Client, still_clock: time_machine.Traveller
) -> Iterator[None]:
    """All of it was read, and kept, just before the end."""
    still_clock.move_to(end - timedelta(seconds=1))
    for address in SHOWING:
        assert ADDRESS in client.get(address).content.decode(), address
    assert client.get(ADDRESS).status_code == 200
    still_clock.move_to(end)
    yield
    article.refresh_from_db()
    assert article.live, "no worker has run"


@pytest.mark.parametrize("address", SHOWING)
def test_no_other_page_shows_it(ended: None, client: Client, address: str) -> None:
    assert ADDRESS not in client.get(address).content.decode()


def test_it_is_not_found(ended: None, client: Client) -> None:
    assert client.get(ADDRESS).status_code == 404


def test_nobody_comments_on_it(ended: None, client: Client, article: ArticlePage) -> None:
    answer = client.post(f"/comments/{article.pk}/reply/", {"text": "So?"}, follow=True)
    assert answer.status_code == 404


def test_its_old_address_does_not_lead_there(
    ended: None, client: Client, article: ArticlePage
) -> None:
    Redirect.objects.create(old_path="/classes", redirect_page=article)
    assert client.get("/classes/").status_code == 404


def test_a_topic_that_has_ended_is_no_step_on_the_way(
    article: ArticlePage, end: datetime, client: Client, still_clock: time_machine.Traveller
) -> None:
    topic = article.get_parent().specific
    topic.show_in_menus, topic.expire_at = True, end - timedelta(minutes=30)
    topic.save_revision().publish()
    assert 'href="/fitness/"' in client.get(ADDRESS).content.decode()
    still_clock.move_to(topic.expire_at)
    assert 'href="/fitness/"' not in client.get(ADDRESS).content.decode()
    assert client.get("/fitness/").status_code == 404
