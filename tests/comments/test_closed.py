"""Where comments are closed people are told so kindly, and what they typed is handed back."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from comments.actions.closing import close_thread, open_thread
from comments.models import Comment
from tests.comments.factories import make_rules
from tests.comments.test_submission import form_of

Close = Callable[[ArticlePage, User], None]


def by_site(article: ArticlePage, staff: User) -> None:
    make_rules(closed=True)


def by_age(article: ArticlePage, staff: User) -> None:
    article.first_published_at = timezone.now() - timedelta(days=31)
    article.save()
    make_rules(close_after_days=30)


def by_page(article: ArticlePage, staff: User) -> None:
    close_thread(article, by=staff)


@pytest.fixture(params=[by_site, by_age, by_page])
def close(request: pytest.FixtureRequest) -> Close:
    found: Close = request.param
    return found


def test_instead_of_the_form_it_says_so(
    client: Client, article: ArticlePage, staff: User, close: Close
) -> None:
    assert "Post Comment" in client.get(article.url).content.decode()
    close(article, staff)
    for address in (article.url, f"/comments/{article.pk}/reply/"):
        page = client.get(address).content.decode()
        assert "Comments are closed" in page
        assert "Post Comment" not in page
        assert "805-880-6533" in page


def test_what_was_typed_meanwhile_is_handed_back(
    client: Client, article: ArticlePage, staff: User, close: Close
) -> None:
    form = form_of(client, article)
    close(article, staff)
    for typed in (form, form | {"email": "wrong"}):
        page = client.post(f"/comments/{article.pk}/reply/", typed, follow=True).content.decode()
        assert "Your comment wasn’t sent" in page
        assert "It clicked for me." in page
    assert not Comment.objects.exists()


def test_what_is_opened_again_takes_comments(
    client: Client, article: ArticlePage, staff: User
) -> None:
    close_thread(article, by=staff)
    client.get(article.url)
    open_thread(article, by=staff)
    assert "Post Comment" in client.get(article.url).content.decode()


def drafted(article: ArticlePage) -> None:
    article.unpublish()


def expired(article: ArticlePage) -> None:
    article.expired = True
    article.unpublish()


def private(article: ArticlePage) -> None:
    PageViewRestriction.objects.create(page=article, restriction_type="login")


def deleted(article: ArticlePage) -> None:
    article.delete()


@pytest.mark.parametrize("vanish", [drafted, expired, private, deleted])
def test_a_page_that_went_meanwhile_is_not_named_and_nothing_typed_is_lost(
    client: Client, article: ArticlePage, vanish: Callable[[ArticlePage], None]
) -> None:
    form, address = form_of(client, article), f"/comments/{article.pk}/reply/"
    vanish(article)
    response = client.post(address, form, follow=True)
    page = response.content.decode()
    assert response.status_code == 404
    assert "The page you commented on is no longer here." in page
    assert "It clicked for me." in page
    assert "Psoas" not in page
    assert "no-store" in response["Cache-Control"]
    assert client.get(address).status_code == 404
    assert not Comment.objects.exists()


def test_a_page_out_of_the_cache_closes_with_the_thread(
    client: Client, article: ArticlePage
) -> None:
    """At noon of the thirtieth day both are open, after its midnight neither is."""
    make_rules(close_after_days=30)
    noon = timezone.now()
    ArticlePage.objects.update(first_published_at=noon)
    for hours, is_open in ((-1, True), (1, True), (24, False)):
        with time_machine.travel(noon + timedelta(days=30, hours=hours), tick=False):
            found = [
                "Post Comment" in client.get(address).content.decode()
                for address in (article.url, f"/comments/{article.pk}/reply/")
            ]
        assert found == [is_open, is_open], hours
