"""A comment that goes, by whatever way, is gone from its page at the next request."""

from collections.abc import Callable

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Value
from django.test import Client

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from clinic_site.page_cache.models import PageVersion
from comments.actions.by_commenter import erase, withdraw
from comments.actions.decisions import approve, requeue
from comments.models import (
    Comment,
    CommentEdit,
    Commenter,
    CommentEvent,
    PrivateLink,
    UndoSnapshot,
)
from comments.models.querysets import SHOWN
from tests.comments.factories import ADDRESS, make_comment
from tests.factories import make_article

WORDS = "It clicked for me."


@pytest.fixture
def comment(article: ArticlePage, staff: User) -> Comment:
    comment = make_comment(article, text=WORDS, wants_replies=True, wants_link=True)
    approve(comment, by=staff)
    return comment


def page(article: ArticlePage) -> str:
    return Client().get(article.url).content.decode()


def by_an_address(comment: Comment) -> None:
    Comment.objects.filter(commenter__in=Commenter.objects.of_address(ADDRESS)).delete()


def save(comment: Comment, **fields: str) -> None:
    for name, value in fields.items():
        setattr(comment, name, value)
    comment.save(update_fields=[*fields])


WAYS: dict[str, Callable[[Comment], object]] = {
    "erased by its writer": erase,
    "withdrawn by its writer": withdraw,
    "deleted by its address": by_an_address,
    "deleted with others": lambda comment: Comment.objects.all().delete(),
    "deleted below its page": lambda comment: comment.page.comments.all().delete(),
    "deleted by itself": lambda comment: comment.delete(),
    "emptied": lambda comment: Comment.objects.filter(text=WORDS).erase(),
    "updated": lambda comment: Comment.objects.filter(text=WORDS).update(state="rejected"),
    "updated by an expression": lambda comment: Comment.objects.update(text=Value("Other")),
    "updated in bulk": lambda comment: Comment.objects.bulk_update(
        [Comment(pk=comment.pk, text="Other")], ["text"]
    ),
    "saved": lambda comment: save(comment, state="rejected"),
    "saved with other words": lambda comment: save(comment, text="Other"),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_it_is_gone_at_the_next_request(
    article: ArticlePage, comment: Comment, way: Callable[[Comment], object]
) -> None:
    assert WORDS in page(article)
    way(comment)
    assert WORDS not in page(article)


def test_put_back_in_the_queue_it_is_gone(
    article: ArticlePage, comment: Comment, staff: User
) -> None:
    assert WORDS in page(article)
    requeue(comment, by=staff)
    assert WORDS not in page(article)


@pytest.mark.parametrize("field", ["page", "page_id"])
def test_what_moves_to_another_page_is_on_that_alone(
    article: ArticlePage, comment: Comment, field: str
) -> None:
    other = make_article("Hips")
    assert WORDS in page(article)
    assert WORDS not in page(other)
    Comment.objects.update(**{field: other.pk})
    assert WORDS not in page(article)
    assert WORDS in page(other)


def test_what_comes_by_the_shell_is_seen_at_once(article: ArticlePage) -> None:
    comment = make_comment(article, text=WORDS)
    assert WORDS not in page(article)
    now = comment.submitted_at
    Comment.objects.filter(pk=comment.pk).update(state="approved", decided_at=now)
    assert WORDS in page(article)
    others = [Comment(page=article, text="Of many", state="approved", decided_at=now)]
    Comment.objects.bulk_create(others)
    assert "Of many" in page(article)


def test_what_nobody_sees_leaves_the_page_as_it_is(article: ArticlePage) -> None:
    waiting = make_comment(article)
    before = set(PageVersion.objects.values_list("address", "number"))
    waiting.name = "Sam"
    waiting.save()
    Comment.objects.filter(pk=waiting.pk).update(name="Sam", spam_score=0.5)
    Comment.objects.filter(pk=waiting.pk).update(spam_score=0.5)
    Comment.objects.filter(pk=waiting.pk).delete()
    assert set(PageVersion.objects.values_list("address", "number")) == before


def test_the_answer_to_a_deleted_comment_keeps_its_place(
    article: ArticlePage, comment: Comment, staff: User
) -> None:
    answer = make_comment(
        article,
        name="Sam",
        text="So it did for me.",
        email="sam@reader.example",
        parent_id=comment.pk,
    )
    approve(answer, by=staff)
    assert WORDS in page(article)
    by_an_address(comment)
    assert WORDS not in page(article)
    assert "Priya" not in page(article)
    assert "So it did for me." in page(article)
    comment.refresh_from_db()
    answer.refresh_from_db()
    assert (comment.state, comment.name, comment.text) == ("erased", "", "")
    assert answer.parent_id == comment.pk
    assert CommentEvent.objects.filter(comment=comment).latest("pk").event_type == "erased"
    assert not Commenter.objects.of_address(ADDRESS).exists()
    for model in (CommentEdit, PrivateLink):
        assert not model.objects.filter(comment=comment).exists()
    assert not UndoSnapshot.objects.filter(event__comment=comment).exists()


def test_what_stands_above_an_answer_that_stays_stays_too(
    article: ArticlePage, comment: Comment, staff: User
) -> None:
    middle = make_comment(article, parent_id=comment.pk)
    approve(middle, by=staff)
    last = make_comment(article, name="Sam", parent_id=middle.pk)
    Comment.objects.filter(name="Priya").delete()
    states = dict(Comment.objects.values_list("pk", "state"))
    assert states == {comment.pk: "erased", middle.pk: "erased", last.pk: "pending"}
    Comment.objects.all().delete()
    assert not Comment.objects.exists()


def test_a_page_takes_its_comments_along(article: ArticlePage, comment: Comment) -> None:
    make_comment(article, parent_id=comment.pk)
    article.delete()
    assert not Comment.objects.exists()


def test_what_readers_see_is_named_rightly() -> None:
    for name in SHOWN:
        try:
            Comment._meta.get_field(name)
        except FieldDoesNotExist:
            assert hasattr(Comment, name)
