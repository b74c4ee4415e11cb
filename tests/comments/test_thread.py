"""What was said stands one level deep, whatever is stored, and is read by one query."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.cache import caches
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from comments.actions.by_commenter import erase, withdraw
from comments.actions.decisions import approve, reject
from comments.actions.staff_replies import reply_as_staff
from comments.models import Comment
from comments.public.thread import PART, PublicComment, arrange, day_in_words, read_thread
from tests.comments.factories import make_comment, make_rules

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def said(
    pk: int, parent: int | None = None, above: int | None = None, name: str = "Jo"
) -> PublicComment:
    return PublicComment(pk, parent, above, name, "Hello", NOON, is_staff=False, redacted=False)


def shape(
    comments: list[PublicComment],
) -> list[tuple[int | None, list[tuple[int, int | None, bool]]]]:
    return [
        (
            branch.first.pk if branch.first else None,
            [(a.said.pk, a.to.pk if a.to else None, a.deeper) for a in branch.answers],
        )
        for branch in arrange(comments)
    ]


def test_answers_stand_below_what_they_answer() -> None:
    assert shape([said(1), said(2), said(3, 1)]) == [(1, [(3, None, False)]), (2, [])]


def test_what_is_deeper_stands_in_the_same_row_and_says_whom_it_answers() -> None:
    found = shape([said(1), said(2, 1), said(3, 2, 1), said(4, 3, 2)])
    assert found == [(1, [(2, None, False), (3, 2, True), (4, 3, True)])]


def test_what_answers_a_comment_that_is_gone_keeps_its_place() -> None:
    assert shape([said(2, 1), said(3, 1)]) == [(None, [(2, None, False), (3, None, False)])]
    assert shape([said(1), said(3, 2, 1)]) == [(1, [(3, None, True)])]
    assert shape([said(3, 2, 1), said(4, 3, 2)]) == [(None, [(3, None, True), (4, 3, True)])]


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Priya N.", "PN"),
        ("walt", "W"),
        ("Ana María Souza", "AS"),
        ("“Jo”", "J"),
        ("\u05e8\u05d5\u05ea", "\u05e8"),
        ("🙂", ""),
    ],
)
def test_a_name_is_drawn_as_its_initials(name: str, initials: str) -> None:
    assert said(1, name=name).initials == initials


@pytest.mark.parametrize(
    ("days_ago", "words"),
    [
        (0, "Today"),
        (1, "Yesterday"),
        (2, "Friday"),
        (6, "Monday"),
        (7, "November 15"),
        (400, "October 18, 2025"),
        (-1, "November 23"),
    ],
)
def test_days_are_said_as_people_say_them(days_ago: int, words: str) -> None:
    today = date(2026, 11, 22)
    assert day_in_words(today - timedelta(days=days_ago), today) == words


def page_of(client: Client, article: ArticlePage) -> BeautifulSoup:
    return BeautifulSoup(client.get(article.url).content, "html.parser")


def test_a_reply_by_the_clinic_has_a_badge_in_words_and_an_exact_time(
    client: Client, article: ArticlePage, staff: User
) -> None:
    comment = make_comment(article)
    approve(comment, by=staff)
    reply_as_staff(comment, text="Yes.", name="Sam", idempotency_key="r", by=staff)
    page = page_of(client, article)
    first, answer = page.select(".comment")
    assert "from the clinic" not in first.get_text()
    assert "from the clinic" in answer.get_text()
    time = answer.find("time")
    assert time is not None
    assert time.get_text() == "Today"
    exact = str(time["datetime"])
    assert datetime.fromisoformat(exact).tzinfo is not None
    assert "." not in exact  # HTML has no more than thousandths
    assert first.find("img") is None


@pytest.mark.parametrize("take_off", [withdraw, erase])
def test_answers_outlive_what_they_answer(
    client: Client, article: ArticlePage, staff: User, take_off: Callable[[Comment], None]
) -> None:
    comment = make_comment(article, name="Walt", text="Is it too late?")
    approve(comment, by=staff)
    reply_as_staff(comment, text="No.", name="Sam", idempotency_key="r", by=staff)
    client.get(article.url)
    take_off(comment)
    words = page_of(client, article).get_text()
    assert "This comment has been removed." in words
    assert "No." in words
    assert "Walt" not in words
    assert "too late" not in words


def test_approving_and_refusing_is_seen_by_the_next_reader(
    client: Client, article: ArticlePage, staff: User
) -> None:
    comment = make_comment(article, text="A pearl of wisdom.")
    assert "pearl" not in client.get(article.url).content.decode()
    approve(comment, by=staff)
    assert "pearl" in client.get(article.url).content.decode()
    reject(comment, by=staff)
    assert "pearl" not in client.get(article.url).content.decode()


def test_thirty_comments_weigh_little_and_have_one_form(
    client: Client, article: ArticlePage
) -> None:
    text = "It clicked for me when I tried it with a broom against the wall. " * 4
    make_approved(article, 30, text)
    body = client.get(article.url).content
    page = BeautifulSoup(body, "html.parser")
    assert len(page.select(".comment")) == 30
    assert len(page.select("textarea")) == 1
    assert len(page.select("form[action*='/comments/']")) == 1
    assert len(body) <= 60_000


@pytest.mark.slow
@pytest.mark.parametrize("count", [0, 1, 500])
@pytest.mark.parametrize("closed", [False, True])
def test_however_many_were_said_the_article_asks_no_more(
    client: Client,
    article: ArticlePage,
    count: int,
    closed: bool,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    make_rules(closed=closed)
    make_approved(article, count, "Hello")
    client.get(article.url)
    caches["pages"].clear()
    with django_assert_max_num_queries(16):  # eight of them for what a process then remembers
        page = page_of(client, article)
    assert len(page.select(".comment")) == min(count, PART)
    assert bool(page.select("textarea")) is not closed


def test_a_thread_is_one_query(
    article: ArticlePage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_approved(article, 20, "Hello")
    with django_assert_num_queries(1):
        thread = read_thread(article)
    assert thread.count == 20


def make_approved(article: ArticlePage, count: int, text: str) -> None:
    """Every second one answers the one before."""
    made: list[Comment] = []
    for number in range(count):
        parent = made[-1] if number % 2 else None
        fields = {"page": article, "name": f"Sam {number}", "text": text, "parent": parent}
        made.append(
            Comment(**fields, state="approved", submitted_at=NOON, decided_at=NOON, pk=number + 1)
        )
    Comment.objects.bulk_create(made)
