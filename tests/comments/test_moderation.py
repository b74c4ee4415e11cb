"""Moderators decide about what waits, each time about what they have seen, and can take it back."""

from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from clinic_site.accounts.roles import Role
from comments.actions.by_commenter import edit_comment, erase
from comments.actions.decisions import approve, mark_spam, reject
from comments.actions.staff_replies import reply_as_staff
from comments.models import UNDO_FOR, Comment, CommentEvent
from comments.queue import Position, QueueKind, page_of_queue
from tests.comments.factories import confirmed, make_comment, make_rules
from tests.comments.moderator_pages import QUEUE, page_of, said, soup_of
from tests.factories import make_user

pytestmark = pytest.mark.search

OTHERS = sorted(set(Role) - {Role.MODERATORS, Role.OWNERS})


def decide(client: Client, comment: Comment, decision: str, **changes: str) -> HttpResponse:
    form = {"decision": decision, "version": str(comment.version)} | changes
    return client.post(page_of(comment, "decide"), form, follow=True)


def names(response: HttpResponse) -> list[str]:
    soup = soup_of(response)
    return [
        " ".join(card.select_one("h2").get_text().split())
        for card in soup.select("[data-comment-card]")
    ]


@pytest.fixture
def comment(article: ArticlePage) -> Comment:
    return make_comment(article, name="Jo", text="The legs never touched the spine, did they?")


# What stands in the queue


def test_a_comment_is_approved_from_the_queue_under_the_moderators_name(
    moderator: Client, comment: Comment
) -> None:
    assert "The legs never touched" in said(moderator.get(QUEUE))
    page = decide(moderator, comment, "approve")
    assert "Comment by Jo: approved." in said(page)
    assert "All caught up" in said(page)
    comment.refresh_from_db()
    assert (comment.state, comment.decided_by.username) == ("approved", "moderators")


def test_the_oldest_stands_first(moderator: Client, article: ArticlePage) -> None:
    for name, hours in (("Two", 2), ("Three", 3), ("One", 1)):
        with time_machine.travel(timezone.now() - timedelta(hours=hours), tick=False):
            make_comment(article, name=name)
    assert names(moderator.get(QUEUE)) == ["Three", "Two", "One"]


def test_each_stands_in_its_place_with_its_reasons(moderator: Client, comment: Comment) -> None:
    words = said(moderator.get(QUEUE))
    for expected in (
        "Psoas? So What?!",
        "The psoas ties the spine to the legs.",  # the passage with most of its words
        "You read every comment before it appears.",
    ):
        assert expected in words


def test_an_answer_stands_below_what_it_answers(moderator: Client, article: ArticlePage) -> None:
    parent = make_comment(article, name="Walt", text="Is it too late at seventy-four?")
    approve(parent, by=User.objects.get())
    make_comment(article, name="Jo", text="Never.", parent_id=parent.pk)
    words = said(moderator.get(QUEUE))
    assert "answers Walt: Is it too late at seventy-four?" in words


def test_earlier_comments_of_the_same_person_are_told_without_the_address(
    moderator: Client, article: ArticlePage
) -> None:
    earlier = make_comment(article, text="I said this before.", wants_replies=True)
    approve(confirmed(earlier), by=User.objects.get())
    make_comment(article, text="And this now.", name="Somebody else")
    page = moderator.get(QUEUE)
    assert "I said this before. (approved)" in said(page)
    assert "canary" not in page.content.decode()


def test_likely_spam_stands_apart_and_nothing_technical_is_shown(
    moderator: Client, article: ArticlePage
) -> None:
    spam = make_comment(article, name="Pills")
    make_comment(article, name="Jo")
    Comment.objects.filter(pk=spam.pk).update(
        spam_score=0.97, held_for=[{"code": "spam", "detail": "97"}]
    )
    assert names(moderator.get(QUEUE)) == ["Jo"]
    page = moderator.get(QUEUE, {"show": "likely-spam"})
    assert names(page) == ["Pills"]
    assert "It reads like comments you marked as spam." in said(page)
    assert "97" not in said(page)


def test_an_edit_waits_beside_the_approved_words(moderator: Client, comment: Comment) -> None:
    approve(comment, by=User.objects.get())
    edit_comment(comment, text="The legs always touched the spine.")
    page = moderator.get(QUEUE)
    assert names(page) == ["Jo edited a comment"]
    words = said(page)
    assert "[removed: never ]" in words  # in words, not by color alone
    assert "[added: always ]" in words
    decide(moderator, comment, "approve_edit")
    comment.refresh_from_db()
    assert comment.text == "The legs always touched the spine."


