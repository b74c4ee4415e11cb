"""Emails about replies: wished for, confirmed, one recipient each, and ended by one click."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from comments.actions.decisions import approve
from comments.actions.staff_replies import reply_as_staff
from comments.models import Commenter
from tests.comments.factories import (
    ADDRESS,
    RECEIVED,
    confirmed,
    emails_saying,
    make_comment,
    make_rules,
)
from tests.comments.test_submission import form_of

CONFIRM = re.compile(r"(/comments/confirm/\S+)")


@pytest.fixture
def confirm_link(client: Client, article: ArticlePage) -> str:
    """What leads from the email to whoever ticked the box below the article."""
    form = form_of(client, article) | {"wants_replies": "on"}
    client.post(f"/comments/{article.pk}/reply/", form)
    found = CONFIRM.search(emails_saying(RECEIVED)[0].text)
    assert found
    return found[1]


@pytest.fixture
def unsubscribe_link(article: ArticlePage, staff: User) -> str:
    comment = confirmed(make_comment(article, wants_replies=True))
    approve(comment, by=staff)
    reply_as_staff(comment, text="Yes.", name="Sam", idempotency_key="r", by=staff)
    header = emails_saying("A reply to your comment")[0].headers["List-Unsubscribe"]
    return urlsplit(header.strip("<>")).path


def test_who_does_not_ask_gets_no_email(client: Client, article: ArticlePage) -> None:
    client.post(f"/comments/{article.pk}/reply/", form_of(client, article))
    assert not emails_saying(RECEIVED)


def test_a_wish_counts_once_its_button_is_pressed(client: Client, confirm_link: str) -> None:
    page = client.get(confirm_link).content.decode()
    assert "Email you about replies?" in page
    assert Commenter.objects.get().confirmed_at is None
    for _time in range(2):
        assert "Thank you" in client.post(confirm_link, follow=True).content.decode()
    assert Commenter.objects.get().confirmed_at is not None


def test_after_a_week_it_is_too_late(client: Client, confirm_link: str) -> None:
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        response = client.post(confirm_link, follow=True)
    assert "no longer works" in response.content.decode()


def test_one_click_without_cookie_form_or_page_ends_them(
    careful_client: Client, unsubscribe_link: str
) -> None:
    """As RFC 8058 has it: the mail program posts, and is not sent elsewhere."""
    response = careful_client.post(
        unsubscribe_link,
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
        headers={"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"},
    )
    assert response.status_code == 200
    assert not Commenter.objects.exists()
    assert (
        "You’re unsubscribed."
        in careful_client.post(unsubscribe_link, follow=True).content.decode()
    )


def test_opening_the_link_ends_nothing(client: Client, unsubscribe_link: str) -> None:
    page = client.get(unsubscribe_link).content.decode()
    assert "Unsubscribe" in page
    assert Commenter.objects.filter(wants_replies=True).exists()


@pytest.mark.parametrize("kind", ["confirm", "unsubscribe"])
@pytest.mark.parametrize("token", ["x", "1:x", "1:x:y", "%00", "%ff", "%F0%9F%99%82"])
def test_a_link_that_is_not_ours_does_nothing(
    client: Client, article: ArticlePage, kind: str, token: str
) -> None:
    confirmed(make_comment(article, wants_replies=True))
    assert client.get(f"/comments/{kind}/{token}/").status_code == 200
    said = client.post(f"/comments/{kind}/{token}/", follow=True).content.decode()
    assert "no longer works" in said or "isn’t complete" in said
    assert Commenter.objects.filter(wants_replies=True).exists()


def test_no_address_is_in_any_link_and_nobody_keeps_their_pages(
    client: Client, confirm_link: str, unsubscribe_link: str
) -> None:
    for link in (confirm_link, unsubscribe_link):
        assert "canary" not in link
        page, posted = client.get(link), client.post(link)
        assert "no-store" in page["Cache-Control"]
        assert (posted.status_code, posted.has_header("Cache-Control")) == (303, False)
        assert page["Referrer-Policy"] == posted["Referrer-Policy"] == "strict-origin"
        assert "canary" not in page.content.decode()


def test_nobody_can_have_a_stranger_written_to_all_day(article: ArticlePage) -> None:
    for _time in range(12):
        make_comment(article, wants_link=True)
    assert len(emails_saying(RECEIVED)) == 10
    confirmed(make_comment(article, wants_replies=True))
    make_comment(article, wants_link=True)
    assert len(emails_saying(RECEIVED)) == 11


def test_the_email_says_what_has_happened(article: ArticlePage, staff: User) -> None:
    make_comment(article, wants_link=True)
    assert "will read it before it appears" in emails_saying(RECEIVED)[0].text
    make_rules(approval="trust")
    approve(confirmed(make_comment(article, wants_replies=True)), by=staff)
    trusted = make_comment(article, wants_link=True, text="Once more.")
    assert trusted.state == "approved"
    email = emails_saying(RECEIVED)[-1]
    assert "It’s on the page now" in email.text
    assert "It’s on the page now" in email.html
    assert ADDRESS not in email.text
