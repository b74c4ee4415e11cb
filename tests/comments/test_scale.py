"""The moderators' screens ask as much for a few comments as for very many, by indexes alone."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.models import ArticlePage
from clinic_site.admin.viewsets import CappedPaginator
from comments.models import Comment, CommentEdit, Commenter, CommentEvent
from tests.comments.factories import make_comment
from tests.comments.moderator_pages import QUEUE, page_of

pytestmark = pytest.mark.slow

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
# In plans of SQLite and PostgreSQL: a table of comments or addresses read from end to end.
LARGE = r"(?:comments_comment|comments_commenter|comments_commentevent)\b"
WHOLE_TABLE = re.compile(rf"SCAN {LARGE}(?! USING)|Seq Scan on {LARGE}")


def copies(template: Comment, count: int) -> None:
    """Store comments like `template`: of a hundred one waits, one is likely spam, one refused."""
    now = timezone.now()
    states = ["pending", "pending", "rejected"]
    made = Comment.objects.bulk_create(
        Comment(
            page_id=template.page_id,
            name=f"Reader {n % 50}",
            text=f"Something about the psoas, number {n}.",
            state=states[n % 100] if n % 100 < len(states) else "approved",
            decided_at=None if n % 100 < 2 else now,
            spam_score=0.95 if n % 100 == 1 else 0.1,
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
    CommentEvent.objects.bulk_create(
        CommentEvent(comment=comment, event_type="submitted", to_state="pending")
        for comment in made
    )
    approved = [comment for comment in made if comment.state == "approved"][::40]
    CommentEdit.objects.bulk_create(
        CommentEdit(comment=comment, text="Other words.") for comment in approved
    )


def asked(client: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in queries]


@pytest.fixture
def few(article: ArticlePage, moderator: Client) -> Comment:
    comment = make_comment(article)
    copies(comment, 120)
    for address in [*SCREENS, *SCREENS, page_of(comment)]:
        moderator.get(address)  # what is remembered for good is asked once
    return comment


def test_no_screen_asks_more_for_many_than_for_few(
    still_clock: time_machine.Traveller, moderator: Client, few: Comment
) -> None:
    # On a clock that stands, no request is the one that notes that somebody is still there.
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
    # Counting stops at a limit: that reads so many rows and no more, wherever they stand.
    counting = f"LIMIT {CappedPaginator.most}) subquery"
    entries = [sql for sql in queries if "comments_" in sql and not sql.endswith(counting)]
    assert entries
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"
    found = {}
    with connection.cursor() as cursor:
        for sql in entries:
            cursor.execute(f"{explain} {sql}")
            plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
            if WHOLE_TABLE.search(plan):
                found[sql] = plan
    assert not found, "\n\n".join(f"{sql}\n{plan}" for sql, plan in found.items())


def test_the_queue_is_the_same_for_many_who_wait(moderator: Client, few: Comment) -> None:
    assert moderator.get(QUEUE).content.count(b"data-comment-card=") < 20
    copies(few, 3000)
    assert moderator.get(QUEUE).content.count(b"data-comment-card=") == 20
