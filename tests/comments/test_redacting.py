"""A moderator leaves out a part of a comment, and can do no more to it than that."""

import pytest
from django.http import HttpResponse
from django.test import Client

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from comments.actions.by_commenter import edit_comment, erase
from comments.actions.decisions import approve
from comments.models import Comment, CommentEvent
from tests.comments.factories import make_comment
from tests.comments.moderator_pages import QUEUE, held, page_of, said, soup_of

FORM = "main form:has(textarea)"
TEXT = "Call me on 555-0100, please.\n\nDr. Lee was kind."


@pytest.fixture
def comment(article: ArticlePage) -> Comment:
    return make_comment(article, name="Jo", text=TEXT)


def send(client: Client, comment: Comment, text: str, **changes: str) -> HttpResponse:
    form = {"version": str(comment.version), "text": text.replace("\n", "\r\n")}
    return client.post(page_of(comment, "redact"), form | changes, follow=True)


def test_a_part_is_left_out_and_the_comment_waits_on(moderator: Client, comment: Comment) -> None:
    assert held(moderator.get(page_of(comment, "redact")), FORM)["text"] == TEXT
    assert "That part is removed." in said(
        send(moderator, comment, TEXT.replace("555-0100", "[…]"))
    )
    comment.refresh_from_db()
    assert comment.text == "Call me on […], please.\n\nDr. Lee was kind."
    assert (comment.redacted, comment.state) == (True, "pending")
    assert "A moderator removed part of it." in said(moderator.get(QUEUE))


def test_it_is_taken_back(moderator: Client, comment: Comment) -> None:
    send(moderator, comment, "[…]Dr. Lee was kind.")
    moderator.post(f"{QUEUE}undo/", {"event": CommentEvent.objects.latest("pk").pk})
    comment.refresh_from_db()
    assert (comment.text, comment.redacted) == (TEXT, False)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (TEXT, "Nothing is removed yet."),
        ("Dr. Lee was unkind.", "This changes or adds words."),
        ("Call me on 555-0100, please.", "This changes or adds words."),
        ("[…]", "There’d be nothing left."),
        ("", "There’d be nothing left."),
    ],
)
def test_anything_else_is_refused_beside_the_field(
    moderator: Client, comment: Comment, text: str, complaint: str
) -> None:
    page = send(moderator, comment, text)
    assert complaint in soup_of(page).select_one(".error-message").get_text()
    assert held(page, FORM)["text"].split() == text.split()
    comment.refresh_from_db()
    assert comment.text == TEXT


def test_a_stale_page_changes_nothing_and_shows_how_it_stands(
    moderator: Client, comment: Comment
) -> None:
    edit_comment(Comment.objects.get(), text="Other words, with 555-0100.")
    page = send(moderator, comment, "[…]Dr. Lee was kind.")
    assert "Nothing was done" in said(page)
    assert page.redirect_chain[-1][0] == page_of(comment)
    comment.refresh_from_db()
    assert comment.text == "Other words, with 555-0100."


def test_what_is_approved_can_be_redacted_and_what_is_erased_cannot(
    moderator: Client, comment: Comment, staff: User
) -> None:
    approve(comment, by=staff)
    send(moderator, comment, "Call me[…]")
    comment.refresh_from_db()
    assert (comment.text, comment.state) == ("Call me[…]", "approved")
    erase(comment)
    assert moderator.get(page_of(comment, "redact"))["Location"] == page_of(comment)