def test_the_queue_is_read_on_from_where_it_was_left(
    moderator: Client, article: ArticlePage
) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False):  # all in one moment: the number decides
        made = [make_comment(article, name=f"N{n}").pk for n in range(5)]
        edited = Comment.objects.get(pk=made[0])
        approve(edited, by=User.objects.get())
    with time_machine.travel(now + timedelta(minutes=1), tick=False):
        edit_comment(edited, text="Other words.")
    seen: list[int] = []
    after: Position | None = None
    while True:
        entries, after = page_of_queue(QueueKind.TO_READ, after, 2)
        seen += [entry.comment.pk for entry in entries]
        if after is None:
            break
        assert Position.read(str(after)) == after
    assert seen == [*made[1:], made[0]]


@pytest.mark.parametrize(
    "after", ["", "x", "~", "2026-01-01~1", "2026-99-01T00:00:00Z~1", "2026-01-01T00:00:00Z~x"]
)
def test_a_place_that_is_none_is_the_beginning(
    moderator: Client, comment: Comment, after: str
) -> None:
    assert names(moderator.get(QUEUE, {"after": after, "show": after})) == ["Jo"]


def test_an_empty_queue_says_so(moderator: Client, article: ArticlePage) -> None:
    assert "All caught up: no comments are waiting." in said(moderator.get(QUEUE))


# Deciding


@pytest.mark.parametrize(
    ("decision", "state"), [("approve", "approved"), ("reject", "rejected"), ("spam", "spam")]
)
def test_each_decision_is_kept_with_who_took_it(
    moderator: Client, comment: Comment, decision: str, state: str
) -> None:
    decide(moderator, comment, decision)
    comment.refresh_from_db()
    assert comment.state == state
    assert comment.events.latest("pk").by == User.objects.get()


def test_of_two_moderators_the_second_is_told_who_was_first(
    moderator: Client, comment: Comment
) -> None:
    first = make_user("Owners", first_name="Dana", last_name="Lee")
    assert isinstance(first, User)
    reject(Comment.objects.get(), by=first)
    page = decide(moderator, comment, "approve")
    assert "Nothing was done" in said(page)
    assert "rejected (Dana Lee)" in said(page)
    assert page.redirect_chain[-1][0] == page_of(comment)
    comment.refresh_from_db()
    assert comment.state == "rejected"


def test_the_same_button_twice_counts_once(moderator: Client, comment: Comment) -> None:
    for _time in range(2):
        page = decide(moderator, comment, "spam")
    assert "Last: marked as spam (You)" in said(page)
    assert CommentEvent.objects.filter(event_type="spam").count() == 1


def test_words_that_were_edited_after_they_were_read_are_not_approved(
    moderator: Client, comment: Comment
) -> None:
    edit_comment(Comment.objects.get(), text="Something else.")
    decide(moderator, comment, "approve")
    comment.refresh_from_db()
    assert comment.state == "pending"


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"decision": "approve"},
        {"version": "1", "decision": "x"},
        {"decision": "approve", "version": "\0"},
        {"decision": "approve", "version": "9" * 40},
        {"decision": "approve", "version": "-1"},
        {"decision": "approve", "version": "١"},
    ],
)
def test_a_tampered_form_changes_nothing(
    moderator: Client, comment: Comment, form: dict[str, str]
) -> None:
    assert moderator.post(page_of(comment, "decide"), form).status_code == 302
    comment.refresh_from_db()
    assert comment.state == "pending"


def test_opening_any_address_changes_nothing(moderator: Client, comment: Comment) -> None:
    asked = {"decision": "approve", "version": "1", "chosen": f"{comment.pk}:1", "text": "x"}
    for act in ("", "decide", "redact", "reply", "address"):
        moderator.get(page_of(comment, act), asked)
    for address in ("bulk/", "undo/", f"articles/{comment.page_id}/close/"):
        moderator.get(f"{QUEUE}{address}", asked)
    moderator.head(page_of(comment, "decide"))
    comment.refresh_from_db()
    assert (comment.state, comment.version) == ("pending", 1)
    assert not hasattr(comment.page, "closed_thread")


def test_nothing_is_done_without_a_token(careful_client: Client, comment: Comment) -> None:
    careful_client.force_login(make_user("Owners"))
    assert decide(careful_client, comment, "approve").status_code == 403
    comment.refresh_from_db()
    assert comment.state == "pending"


def test_an_unknown_comment_is_not_found(moderator: Client, article: ArticlePage) -> None:
    for act in ("", "decide/", "redact/", "reply/", "address/"):
        form = {"decision": "approve", "version": "1"}
        assert moderator.post(f"{QUEUE}999999/{act}", form).status_code in {404, 405}
        assert moderator.get(f"{QUEUE}999999/{act}").status_code in {302, 404}


def test_a_decision_leads_on_but_never_to_another_site(moderator: Client, comment: Comment) -> None:
    form = {"decision": "approve", "version": "1", "next": "https://evil.example/"}
    assert moderator.post(page_of(comment, "decide"), form)["Location"] == QUEUE


