"""What was erased is in no file of the database any more, its write-ahead log among them."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from clinic_site.accounts.models import User
from clinic_site.sqlite.wal import checkpoint_wal
from comments.actions.decisions import approve, reject
from comments.actions.retention import delete_due
from comments.models import Comment
from tests.comments.factories import ADDRESS, RECEIVED, emails_saying, make_comment
from tests.comments.test_private_link import link_in
from tests.factories import make_article, make_clinic, make_user

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the files are SQLite's"),
]

NAME, WORDS = "Canary Wren-Oriole", "A canary sang of its left hip. " * 200

Erase = Callable[[Comment, str, User, Client], object]


def by_private_link(comment: Comment, link: str, staff: User, client: Client) -> None:
    client.post(f"{link}erase/")


def by_command(comment: Comment, link: str, staff: User, client: Client) -> None:
    Comment.objects.filter(pk=comment.pk).delete()


def by_command_though_answered(comment: Comment, link: str, staff: User, client: Client) -> None:
    approve(comment, by=staff)
    make_comment(comment.page, parent_id=comment.pk, email="sam@reader.example")
    Comment.objects.filter(pk=comment.pk).delete()


def by_the_clock(comment: Comment, link: str, staff: User, client: Client) -> None:
    reject(comment, by=staff)
    delete_due(timezone.now() + timedelta(days=31))


def files() -> bytes:
    database = Path(connection.settings_dict["NAME"])
    log = database.with_name(f"{database.name}-wal")
    return database.read_bytes() + log.read_bytes()


@pytest.mark.parametrize(
    "erase", [by_private_link, by_command, by_command_though_answered, by_the_clock]
)
def test_erased_words_are_in_no_file(erase: Erase, client: Client) -> None:
    make_clinic()
    comment = make_comment(make_article(), name=NAME, text=WORDS, wants_link=True)
    link = link_in(emails_saying(RECEIVED)[-1])
    assert NAME.encode() in files()
    erase(comment, link, make_user("Moderators"), client)
    assert not [canary for canary in (NAME, WORDS[:31], ADDRESS) if canary.encode() in files()]


def test_the_log_is_emptied_a_minute_later_if_somebody_was_reading(client: Client) -> None:
    make_clinic()
    comment = make_comment(make_article(), name=NAME, text=WORDS)
    with connection.cursor() as reader:
        reader.execute("SELECT name FROM comments_comment")
        assert checkpoint_wal() is False, "another's answer is still being read"
    comment.delete()
    assert checkpoint_wal()
    assert NAME.encode() not in files()
