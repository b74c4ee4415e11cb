"""The moderators' screens ask as much for a few comments as for very many, by indexes alone."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import ArticlePage
from comments.models import Comment, CommentEdit, Commenter
from tests.comments.desk import QUEUE, page_of
from tests.comments.make import make_comment

MANY = 4000
SCREENS = [
    QUEUE,
    f"{QUEUE}?show=likely-spam",
    f"{QUEUE}all/",
    f"{QUEUE}all/?state=rejected",
    f"{QUEUE}all/?article=psoas",
    f"{QUEUE}articles/",
    "/admin/",
]
# In plans of SQLite and PostgreSQL: a table of comments read from end to end.
WHOLE_TABLE = re.compile(
    r"SCAN (?:comments_|U\d\b|V\d\b)\w*(?! USING)(?:$|\n| (?!USING))|Seq Scan on comments_(?!commentrules)"
)


def copies(template: Comment, count: int) -> None:
    """Store comments like `template`: of twenty, one waits, one looks like spam, one was refused."""
    now = timezone.now()
    states = ["pending", "pending", "rejected"]
    made = Comment.objects.bulk_create(
        Comment(
            page_id=template.page_id,
            name=f"Reader {n % 50}",
            text=f"Something about the psoas, number {n}.",
            state=states[n % 20] if n % 20 < len(states) else "approved",
            decided_at=None if n % 20 < 2 else now,
            spam_score=0.95 if n % 20 == 1 else 0.1,
            submitted_at=now - timedelta(minutes=n),
        )
        for n in range(count)
    )
    Commenter.objects.bulk_create(
        Commenter(
            comment=comment,
            email="many@reader.example",
            email_index=f"index {n % 50}",
            delete_at=now + timedelta(days=1),
        )
        for n, comment in enumerate(made)
    )
    approved = [comment for comment in made if comment.state == "approved"][::40]
    CommentEdit.objects.bulk_create(
        CommentEdit(comment=comment, text="Other words.") for comment in approved
    )


def asked(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in queries]


@pytest.fixture
def few(article: ArticlePage, moderator: Client) -> Comment:
    comment = make_comment(article)
    copies(comment, 40)
    for address in SCREENS:
        moderator.get(address)  # what is remembered for good is asked once
    return comment


def test_no_screen_asks_more_for_many_than_for_few(moderator: Client, few: Comment) -> None:
    screens = [*SCREENS, page_of(few)]
    before = {address: len(asked(moderator, address)) for address in screens}
    copies(few, 400)
    after = {address: len(asked(moderator, address)) for address in screens}
    assert after == before
    assert max(after.values()) <= 25


def test_no_screen_reads_all_comments(moderator: Client, few: Comment) -> None:
    copies(few, MANY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    queries = [sql for address in SCREENS for sql in asked(moderator, address)]
    entries = [sql for sql in queries if "comments_" in sql and sql.startswith("SELECT")]
    assert entries
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    found = {}
    with connection.cursor() as cursor:
        for sql in entries:
            cursor.execute(f"{explain} {sql}")
            plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
            if WHOLE_TABLE.search(plan):
                found[sql] = plan
    assert found == {}


def test_the_queue_is_the_same_for_many_who_wait(
    moderator: Client, few: Comment, staff: User
) -> None:
    page = moderator.get(QUEUE)
    assert page.content.count(b"data-comment-card") == 3  # the last three are on this page
    copies(few, 2000)
    assert moderator.get(QUEUE).content.count(b"data-comment-card") == 20
