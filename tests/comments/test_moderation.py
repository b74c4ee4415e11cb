"""Moderators decide, each decision once, and it is noted who did."""

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from comments.models import Comment
from comments.services import DecidedMeanwhile, approve, reject, requeue, submit_comment
from tests.make import make_article, make_clinic, make_user

pytestmark = pytest.mark.django_db

State = Comment.State


@pytest.fixture
def comment() -> Comment:
    make_clinic()
    return submit_comment(
        make_article(), name="Jo", email="jo@reader.example", text="Hello", submission_key="a"
    )


@pytest.fixture
def moderator(client: Client) -> Client:
    client.force_login(make_user("Moderators"))
    return client


def page_of(comment: Comment) -> str:
    return f"/admin/comments/{comment.pk}/"


def test_a_moderator_sees_the_comment_in_its_place_and_who_wrote_it(
    moderator: Client, comment: Comment
) -> None:
    page = moderator.get(page_of(comment)).content.decode()
    for expected in ("Hello", "Jo", "jo@reader.example", "Psoas? So What?!", "Approve", "Reject"):
        assert expected in page


def test_a_decision_is_kept_with_who_took_it_and_when(moderator: Client, comment: Comment) -> None:
    moderator.post(page_of(comment), {"seen": "1", "decision": "approved"})
    comment.refresh_from_db()
    assert comment.state == State.APPROVED
    assert comment.decided_by is not None
    assert comment.decided_by.get_username() == "moderators"
    assert comment.decided_at is not None


def test_looking_and_deciding_are_noted_without_a_name(moderator: Client, comment: Comment) -> None:
    moderator.get(page_of(comment))
    moderator.post(page_of(comment), {"seen": "1", "decision": "spam"})
    entries = ModelLogEntry.objects.order_by("pk").values_list("action", "label")
    assert list(entries) == [
        ("comments.view", f"comment {comment.pk}"),
        ("comments.spam", f"comment {comment.pk}"),
    ]


def test_of_two_moderators_the_second_is_told(moderator: Client, comment: Comment) -> None:
    moderator.post(page_of(comment), {"seen": "1", "decision": "approved"})
    late = moderator.post(page_of(comment), {"seen": "1", "decision": "rejected"}, follow=True)
    assert "Somebody else has decided" in late.content.decode()
    comment.refresh_from_db()
    assert comment.state == State.APPROVED


def test_a_decision_on_what_is_not_so_any_more_changes_nothing(comment: Comment) -> None:
    by = make_user("Moderators")
    stale = Comment.objects.get()
    reject(comment, by=by)
    with pytest.raises(DecidedMeanwhile):
        approve(stale, by=by)


def test_a_decision_can_be_taken_back(comment: Comment) -> None:
    by = make_user("Moderators")
    approve(comment, by=by)
    requeue(comment, by=by)
    comment.refresh_from_db()
    assert (comment.state, comment.decided_by, comment.decided_at) == ("pending", None, None)


@pytest.mark.parametrize(
    "form",
    [{}, {"decision": "approved"}, {"seen": "1", "decision": "x"}, {"seen": "\0"}],
)
def test_a_tampered_form_changes_nothing(
    moderator: Client, comment: Comment, form: dict[str, str]
) -> None:
    assert moderator.post(page_of(comment), form).status_code == 302
    comment.refresh_from_db()
    assert comment.state == State.PENDING


def test_reading_decides_nothing(moderator: Client, comment: Comment) -> None:
    moderator.get(page_of(comment), {"seen": "1", "decision": "approved"})
    comment.refresh_from_db()
    assert comment.state == State.PENDING


@pytest.mark.parametrize("role", ["Editors", "Front desk", "Practitioners"])
def test_nobody_else_sees_or_decides(client: Client, comment: Comment, role: str) -> None:
    client.force_login(make_user(role))
    for response in (
        client.get(page_of(comment)),
        client.post(page_of(comment), {"seen": "1", "decision": "approved"}),
        client.get("/admin/comments/"),
        client.get("/admin/comments/999999/"),  # the same answer as for one that is there
    ):
        assert response.status_code == 302
        assert response["Location"] == "/admin/"
    comment.refresh_from_db()
    assert comment.state == State.PENDING


def test_the_queue_stands_first_and_can_be_searched(moderator: Client, comment: Comment) -> None:
    other = submit_comment(
        comment.page, name="Sam", email="s@reader.example", text="Later", submission_key="b"
    )
    approve(comment, by=make_user("Owners"))
    page = moderator.get("/admin/comments/").content.decode()
    assert page.index(other.text) < page.index(comment.text)
    found = moderator.get("/admin/comments/", {"q": "Later"}).content.decode()
    assert "Later" in found
    assert "Hello" not in found
