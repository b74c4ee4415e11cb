"""Addresses kept in plain before are encrypted where they stand, and the way back is open."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from comments.models import Comment, Commenter
from tests.make import make_article, make_clinic

OLD = [("comments", "0001_initial")]
NEW = [("comments", "0004_addresses_encrypted")]


def migrate(to: list[tuple[str, str]]) -> None:
    MigrationExecutor(connection).migrate(to)


def migrate_to_newest() -> None:
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes("comments"))


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_old_addresses_are_encrypted_and_can_be_taken_back() -> None:
    make_clinic()
    page = make_article()
    migrate(OLD)
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO comments_comment (id, page_id, name, text, state, submitted_at)"
                " VALUES (7, %s, 'Jo', 'Hello', 'pending', %s)",
                [page.pk, timezone.now()],
            )
            cursor.execute(
                "INSERT INTO comments_commenter (id, comment_id, email, submission_key)"
                " VALUES (7, 7, 'Jo@reader.example', 'a form')"
            )
        migrate(NEW)
        assert Commenter.objects.of_address("jo@reader.example").get().email == "Jo@reader.example"
        assert Comment.objects.get().submission_key == "a form"
        migrate(OLD)
        with connection.cursor() as cursor:
            cursor.execute("SELECT email, submission_key FROM comments_commenter")
            assert cursor.fetchall() == [("Jo@reader.example", "a form")]
    finally:
        migrate_to_newest()
