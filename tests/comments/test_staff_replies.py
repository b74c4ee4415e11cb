"""The clinic answers under its badge, once, and is asked again before it could reveal a patient."""

import pytest
from django.http import HttpResponse
from django.test import Client

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from clinic_site.clinic.models.details import ClinicDetails
from comments.actions.by_commenter import edit_comment
from comments.actions.decisions import approve, reject
from comments.models import CannedReply, Comment
from tests.comments.factories import make_comment
from tests.comments.moderator_pages import QUEUE, held, page_of, said, soup_of
from tests.factories import make_person

FORM = "main form:has(textarea)"
NEUTRAL = "Most people can begin with ten breaths on the floor."


@pytest.fixture
def comment(article: ArticlePage) -> Comment:
    return make_comment(article, name="Walt", text="Is it too late?")


def send(client: Client, comment: Comment, page: HttpResponse, **typed: str) -> HttpResponse:
    return client.post(page_of(comment, "reply"), held(page, FORM) | typed, follow=True)


def test_a_reply_appears_at_once_under_the_clinics_badge(
    moderator: Client, comment: Comment, staff: User
) -> None:
    approve(comment, by=staff)
    page = moderator.get(page_of(comment, "reply"))
    done = send(moderator, comment, page, text=NEUTRAL, name="Sam from the clinic")
    assert "Your reply to Walt is published." in said(done)
    answer = comment.answers.get()
    assert (answer.text, answer.name, answer.state) == (NEUTRAL, "Sam from the clinic", "approved")
    assert (answer.is_staff, answer.staff_author) == (True, staff)


def test_who_reads_the_article_sees_the_badge(
    moderator: Client, comment: Comment, client: Client
) -> None:
    send(moderator, comment, moderator.get(page_of(comment, "reply")), text=NEUTRAL)
    page = client.get(comment.page.url).content.decode()
    assert NEUTRAL in page
    assert "from the clinic" in page


def test_what_waits_is_approved_together_with_the_reply(
    moderator: Client, comment: Comment
) -> None:
    send(moderator, comment, moderator.get(page_of(comment, "reply")), text=NEUTRAL)
    comment.refresh_from_db()
    assert comment.state == "approved"
    assert comment.answers.count() == 1


def test_a_reply_that_could_reveal_a_patient_is_asked_about_first(
    moderator: Client, comment: Comment
) -> None:
    page = moderator.get(page_of(comment, "reply"))
    telling = "Walt, at your visit on Tuesday we treated the hip. Ring 805-880-6533."
    asked = send(moderator, comment, page, text=telling)
    words = said(asked)
    assert "This could reveal who is a patient." in words
    for found in (
        "the person’s name: “walt”",
        "a visit: “visit”",
        "a phone number: “805-880-6533”",
    ):
        assert found in words
    assert telling in held(asked, FORM)["text"]
    assert not comment.answers.exists()
    other = send(moderator, comment, asked, text=f"{telling} And again.")
    assert "Nothing is published yet." in said(other)  # those words nobody was asked about
    send(moderator, comment, other)
    assert comment.answers.get().text == f"{telling} And again."


def test_a_name_shown_counts_as_much_as_the_words(moderator: Client, comment: Comment) -> None:
    page = moderator.get(page_of(comment, "reply"))
    asked = send(moderator, comment, page, text=NEUTRAL, name="Your therapist")
    assert "This could reveal" in said(asked)


def test_a_ready_reply_is_put_below_what_was_typed(moderator: Client, comment: Comment) -> None:
    page = moderator.get(page_of(comment, "reply"))
    ready = CannedReply.objects.get(title="Not about one person")
    filled = send(moderator, comment, page, text="Hello.", ready=str(ready.pk))
    assert held(filled, FORM)["text"] == f"Hello.\n\n{ready.text}"
    assert not comment.answers.exists()
    assert send(moderator, comment, page, ready="x").status_code == 200


def test_the_same_form_twice_is_one_reply(moderator: Client, comment: Comment) -> None:
    page = moderator.get(page_of(comment, "reply"))
    for _time in range(2):
        done = send(moderator, comment, page, text=NEUTRAL)
    assert "You sent this form twice. It was done once." in said(done)
    assert comment.answers.count() == 1


def test_a_reply_to_what_changed_meanwhile_is_kept_but_not_published(
    moderator: Client, comment: Comment, staff: User
) -> None:
    page = moderator.get(page_of(comment, "reply"))
    edit_comment(Comment.objects.get(), text="Something else.")
    late = send(moderator, comment, page, text=NEUTRAL)
    assert late.status_code == 409
    assert held(late, FORM)["text"] == NEUTRAL
    assert "Something else." in said(late)
    reject(Comment.objects.get(), by=staff)
    later = send(moderator, comment, late)
    assert "This comment is rejected, so you can’t reply to it." in said(later)
    assert not comment.answers.exists()
    comment.refresh_from_db()
    assert comment.state == "rejected"


@pytest.mark.parametrize(
    "typed", [{"text": ""}, {"text": "x" * 5001}, {"name": ""}, {"name": "www.evil.example"}]
)
def test_a_mistake_is_named_and_what_was_typed_stays(
    moderator: Client, comment: Comment, typed: dict[str, str]
) -> None:
    page = moderator.get(page_of(comment, "reply"))
    refused = send(moderator, comment, page, **{"text": NEUTRAL} | typed)
    assert soup_of(refused).select(".error-message")
    for name, value in typed.items():
        assert held(refused, FORM)[name] == value
    assert not comment.answers.exists()


@pytest.mark.parametrize("changes", [{"key": "x"}, {"version": "x"}, {"version": ""}])
def test_a_tampered_form_publishes_nothing(
    moderator: Client, comment: Comment, changes: dict[str, str]
) -> None:
    page = moderator.get(page_of(comment, "reply"))
    assert send(moderator, comment, page, text=NEUTRAL, **changes).status_code in {200, 409}
    assert not comment.answers.exists()


def test_a_reply_is_taken_back(moderator: Client, comment: Comment) -> None:
    send(moderator, comment, moderator.get(page_of(comment, "reply")), text=NEUTRAL)
    event = comment.answers.get().events.get()
    moderator.post(f"{QUEUE}undo/", {"event": event.pk})
    assert comment.answers.get().state == "withdrawn"


def test_moderators_keep_the_ready_replies(moderator: Client, article: ArticlePage) -> None:
    form = {"title": "Shoes", "text": "Any shoe that you like."}
    moderator.post("/admin/comments/ready-replies/new/", form)
    assert CannedReply.objects.filter(**form).exists()


def test_a_reply_is_signed_by_a_person_or_the_clinic_and_never_by_an_account(
    moderator: Client, comment: Comment
) -> None:
    user = User.objects.get(username="moderators")
    User.objects.filter(pk=user.pk).update(first_name="Demo", last_name="Moderators")
    page = moderator.get(page_of(comment, "reply"))
    assert held(page, FORM)["name"] == ClinicDetails.load().name
    make_person("Dana Whitfield", account=user)
    page = moderator.get(page_of(comment, "reply"))
    assert held(page, FORM)["name"] == "Dana Whitfield"
