"""The private link: looking changes nothing, its buttons do, and it tells nobody of itself."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from comments.actions.by_commenter import erase, rotate_link
from comments.actions.decisions import approve, approve_edit, mark_spam, reject
from comments.actions.limits import MOST_EDITS
from comments.models import Comment, CommentEdit, Commenter, CommentEvent, PrivateLink
from tests.comments.factories import RECEIVED, emails_saying, make_comment
from tests.comments.test_submission import FORM_TOKEN

LINK = re.compile(r"https?://[^/\s\"]+(/comments/mine/[^\s\"<]+)")


@pytest.fixture
def comment(article: ArticlePage) -> Comment:
    return make_comment(article, text="Is it too late?", wants_link=True)


@pytest.fixture
def link(comment: Comment) -> str:
    return link_in(emails_saying(RECEIVED)[-1])


def link_in(email: OutgoingEmail) -> str:
    found = LINK.search(email.text)
    assert found
    assert found[1] in email.html
    return found[1]


def edit(client: Client, link: str, text: str) -> HttpResponse:
    form_token = FORM_TOKEN.search(client.get(link).content.decode())
    assert form_token
    return client.post(link, {"act": "edit", "form_token": form_token[1], "text": text})


def test_it_shows_the_comment_and_how_it_stands(
    client: Client, comment: Comment, link: str, staff: User
) -> None:
    page = client.get(link).content.decode()
    assert "Is it too late?" in page
    assert "One of us will read it soon." in page
    approve(comment, by=staff)
    assert "It’s on the page." in client.get(link).content.decode()


@pytest.mark.parametrize("refuse", [reject, mark_spam])
def test_what_was_refused_is_said_alike_and_can_still_be_erased(
    client: Client, comment: Comment, link: str, staff: User, refuse: Callable[..., None]
) -> None:
    refuse(comment, by=staff)
    page = client.get(link).content.decode()
    assert "decided not to publish it" in page
    assert "spam" not in page
    assert "Save changes" not in page
    client.post(f"{link}erase/")
    assert Comment.objects.get().state == "erased"


def test_looking_changes_nothing(client: Client, comment: Comment, link: str) -> None:
    for method in (client.get, client.head):
        method(link, {"act": "withdraw"})
        method(f"{link}erase/")
    client.options(link)
    before = (comment.state, comment.text, comment.version)
    comment.refresh_from_db()
    assert (comment.state, comment.text, comment.version) == before


@pytest.mark.slow
def test_the_same_change_sent_over_and_over_is_one_change(
    client: Client, comment: Comment, link: str, staff: User
) -> None:
    approve(comment, by=staff)
    sent = [edit(client, link, "Other words.").status_code for _ in range(MOST_EDITS + 2)]
    assert set(sent) == {303}
    assert CommentEvent.objects.filter(event_type="edited").count() == 1
    assert edit(client, link, "Better words.").status_code == 303


def test_a_waiting_comment_is_changed_at_once(client: Client, comment: Comment, link: str) -> None:
    assert edit(client, link, "Is it ever too late?").status_code == 303
    assert Comment.objects.get().text == "Is it ever too late?"
    assert Comment.objects.get().state == "pending"


def test_an_approved_comment_keeps_its_words_until_the_new_ones_are_read(
    client: Client, comment: Comment, link: str, staff: User, article: ArticlePage
) -> None:
    approve(comment, by=staff)
    edit(client, link, "Buy pills.")
    assert "One of us will read your edit soon" in client.get(link).content.decode()
    assert "Buy pills." in client.get(link).content.decode()
    shown = client.get(article.url).content.decode()
    assert "Is it too late?" in shown
    assert "Buy pills." not in shown
    comment.refresh_from_db()
    approve_edit(comment, by=staff)
    assert "Buy pills." in client.get(article.url).content.decode()


def test_what_it_was_held_for_is_not_forgotten_by_an_edit(
    client: Client, article: ArticlePage
) -> None:
    twin = make_comment(article, text="Twice.")
    make_comment(article, text="Twice.", wants_link=True)
    edit(client, link_in(emails_saying(RECEIVED)[-1]), "Something else.")
    held = Comment.objects.exclude(pk=twin.pk).get().held_for or []
    assert [reason["code"] for reason in held] == ["edit", "duplicate", "all"]


@pytest.mark.parametrize("text", ["", "\u200b", "x" * 5001, "bell \x07"])
def test_a_mistake_is_told_beside_the_field_and_nothing_is_lost(
    client: Client, comment: Comment, link: str, text: str
) -> None:
    response = client.get(edit(client, link, text)["Location"])
    page = response.content.decode()
    assert response.context["form"]["text"].value() == text
    assert 'aria-invalid="true"' in page
    assert "<title>Error: " in page
    assert Comment.objects.get().text == "Is it too late?"


def test_an_edit_without_a_form_token_is_offered_again(
    client: Client, comment: Comment, link: str
) -> None:
    answer = client.post(link, {"act": "edit", "text": "New words"}, follow=True)
    page = answer.content.decode()
    assert "New words" in page
    assert Comment.objects.get().text == "Is it too late?"


def test_an_edit_that_comes_too_late_is_handed_back(
    client: Client, comment: Comment, link: str, staff: User
) -> None:
    form_token = FORM_TOKEN.search(client.get(link).content.decode())
    assert form_token
    reject(comment, by=staff)
    typed = {"act": "edit", "form_token": form_token[1], "text": "New words"}
    page = client.post(link, typed, follow=True)
    assert "New words" in page.content.decode()
    assert not CommentEdit.objects.exists()


@pytest.mark.slow
@pytest.mark.usefixtures("still_clock")
def test_many_edits_are_kindly_refused_with_their_words(
    client: Client, comment: Comment, link: str
) -> None:
    answers = [edit(client, link, f"Words {number}") for number in range(11)]
    assert [answer["Location"] == link for answer in answers] == [True] * 10 + [False]
    page = client.get(answers[-1]["Location"]).content.decode()
    assert "Words 10" in page
    assert "a lot of changes" in page


def test_withdrawing_takes_it_off_and_the_address_away(
    client: Client, comment: Comment, link: str, staff: User, article: ArticlePage
) -> None:
    approve(comment, by=staff)
    assert "Is it too late?" in client.get(article.url).content.decode()
    for _time in range(2):
        assert client.post(link, {"act": "withdraw"}).status_code == 303
    assert "Is it too late?" not in client.get(article.url).content.decode()
    assert "You’ve withdrawn it." in client.get(link).content.decode()
    assert not Commenter.objects.exists()


def test_erasing_asks_once_more_and_ends_the_link(
    client: Client, comment: Comment, link: str
) -> None:
    asked = client.get(f"{link}erase/").content.decode()
    assert "Erase your comment for good?" in asked
    assert Comment.objects.get().text
    done = client.post(f"{link}erase/", follow=True).content.decode()
    assert "Your comment is erased" in done
    comment.refresh_from_db()
    assert (comment.state, comment.name, comment.text) == ("erased", "", "")
    assert client.get(link).status_code == 404


def test_a_new_link_ends_the_old_one_and_leads_to_the_new(
    client: Client, comment: Comment, link: str
) -> None:
    response = client.post(link, {"act": "renew"})
    new = response["Location"].split("#")[0]
    assert client.get(new).status_code == 200
    assert client.get(link).status_code == 404
    assert link_in(emails_saying("Your new link")[0]) == new


def dead_links(comment: Comment, link: str) -> list[str]:
    secret = link.split("/")[3]
    rotate_link(secret)
    return [link, "/comments/mine/unknown/", "/comments/mine/%00/", f"{link[:-2]}/"]


def test_unknown_replaced_expired_and_erased_links_look_the_same(
    client: Client, comment: Comment, link: str, article: ArticlePage
) -> None:
    other = make_comment(article, wants_link=True)
    erased = link_in(emails_saying(RECEIVED)[-1])
    erase(other)
    pages = [client.get(address) for address in [*dead_links(comment, link), erased]]
    pages += [client.post(f"{link}erase/", follow=True)]
    with time_machine.travel(timezone.now() + timedelta(days=91)):
        pages.append(client.get(link))
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
    assert not Comment.objects.filter(pk=comment.pk, state="erased").exists()


@pytest.mark.parametrize("act", ["", "edit", "renew", "withdraw", "nonsense"])
def test_nobody_keeps_lists_or_is_told_of_the_address(
    client: Client, comment: Comment, link: str, act: str
) -> None:
    """And each page can be gone back to: it is a GET, and no post's answer says `no-store`."""
    posted = client.post(link, {"act": act, "text": ""})
    assert posted.status_code == 303
    assert not posted.has_header("Cache-Control")
    page = client.get(posted["Location"])
    assert "no-store" in page["Cache-Control"]
    for response in (posted, page):
        assert response["Referrer-Policy"] == "strict-origin"
        assert "noindex" in response["X-Robots-Tag"]
        assert not response.cookies


def test_a_post_from_another_site_is_refused(
    careful_client: Client, comment: Comment, link: str
) -> None:
    for headers in ({"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        response = careful_client.post(link, {"act": "withdraw"}, headers=headers)
        assert response.status_code == 403
    assert Comment.objects.get().state == "pending"


def test_the_link_alone_is_asked_for_without_a_wish_for_replies(
    client: Client, comment: Comment, link: str
) -> None:
    assert PrivateLink.objects.count() == 1
    assert "hear about replies" not in emails_saying(RECEIVED)[0].text
