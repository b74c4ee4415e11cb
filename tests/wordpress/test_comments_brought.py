"""Comments come with their threads and states; addresses only of those that wait."""

import pytest
from django.test import Client

from blog.models import ArticlePage
from comments.models import ClosedThread, Comment, Commenter
from tests.wordpress.conftest import Bring
from tests.wordpress.exports import comment, item, notes
from wordpress.report import Level

State = Comment.State


@pytest.mark.parametrize(
    ("there", "here"),
    [
        ("1", State.APPROVED),
        ("0", State.PENDING),
        ("hold", State.PENDING),
        ("spam", State.SPAM),
        ("trash", State.REJECTED),
        ("post-trashed", State.REJECTED),
        ("of-a-plugin", State.PENDING),
    ],
)
def test_a_comment_keeps_its_state_and_only_one_that_waits_its_address(
    bring: Bring, client: Client, there: str, here: str
) -> None:
    bring(item(1, comments=[comment(5, "Only I say this.", state=there)]))
    brought = Comment.objects.get()
    assert (brought.state, f"{brought.submitted_at:%Y-%m-%d}") == (here, "2020-01-02")
    waits = here == State.PENDING
    assert [each.email for each in Commenter.objects.all()] == ["ann@reader.example"] * waits
    shown = client.get("/rest/sleep-well/").content.decode()
    assert ("Only I say this." in shown) == (here == State.APPROVED)
    assert "ann@reader.example" not in shown


def test_threads_of_any_depth_come_whole_in_whatever_order(bring: Bring) -> None:
    said = [comment(number, parent=number + 1 if number < 10 else 0) for number in range(1, 11)]
    bring(item(1, comments=said))
    assert dict(Comment.objects.values_list("pk", "parent")) == {
        number: number + 1 if number < 10 else None for number in range(1, 11)
    }


def test_answers_in_a_circle_or_to_nobody_come_as_well(bring: Bring) -> None:
    bring(item(1, comments=[comment(1, parent=2), comment(2, parent=1), comment(3, parent=99)]))
    assert Comment.objects.count() == 3


def test_a_number_that_is_taken_here_is_another_and_the_next_comment_finds_a_free_one(
    bring: Bring,
) -> None:
    bring(item(1, comments=[comment(40)]))
    article = ArticlePage.objects.get()
    taken = Comment.objects.create(page=article, name="Bo", text="Here.")
    assert taken.pk > 40
    more = [
        comment(40),
        comment(taken.pk, "Theirs."),
        comment(taken.pk + 1, "Too.", parent=taken.pk),
    ]
    report = bring(item(1, comments=more))
    theirs = Comment.objects.get(text="Theirs.")
    assert theirs.pk != taken.pk
    assert Comment.objects.get(text="Too.").parent == theirs
    assert any("other numbers" in words for words in notes(report, Level.CHANGED))


def test_a_second_run_brings_new_ones_alone_and_none_that_was_erased(bring: Bring) -> None:
    bring(item(1, comments=[comment(1), comment(2)]))
    Comment.objects.filter(pk=1).erase()
    Comment.objects.filter(pk=2).delete()
    bring(item(1, comments=[comment(1), comment(2), comment(3, parent=1)]))
    assert set(Comment.objects.values_list("pk", "state")) == {
        (1, State.ERASED),
        (3, State.APPROVED),
    }


def test_what_nobody_wrote_is_left_out_and_counted(bring: Bring) -> None:
    kinds = ("pingback", "trackback", "order_note")
    report = bring(item(1, comments=[comment(n, kind=kind) for n, kind in enumerate(kinds, 1)]))
    assert not Comment.objects.exists()
    assert [report.counts[f"left out: {kind}s"] for kind in kinds] == [1, 1, 1]


def test_words_are_plain_and_an_address_is_no_name(bring: Bring, client: Client) -> None:
    text = "One\n\n<b>two</b> <script>alert(1)</script>&laquo;x&raquo;"
    bring(
        item(1, comments=[comment(1, text, name="ann@reader.example"), comment(2, name="O'Brien")])
    )
    first, second = Comment.objects.order_by("pk")
    assert first.text == "One\n\ntwo «x»"
    assert (first.name, second.name) == ("Anonymous", "O'Brien")
    assert "ann@reader.example" not in client.get("/rest/sleep-well/").content.decode()


def test_what_the_clinic_itself_said_is_marked_so(bring: Bring) -> None:
    bring(item(1, comments=[comment(1, user=2), comment(2, user=0)]))
    assert dict(Comment.objects.values_list("pk", "is_staff")) == {1: True, 2: False}


def test_comments_of_hidden_posts_stay_hidden(bring: Bring, client: Client) -> None:
    bring(item(1, password="secret", comments=[comment(5, "Hidden words.")]))
    assert Comment.objects.get().state == State.APPROVED
    assert client.get("/rest/sleep-well/").status_code == 302


def test_where_comments_were_closed_they_are(bring: Bring) -> None:
    closed = item(1).replace("_status>open", "_status>closed")
    bring(closed)
    assert ClosedThread.objects.get().page_id == ArticlePage.objects.get().pk


def test_one_broken_comment_costs_itself(bring: Bring) -> None:
    broken = "<wp:comment><wp:comment_id>1</b></wp:comment>"
    report = bring(item(1, comments=[broken, comment(2)]))
    assert Comment.objects.get().pk == 2
    assert report.has_losses
