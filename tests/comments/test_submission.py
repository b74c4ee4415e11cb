"""A comment waits for a moderator, and its writer's address is nobody's business."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from blog.models import ArticlePage
from comments.actions.decisions import approve, mark_spam, reject
from comments.models import Comment, Commenter
from tests.comments.test_decisions import at_once
from tests.factories import make_article, make_clinic, make_user
from tests.outbox import emails_to

ADDRESS = "canary@reader.example"
FORM_TOKEN = re.compile('name="form_token" value="([^"]+)"')


@pytest.fixture
def article(db: None) -> ArticlePage:
    make_clinic()
    return make_article()


def form_of(client: Client, article: ArticlePage) -> dict[str, str]:
    """Return the form as it stands on the article, filled in by an honest reader."""
    form_token = FORM_TOKEN.search(client.get(article.url).content.decode())
    assert form_token
    return {
        "form_token": form_token[1],
        "name": "Priya",
        "email": ADDRESS,
        "text": "It clicked for me.",
    }


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


def test_one_comment_is_answered_from_a_page_of_its_own(
    client: Client, article: ArticlePage
) -> None:
    staff = make_user("Moderators")
    reply(client, article)
    first = Comment.objects.get()
    approve(first, by=staff)
    page = client.get(article.url).content.decode()
    link = f"/comments/{article.pk}/reply/?parent={first.pk}"
    assert f'href="{link}" rel="nofollow"' in page
    page = client.get(link).content.decode()
    assert "Reply to <bdi>Priya</bdi>" in page
    assert "It clicked for me." in page
    assert f'name="parent" value="{first.pk}"' in page
    form_token = FORM_TOKEN.search(page)
    assert form_token
    form = {
        "form_token": form_token[1],
        "name": "Walt",
        "email": "w@reader.example",
        "text": "And for me.",
    }
    client.post(f"/comments/{article.pk}/reply/", form | {"parent": first.pk})
    answer = Comment.objects.latest("pk")
    assert answer.parent == first
    approve(answer, by=staff)
    words = client.get(article.url).content.decode()
    assert words.index("It clicked for me.") < words.index("And for me.")


def test_before_sending_it_says_what_becomes_of_it(client: Client, article: ArticlePage) -> None:
    make_clinic(emergency_notice="If this is an emergency, call 911.")
    page = client.get(article.url).content.decode()
    for expected in (
        "Your email address will not be published. Required fields are marked *",
        "One of us reads every comment before it appears here.",
        "please leave out medical details",
        "If this is an emergency, call 911.",
        "Email me when someone replies",
        "Email me a private link",
    ):
        assert expected in page


def test_after_sending_it_says_what_happens_next(client: Client, article: ArticlePage) -> None:
    response = client.post(f"/comments/{article.pk}/reply/", form_of(client, article), follow=True)
    page = response.content.decode()
    assert "no one else can see it yet" in page
    assert "we’ve emailed you" in page


def test_a_corrected_address_is_not_lost(client: Client, article: ArticlePage) -> None:
    form = form_of(client, article)
    for email in ("typo@reader.example", ADDRESS):
        client.post(f"/comments/{article.pk}/reply/", form | {"email": email})
    assert {commenter.email for commenter in Commenter.objects.all()} == {
        "typo@reader.example",
        ADDRESS,
    }


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_twenty_identical_posts_at_once_are_one_comment_with_one_email() -> None:
    make_clinic()
    page = make_article()
    form = form_of(Client(), page) | {"wants_link": "on"}

    def send() -> int:
        return Client().post(f"/comments/{page.pk}/reply/", form).status_code

    assert set(at_once(send)) == {303}
    assert Comment.objects.count() == 1
    assert emails_to(ADDRESS).count() == 1
