"""A long thread is read in parts: pages stay light, and each comment can be led to."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from comments.actions.by_commenter import withdraw
from comments.actions.decisions import approve, reject
from comments.models import Comment
from comments.public.thread import PART, Branch, PublicReply, in_parts
from tests.comments.factories import confirmed, make_comment
from tests.comments.test_thread import said
from tests.outbox import emails_about


def store(article: ArticlePage, count: int, parent: Comment | None = None) -> list[Comment]:
    """Store approved comments, the oldest first."""
    now = timezone.now()
    return Comment.objects.bulk_create(
        Comment(
            page_id=article.pk,
            parent=parent,
            name=f"Reader {n}",
            text="What helped me was to walk a little each morning. " * 4,
            state="approved",
            decided_at=now,
            submitted_at=now - timedelta(minutes=count - n),
            idempotency_key=f"{parent and parent.pk} {n}",
        )
        for n in range(count)
    )


def soup_at(client: Client, address: str) -> BeautifulSoup:
    page = client.get(address)
    assert page.status_code == 200
    return BeautifulSoup(page.content, "html.parser")


def numbers_on(soup: BeautifulSoup) -> list[str]:
    return [comment["id"] for comment in soup.select(".comment")]


def test_a_thread_is_cut_into_parts_and_a_long_branch_goes_on() -> None:
    answers = [PublicReply(said(pk, 1)) for pk in range(2, PART + 5)]
    first, second = in_parts([Branch(said(1), answers), Branch(said(999))])
    assert (first.number, first.total, len(first.numbers)) == (1, 2, PART)
    assert [branch.continued for branch in second.branches] == [True, False]
    assert 1 not in second.numbers
    assert {PART + 1, PART + 4, 999} <= second.numbers
    [none] = in_parts([])
    assert (none.branches, none.total) == ([], 1)


@pytest.mark.slow
def test_two_thousand_comments_are_read_page_by_page(client: Client, article: ArticlePage) -> None:
    stored = store(article, 2000)
    whole = client.get(article.url).content
    assert len(whole) < 160_000
    found, soup = [], soup_at(client, article.url)
    assert soup.select_one("#comments h2").get_text() == "2000 comments"
    while True:
        found += numbers_on(soup)
        onward = soup.select_one("nav.pagination a[rel=next]")
        if onward is None:
            break
        soup = soup_at(client, onward["href"])
        assert soup.select_one("meta[name=robots]")["content"].startswith("noindex")
    assert found == [f"comment-{comment.pk}" for comment in stored]
    assert soup.select_one("a[rel=prev]")["href"].endswith("?page=19")


def test_the_form_is_in_reach_above_the_comments(client: Client, article: ArticlePage) -> None:
    store(article, 3)
    soup = soup_at(client, article.url)
    link = soup.select_one("#comments a[href='#reply']")
    assert link.get_text() == "Leave a reply"
    assert link.find_next(class_="comment")
    assert soup.select_one("#reply form")
    assert not soup.select("#comments .pagination, script[src*=see-comment]")


def test_every_part_asks_the_same(client: Client, article: ArticlePage) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    store(article, PART + 1)
    address = f"/comments/{article.pk}/thread/?page=2"
    asked(address)
    few = asked(address)
    store(article, 500, parent=Comment.objects.earliest("submitted_at"))
    assert asked(address) == few


def test_a_comment_is_led_to_wherever_it_stands(client: Client, article: ArticlePage) -> None:
    stored = store(article, PART + 2)
    first, last = stored[0], stored[-1]
    assert client.get(f"/comments/see/{first.pk}/")["Location"] == (
        f"{article.url}#comment-{first.pk}"
    )
    there = client.get(f"/comments/see/{last.pk}/")["Location"]
    assert there == f"/comments/{article.pk}/thread/?page=2#comment-{last.pk}"
    assert f"comment-{last.pk}" in numbers_on(soup_at(client, there.partition("#")[0]))
    withdraw(first)
    assert client.get(f"/comments/see/{first.pk}/")["Location"] == f"{article.url}#comments"


def test_what_nobody_may_read_is_led_to_by_nothing(client: Client, article: ArticlePage) -> None:
    waiting = make_comment(article)
    for address in (f"/comments/see/{waiting.pk}/", "/comments/see/999999/"):
        assert client.get(address).status_code == 404
    for asked in ("2", "x", "9" * 5000, "-1", "2²"):
        address = f"/comments/{article.pk}/thread/?page={asked}"
        assert client.get(address).status_code == 404, asked
    shown = store(article, PART + 1)[-1]
    article.unpublish()
    assert client.get(f"/comments/see/{shown.pk}/").status_code == 404
    assert client.get(f"/comments/{article.pk}/thread/?page=2").status_code == 404


def test_an_email_about_a_reply_leads_to_it_in_a_long_thread(
    client: Client, article: ArticlePage, staff: User
) -> None:
    comment = confirmed(make_comment(article, wants_replies=True))
    approve(comment, by=staff)
    store(article, PART)
    answer = make_comment(article, name="Walt", email="walt@reader.example", parent_id=comment.pk)
    approve(answer, by=staff)
    email = emails_about("^A reply to your comment$").get()
    assert f"/comments/see/{answer.pk}/#comment-{answer.pk}" in email.text


def test_parts_change_with_what_is_decided(
    client: Client, article: ArticlePage, staff: User
) -> None:
    stored = store(article, PART + 1)
    assert "Page 1 of 2" in soup_at(client, article.url).get_text()
    reject(stored[0], by=staff)
    assert "Page 1 of" not in soup_at(client, article.url).get_text()
    assert numbers_on(soup_at(client, article.url))[-1] == f"comment-{stored[-1].pk}"


@pytest.mark.parametrize("page", ["", "?page=1", "?page=0"])
def test_the_first_part_is_the_page_itself(client: Client, article: ArticlePage, page: str) -> None:
    answer = client.get(f"/comments/{article.pk}/thread/{page}")
    assert answer["Location"] == f"{article.url}#comments"
