"""A comment waits for a moderator, and its writer's address is nobody's business."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from blog.models import ArticlePage
from comments.models import Comment, Commenter
from comments.services import approve, mark_spam, reject
from tests.make import make_article, make_clinic, make_user

ADDRESS = "canary@reader.example"
STAMP = re.compile('name="stamp" value="([^"]+)"')
NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture
def article(db: None) -> ArticlePage:
    make_clinic()
    return make_article()


def form_of(client: Client, article: ArticlePage) -> dict[str, str]:
    """Return the form as it stands on the article, filled in by an honest reader."""
    stamp = STAMP.search(client.get(article.url).content.decode())
    assert stamp
    return {"stamp": stamp[1], "name": "Priya", "email": ADDRESS, "text": "It clicked for me."}


def reply(client: Client, article: ArticlePage, **changes: str) -> object:
    return client.post(
        reverse("comments:reply", args=[article.pk]), form_of(client, article) | changes
    )


def test_a_reply_is_stored_as_pending(client: Client, article: ArticlePage) -> None:
    response = client.post(f"/comments/{article.pk}/reply/", form_of(client, article), follow=True)
    assert response.redirect_chain == [(f"/comments/{article.pk}/received/", 303)]
    comment = Comment.objects.get()
    assert (comment.state, comment.name, comment.text) == (
        "pending",
        "Priya",
        "It clicked for me.",
    )
    assert comment.page_id == article.pk
    assert comment.commenter.email == ADDRESS


def test_the_form_says_what_is_published_and_what_is_required(
    client: Client, article: ArticlePage
) -> None:
    page = client.get(article.url).content.decode()
    assert "Leave a Reply" in page
    assert "Your email address will not be published. Required fields are marked *" in page


def test_a_pending_comment_is_shown_to_nobody(client: Client, article: ArticlePage) -> None:
    reply(client, article)
    assert "It clicked for me." not in client.get(article.url).content.decode()
    assert "It clicked" not in client.get(f"/comments/{article.pk}/received/").content.decode()


@pytest.mark.parametrize("refuse", [reject, mark_spam])
def test_a_refused_comment_is_shown_to_nobody(
    client: Client, article: ArticlePage, refuse: Callable[..., None]
) -> None:
    reply(client, article)
    refuse(Comment.objects.get(), by=make_user("Moderators"))
    assert "It clicked for me." not in client.get(article.url).content.decode()


def test_an_approved_comment_is_on_the_page_without_the_address(
    client: Client, article: ArticlePage
) -> None:
    reply(client, article)
    approve(Comment.objects.get(), by=make_user("Moderators"))
    page = client.get(article.url).content.decode()
    assert "It clicked for me." in page
    assert "canary" not in page


def test_the_address_is_in_no_column_that_public_code_reads() -> None:
    assert not [field.name for field in Comment._meta.fields if "mail" in field.name]
    assert "email" in [field.name for field in Commenter._meta.fields]


def test_a_comment_from_a_cached_page_is_taken(
    careful_client: Client, article: ArticlePage
) -> None:
    # The page came out of a shared cache: this client has never been here.
    form = form_of(Client(), article)
    response = careful_client.post(
        f"/comments/{article.pk}/reply/",
        form,
        headers={"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"},
    )
    assert response.status_code == 303


def test_the_same_form_twice_is_one_comment(client: Client, article: ArticlePage) -> None:
    form = form_of(client, article)
    for _time in range(2):
        assert client.post(f"/comments/{article.pk}/reply/", form).status_code == 303
    assert Comment.objects.count() == 1


def test_extra_fields_change_nothing(client: Client, article: ArticlePage) -> None:
    reply(client, article, state="approved", id="7", submitted_at="2001-01-01", page="1")
    comment = Comment.objects.get()
    assert comment.state == "pending"
    assert comment.page_id == article.pk
    assert comment.submitted_at.year > 2001


def test_a_corrected_address_is_not_lost(client: Client, article: ArticlePage) -> None:
    form = form_of(client, article)
    for email in ("typo@reader.example", ADDRESS):
        client.post(f"/comments/{article.pk}/reply/", form | {"email": email})
    assert {commenter.email for commenter in Commenter.objects.all()} == {
        "typo@reader.example",
        ADDRESS,
    }


def test_hundreds_of_comments_ask_no_more_of_the_database_than_one(
    client: Client,
    article: ArticlePage,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    Comment.objects.bulk_create(
        Comment(page=article, name="Sam", text=str(number), state="approved", decided_at=NOW)
        for number in range(300)
    )
    client.get(article.url)
    with django_assert_max_num_queries(12):
        assert "300 comments" in client.get(f"{article.url}?not=kept").content.decode()