# Several at once


def test_several_are_decided_at_once_and_the_others_are_left(
    moderator: Client, article: ArticlePage, staff: User
) -> None:
    fresh, decided, edited, changed = (make_comment(article) for _number in range(4))
    reject(Comment.objects.get(pk=decided.pk), by=staff)
    approve(edited, by=staff)
    edit_comment(edited, text="Other words.")
    edit_comment(Comment.objects.get(pk=changed.pk), text="Not seen.")
    chosen = [f"{one.pk}:{one.version}" for one in (fresh, decided, edited, changed)]
    form = {"decision": "approve", "chosen": [*chosen, "x", "1:", ":1", "999999:1"]}
    words = said(moderator.post(f"{QUEUE}bulk/", form, follow=True))
    assert "2 comments: approved, edit approved." in words
    assert "3 comments were left alone" in words
    states = {one.pk: one.state for one in Comment.objects.all()}
    assert states == {
        fresh.pk: "approved",
        decided.pk: "rejected",
        edited.pk: "approved",
        changed.pk: "pending",
    }
    assert Comment.objects.get(pk=edited.pk).text == "Other words."


def test_several_are_taken_back_at_once(moderator: Client, article: ArticlePage) -> None:
    made = [make_comment(article) for _number in range(3)]
    form = {"decision": "spam", "chosen": [f"{one.pk}:1" for one in made]}
    page = moderator.post(f"{QUEUE}bulk/", form, follow=True)
    soup = soup_of(page)
    events = [field["value"] for field in soup.select(".messages input[name=event]")]
    moderator.post(f"{QUEUE}undo/", {"event": events})
    assert set(Comment.objects.values_list("state", flat=True)) == {"pending"}


def test_none_ticked_says_so(moderator: Client, comment: Comment) -> None:
    page = moderator.post(f"{QUEUE}bulk/", {"decision": "approve"}, follow=True)
    assert "Nothing was selected." in said(page)
    moderator.post(f"{QUEUE}bulk/", {"decision": "erase", "chosen": f"{comment.pk}:1"})
    comment.refresh_from_db()
    assert comment.state == "pending"


# Taking back


def undo(client: Client, event: CommentEvent) -> str:
    return said(client.post(f"{QUEUE}undo/", {"event": event.pk}, follow=True))


def test_a_decision_is_taken_back_from_the_message_the_queue_and_the_history(
    moderator: Client, comment: Comment
) -> None:
    page = decide(moderator, comment, "reject")
    event = CommentEvent.objects.latest("pk")
    forms = soup_of(page).select("form[action$='undo/']")
    assert [form.select_one("[name=event]")["value"] for form in forms] == [str(event.pk)] * 2
    assert "Undo" in said(moderator.get(page_of(comment)))
    assert "Undone." in undo(moderator, event)
    comment.refresh_from_db()
    assert comment.state == "pending"
    assert "can’t be undone" in undo(moderator, event)


def test_after_some_minutes_it_stands(moderator: Client, comment: Comment) -> None:
    decide(moderator, comment, "reject")
    event = CommentEvent.objects.latest("pk")
    with time_machine.travel(timezone.now() + UNDO_FOR):
        moderator.force_login(User.objects.get())
        assert "You can still undo" not in said(moderator.get(QUEUE))
        assert "can’t be undone" in undo(moderator, event)
    comment.refresh_from_db()
    assert comment.state == "rejected"


def test_what_somebody_has_built_upon_is_not_taken_back(
    moderator: Client, comment: Comment, staff: User
) -> None:
    decide(moderator, comment, "reject")
    event = CommentEvent.objects.latest("pk")
    approve(Comment.objects.get(), by=staff)
    assert "can’t be undone" in undo(moderator, event)
    comment.refresh_from_db()
    assert comment.state == "approved"


@pytest.mark.parametrize("event", ["", "x", "\0", "9" * 40])
def test_undoing_what_is_not_there_changes_nothing(
    moderator: Client, comment: Comment, event: str
) -> None:
    page = moderator.post(f"{QUEUE}undo/", {"event": event}, follow=True)
    assert "can’t be undone" in said(page)


# Who may


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_sees_or_decides(client: Client, comment: Comment, role: str) -> None:
    client.force_login(make_user(role))
    addresses = ["", "all/", "all/results/", "all/?export=csv", "articles/", "bulk/", "undo/"]
    addresses += [f"{comment.pk}/{act}" for act in ("", "decide/", "redact/", "reply/", "address/")]
    addresses += ["999999/", f"articles/{comment.page_id}/close/"]
    for address in addresses:
        for ask in (client.get, client.post):
            form = {"decision": "approve", "version": "1", "chosen": f"{comment.pk}:1"}
            response = ask(f"{QUEUE}{address}", form)
            assert response.status_code in {302, 405}, address
            if response.status_code == 302:
                assert response["Location"] == "/admin/", address
    home = client.get("/admin/").content.decode()
    assert "/admin/comments/" not in home
    comment.refresh_from_db()
    assert comment.state == "pending"
    assert not ModelLogEntry.objects.exists()


