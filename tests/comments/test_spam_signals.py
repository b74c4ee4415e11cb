"""What is odd about how a comment is sent holds it; a flood is refused and keeps what was typed."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from clinic_site.http.models import RateLimitCount
from comments.actions.by_commenter import edit_comment
from comments.actions.closing import close_thread, open_thread
from comments.actions.decisions import approve
from comments.actions.limits import FEW, MOST
from comments.models import Comment, SpamToken
from comments.moderation.rules import LIKELY_SPAM, Reason, weigh
from tests.comments.factories import ADDRESS, confirmed, make_comment, make_rules
from tests.comments.test_submission import form_of

pytestmark = [pytest.mark.usefixtures("still_clock"), pytest.mark.slow]


def post(client: Client, article: ArticlePage, **changes: str) -> Comment:
    """Send what somebody wrote within a minute."""
    with time_machine.travel(datetime.now(UTC) - timedelta(minutes=1)):
        form = form_of(client, article)
    assert client.post(f"/comments/{article.pk}/reply/", form | changes).status_code == 303
    return Comment.objects.latest("pk")


def codes(comment: Comment) -> list[str]:
    return [reason["code"] for reason in comment.held_for or []]


def test_an_honest_comment_is_suspected_of_nothing(client: Client, article: ArticlePage) -> None:
    assert codes(post(client, article)) == ["all"]


def test_who_fills_in_the_hidden_field_is_held(client: Client, article: ArticlePage) -> None:
    comment = post(client, article, website="http://pills.example")
    assert codes(comment) == ["honeypot", "all"]
    assert comment.state == "pending"


def test_the_honeypot_is_neither_seen_nor_read_out_nor_filled_in_by_browsers(
    client: Client, article: ArticlePage
) -> None:
    page = client.get(article.url).content.decode()
    honeypot = page[page.index('class="honeypot"') :].split("</div>")[0]
    assert 'aria-hidden="true"' in honeypot
    assert 'autocomplete="off"' in honeypot
    assert 'tabindex="-1"' in honeypot
    assert "style=" not in honeypot
    assert "Leave this empty" in honeypot


def test_faster_than_people_is_held_and_not_refused(client: Client, article: ArticlePage) -> None:
    client.post(f"/comments/{article.pk}/reply/", form_of(client, article))
    assert codes(Comment.objects.get()) == ["quick", "all"]


def test_the_same_words_again_are_held_as_such(client: Client, article: ArticlePage) -> None:
    post(client, article)
    assert "duplicate" in codes(post(client, article, name="Walt"))


def test_a_spam_signal_outweighs_trust(client: Client, article: ArticlePage, staff: User) -> None:
    make_rules(approval="trust")
    approve(confirmed(make_comment(article, wants_replies=True)), by=staff)
    trusted = post(client, article, name="Priya", email=ADDRESS, text="Once more.")
    assert trusted.state == "approved"
    held = post(client, article, name="Priya", email=ADDRESS, text="And again.", website="x")
    assert held.state == "pending"


def test_a_trusted_comment_is_said_to_be_on_the_page(
    client: Client, article: ArticlePage, staff: User
) -> None:
    make_rules(approval="trust")
    approve(confirmed(make_comment(article, wants_replies=True)), by=staff)
    with time_machine.travel(datetime.now(UTC) - timedelta(minutes=1)):
        form = form_of(client, article) | {"email": ADDRESS, "text": "Once more."}
    response = client.post(f"/comments/{article.pk}/reply/", form, follow=True)
    assert "It’s on the page now" in response.content.decode()
    assert "Once more." in client.get(article.url).content.decode()


def test_many_from_one_network_are_held_then_kindly_refused(
    client: Client, article: ArticlePage
) -> None:
    comments = [post(client, article, text=f"Number {number}") for number in range(MOST)]
    assert [("often" in codes(comment)) for comment in comments] == [False] * FEW + [True] * (
        MOST - FEW
    )
    form = form_of(client, article) | {"text": "One too many"}
    response = client.post(
        f"/comments/{article.pk}/reply/",
        form,
        headers={"X-Forwarded-For": "203.0.113.9"},
        follow=True,
    )
    page = response.content.decode()
    assert "Please send it again in an hour" in page
    assert "One too many" in page
    assert Comment.objects.count() == MOST
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=1)):
        assert client.post(f"/comments/{article.pk}/reply/", form).status_code == 303


def test_a_form_sent_over_and_over_is_one_comment_and_counts_once(
    client: Client, article: ArticlePage
) -> None:
    with time_machine.travel(datetime.now(UTC) - timedelta(minutes=1)):
        form = form_of(client, article)
    address = f"/comments/{article.pk}/reply/"
    assert {client.post(address, form).status_code for _ in range(MOST + 2)} == {303}
    assert Comment.objects.count() == 1
    assert "often" not in codes(post(client, article, text="Something else."))
    for number in range(MOST - 2):
        post(client, article, text=f"Number {number}")
    received = f"/comments/{article.pk}/received/"
    again = client.post(address, form)
    assert again["Location"] == received, "stored before the network was refused"
    assert client.post(address, form_of(client, article))["Location"] != received


def test_what_cannot_be_stored_counts_for_nothing(
    client: Client, article: ArticlePage, staff: User
) -> None:
    form = form_of(client, article)
    close_thread(article, by=staff)
    for number in range(FEW + 1):
        client.post(f"/comments/{article.pk}/reply/", form | {"text": f"Number {number}"})
    open_thread(article, by=staff)
    assert "often" not in codes(post(client, article))


def test_the_words_of_a_comment_are_weighed_once(client: Client, article: ArticlePage) -> None:
    form = form_of(client, article)
    with CaptureQueriesContext(connection) as queries:
        client.post(f"/comments/{article.pk}/reply/", form)
    asked = [query["sql"] for query in queries if SpamToken._meta.db_table in query["sql"]]
    assert len(asked) == 1


@pytest.mark.parametrize("proxy", [False, True])
def test_a_forged_header_makes_nobody_another_sender(
    client: Client, article: ArticlePage, settings: object, proxy: bool
) -> None:
    settings.BEHIND_PROXY = proxy  # type: ignore[attr-defined]
    for number in range(FEW + 1):
        forged = f"203.0.113.{number}"
        with time_machine.travel(datetime.now(UTC) - timedelta(minutes=1)):
            form = form_of(client, article) | {"text": f"Number {number}"}
        real = f"{forged}, 198.51.100.7" if proxy else forged
        client.post(f"/comments/{article.pk}/reply/", form, headers={"X-Forwarded-For": real})
    assert "often" in codes(Comment.objects.latest("pk"))


def test_no_network_address_is_kept(client: Client, article: ArticlePage) -> None:
    post(client, article)
    assert RateLimitCount.objects.exists()
    assert "127.0.0.1" not in str(list(RateLimitCount.objects.values()))


@pytest.mark.parametrize(
    ("reasons", "is_spam"),
    [
        ([], False),
        (["all"], False),
        (["quick", "all"], False),
        (["links", "all"], False),
        (["withdrawn", "word", "new"], False),
        (["quick", "links", "all"], True),
        (["often", "duplicate"], True),
        (["honeypot"], True),
    ],
)
def test_what_shows_the_signs_of_a_program_is_likely_spam(
    reasons: list[str], is_spam: bool
) -> None:
    assert (weigh(0.1, map(Reason, reasons)) >= LIKELY_SPAM) is is_spam
    assert weigh(0.99, map(Reason, reasons)) == 0.99


def test_it_stands_apart_in_the_queue_and_stays_there_when_its_writer_edits_it(
    client: Client, article: ArticlePage
) -> None:
    comment = post(client, article, website="http://pills.example")
    assert list(Comment.objects.likely_spam()) == [comment]
    assert not Comment.objects.to_read().exists()
    edit_comment(comment, text="Other words, as if nothing were the matter.")
    assert list(Comment.objects.likely_spam()) == [comment]
