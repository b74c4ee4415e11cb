"""Comments that functions draw are those that a plain template would draw, word for word."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from django.template import engines
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from blog.models import ArticlePage
from comments.public.drawing import ThreadDrawing
from comments.public.forms import CommentForm
from comments.public.thread import (
    Branch,
    PublicComment,
    PublicReply,
    ThreadPart,
    day_in_words,
)

TEMPLATES = Path(__file__).parent
TYPED = "<b>Bold</b> & “quoted”\n\nSecond %(name)s {pk} paragraph\nwith a line below."


def said(pk: int, days_ago: int = 0, **fields: object) -> PublicComment:
    values = {
        "parent_id": None,
        "above_id": None,
        "name": f"<i>Priya</i> & {pk}% Jo",
        "text": TYPED,
        "at": timezone.now() - timedelta(days=days_ago),
        "is_staff": False,
        "redacted": False,
    }
    return PublicComment(**{"pk": pk} | values | fields)  # type: ignore[arg-type]


def every_kind_of_branch() -> list[Branch]:
    first, staff = said(1, 400), said(2, 3, is_staff=True, redacted=True)
    answers = [PublicReply(staff), PublicReply(said(3, 1), deeper=True, to=staff)]
    answers += [PublicReply(said(4), deeper=True, to=said(99)), PublicReply(said(5), deeper=True)]
    return [
        Branch(first, answers),
        Branch(None, [PublicReply(said(7))]),
        Branch(said(8, 40), [PublicReply(said(9))], continued=True),
        Branch(None, [PublicReply(said(10))], continued=True),
    ]


def parts_of(html: str) -> list[object]:
    """Return the tags and the texts in their order, without the space around texts."""
    parts = BeautifulSoup(html, "html.parser").descendants
    found = [(part.name, part.attrs) if isinstance(part, Tag) else part.strip() for part in parts]
    return [part for part in found if part]


@pytest.mark.django_db
@pytest.mark.parametrize("reply_url", ["", "/comments/7/reply/"])
def test_comments_are_drawn_as_a_template_would(reply_url: str) -> None:
    part, now = ThreadPart(1, 2, every_kind_of_branch()), timezone.localtime()
    plain = engines["django"].from_string((TEMPLATES / "plain_comments.html").read_text())
    comment = engines["django"].from_string((TEMPLATES / "plain_comment.html").read_text())
    facts = {"part": part, "reply_url": reply_url, "comment_template": comment.template}
    expected = plain.render(facts | {"days": days_in_words(part, now)})
    drawn = ThreadDrawing(part, now, reply_url).draw()
    assert parts_of(drawn) == parts_of(expected)


def days_in_words(part: ThreadPart, now: datetime) -> dict[int, str]:
    answers = [answer.said for branch in part.branches for answer in branch.answers]
    shown = answers + [branch.first for branch in part.branches if branch.first]
    return {said.pk: day_in_words(localdate(said.at), now.date()) for said in shown}


def test_the_kept_form_is_an_empty_form(client: Client, article: ArticlePage) -> None:
    page = BeautifulSoup(client.get(article.url).content, "html.parser")
    shown = {field["name"] for field in page.select("#reply [name]")}
    assert shown == set(CommentForm(page=article).fields)
    tokens = {page_token(client, article) for _time in range(2)}
    assert len(tokens) == 2, "each page has a form token of its own"


def page_token(client: Client, article: ArticlePage) -> str:
    page = BeautifulSoup(client.get(f"{article.url}?fresh").content, "html.parser")
    field = page.select_one("#reply [name=form_token]")
    assert field is not None
    return str(field["value"])