def test_a_link_from_a_mail_works_after_signing_in(client: Client, comment: Comment) -> None:
    make_user("Owners")
    asked = client.get(page_of(comment))
    assert asked["Location"].startswith("/admin/login/?next=")
    form = {"username": "owners", "password": "correct horse"}
    page = client.post(asked["Location"], form | {"next": page_of(comment)}, follow=True)
    assert page.redirect_chain[-1][0] == page_of(comment)
    assert "Approve" in said(page)
    comment.refresh_from_db()
    assert comment.state == "pending"


# The page of one


def test_the_page_of_one_tells_its_history_in_words(
    moderator: Client, comment: Comment, staff: User
) -> None:
    approve(comment, by=staff)
    reply_as_staff(comment, text="Yes.", name="Sam", idempotency_key="r", by=staff)
    edit_comment(comment, text="The legs, I said.")
    words = said(moderator.get(page_of(comment)))
    for expected in (
        "Sent its writer",
        "Approved moderators",
        "Edited by its writer",
        "Sam : Yes. (approved)",
        "edit waiting",
    ):
        assert expected in words


def test_the_address_is_shown_to_who_asks_and_may_and_that_is_noted(
    moderator: Client, comment: Comment
) -> None:
    assert "canary@reader.example" not in moderator.get(page_of(comment)).content.decode()
    page = moderator.post(page_of(comment, "address"))
    assert "canary@reader.example" in said(page)
    assert "no-store" in page["Cache-Control"]
    noted = ModelLogEntry.objects.filter(action="comments.address").get()
    assert (noted.label, noted.user) == (f"comment {comment.pk}", User.objects.get())


def test_who_may_not_see_addresses_sees_none(
    client: Client, comment: Comment, django_user_model: type[User]
) -> None:
    from django.contrib.auth.models import Permission

    helper = make_user("Practitioners")
    assert isinstance(helper, User)
    wanted = ["view_comment", "change_comment"]
    helper.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    client.force_login(helper)
    assert "hidden from your role" in said(client.get(page_of(comment)))
    assert client.post(page_of(comment, "address"))["Location"] == "/admin/"
    assert "Nothing" not in names(client.get(QUEUE, {"q": "canary@reader.example"}))
    found = said(client.get(f"{QUEUE}all/", {"person": "canary@reader.example"}))
    assert "The legs never touched" not in found
    assert not ModelLogEntry.objects.filter(action="comments.address").exists()


def test_an_erased_comment_still_has_a_page(moderator: Client, comment: Comment) -> None:
    erase(comment)
    words = said(moderator.get(page_of(comment)))
    assert "Erased comment" in words
    assert "The text has been erased." in words
    assert "Approve" not in words.split("History")[0]


def test_looking_and_deciding_are_noted_without_a_name(moderator: Client, comment: Comment) -> None:
    moderator.get(page_of(comment))
    decide(moderator, comment, "spam")
    entries = ModelLogEntry.objects.order_by("pk").values_list("action", "label")
    assert list(entries) == [
        ("comments.view", f"comment {comment.pk}"),
        ("comments.spam", f"comment {comment.pk}"),
    ]


# The first page of the admin


def test_the_first_page_tells_what_waits(moderator: Client, article: ArticlePage) -> None:
    assert "All caught up." in said(moderator.get("/admin/"))
    with time_machine.travel(timezone.now() - timedelta(days=2)):
        make_comment(article)
    changed = make_comment(article)
    approve(changed, by=User.objects.get())
    edit_comment(changed, text="Other words.")
    spam = make_comment(article)
    Comment.objects.filter(pk=spam.pk).update(spam_score=0.95)
    words = said(moderator.get("/admin/"))
    assert "2 comments wait to be read." in words
    assert "1 of them is a change of an approved one." in words
    assert "The oldest has been waiting for 2\xa0days." in words.replace("2 days", "2\xa0days")
    assert "1 more looks like spam" in words


def test_marking_as_spam_teaches_the_site(moderator: Client, article: ArticlePage) -> None:
    for _number in range(6):
        mark_spam(make_comment(article, text="cheap pills online"), by=User.objects.get())
        approve(make_comment(article, text="my knees thank you"), by=User.objects.get())
    make_rules(held_words="")
    make_comment(article, name="Pills", text="online pills, cheap cheap pills online")
    assert names(moderator.get(QUEUE, {"show": "likely-spam"})) == ["Pills"]
