"""Nothing that comes from another site is more public here than it was there."""

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from blog.models import ArticlePage
from tests.wordpress.conftest import Bring
from tests.wordpress.exports import item, notes, page
from wordpress.report import Level

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize(
    ("status", "password", "date", "seen", "scheduled"),
    [
        ("publish", "", "2019-05-01 12:00:00", 200, False),
        ("publish", "", "2119-05-01 12:00:00", 404, True),
        ("future", "", "2119-05-01 12:00:00", 404, True),
        ("publish", "secret", "2019-05-01 12:00:00", 302, False),
        ("private", "", "2019-05-01 12:00:00", 302, False),
        ("draft", "", "2019-05-01 12:00:00", 404, False),
        ("pending", "", "2019-05-01 12:00:00", 404, False),
        ("of-a-plugin", "", "2019-05-01 12:00:00", 404, False),
    ],
)
@pytest.mark.parametrize("kind", ["post", "page"])
def test_nothing_is_more_public_than_it_was(
    bring: Bring,
    client: Client,
    kind: str,
    status: str,
    password: str,
    date: str,
    seen: int,
    scheduled: bool,
) -> None:
    make = item if kind == "post" else page
    bring(make(1, "Hidden words.", status=status, password=password, date=date))
    brought = Page.objects.get(slug="sleep-well")
    assert client.get(brought.url).status_code == seen
    assert brought.approved_schedule == scheduled
    assert ("Hidden words" in client.get("/feed/").content.decode()) == (
        seen == 200 and kind == "post"
    )


def test_private_posts_are_for_editors_and_owners_alone(bring: Bring) -> None:
    bring(item(1, status="private"))
    restriction = PageViewRestriction.objects.get()
    assert {group.name for group in restriction.groups.all()} == {"Editors", "Owners"}


def test_what_was_thrown_away_stays_away_and_is_counted(bring: Bring) -> None:
    report = bring(item(1, status="trash"), item(2, status="auto-draft"))
    assert not ArticlePage.objects.exists()
    assert report.counts["left out: thrown away there"] == 2


def test_the_address_of_a_private_post_is_told_to_nobody(bring: Bring, client: Client) -> None:
    bring(item(1, status="private"))
    assert client.get("/?p=1").status_code == 200
    assert client.get("/sleep-well/").status_code == 404


def test_what_people_see_of_pages_lacks_nothing_public_for_want_of_a_summary(
    bring: Bring, client: Client
) -> None:
    report = bring(item(1, excerpt=""))
    assert client.get("/rest/sleep-well/").status_code == 200
    assert any("summary is missing" in note for note in notes(report, Level.LOOK))
