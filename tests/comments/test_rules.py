"""What is held and why, who is trusted, and where nobody can comment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import ArticlePage
from clinic_site.accounts.models import User
from clinic_site.forms.links import count_links
from clinic_site.mail.models import OutgoingEmail
from comments.actions.by_commenter import withdraw
from comments.actions.closing import ThreadClosed, close_thread, open_thread
from comments.actions.decisions import approve, mark_spam, reject
from comments.actions.retention import send_digest
from comments.actions.submission import CannotReply
from comments.actions.undo import undo
from comments.models import Comment, Commenter
from comments.moderation import classifier
from comments.moderation.confusables import is_look_alike_address, is_look_alike_name, skeleton
from comments.moderation.rules import held_words, in_words
from tests.comments.factories import ADDRESS, confirmed, emails_saying, make_comment, make_rules
from tests.factories import make_article


def codes(comment: Comment) -> set[str]:
    return {reason["code"] for reason in comment.held_for or []}


@pytest.fixture
def known(article: ArticlePage, staff: User) -> Comment:
    """An approved comment under a confirmed address, where people may be trusted."""
    make_rules(approval="trust")
    comment = confirmed(make_comment(article, wants_replies=True))
    approve(comment, by=staff)
    return comment


def test_everything_is_held_at_first(article: ArticlePage) -> None:
    comment = make_comment(article)
    assert comment.state == "pending"
    assert in_words(comment.held_for) == ["You read every comment before it appears."]


def test_who_was_approved_before_is_trusted(article: ArticlePage, known: Comment) -> None:
    comment = make_comment(article)
    assert (comment.state, comment.decided_by, comment.held_for) == ("approved", None, [])
    assert comment.events.filter(event_type="trusted").exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"name": "Priya S."}, "name"),
        ({"email": "other@reader.example"}, "new"),
        ({"text": "See https://clinic.example/"}, "any_link"),
        ({"name": "Рriya"}, "look_alike"),
        ({"email": "canarу@reader.example"}, "look_alike"),
    ],
)
def test_trust_covers_nothing_else(
    article: ArticlePage, known: Comment, said: dict[str, str], why: str
) -> None:
    comment = make_comment(article, **said)
    assert comment.state == "pending"
    assert why in codes(comment)


def test_an_address_that_nobody_confirmed_is_not_trusted(article: ArticlePage, staff: User) -> None:
    make_rules(approval="trust")
    approve(make_comment(article, wants_replies=True), by=staff)
    assert make_comment(article).state == "pending"


@pytest.mark.parametrize("refuse", [reject, mark_spam])
def test_a_refusal_withdraws_trust_and_undoing_it_gives_it_back(
    article: ArticlePage, known: Comment, staff: User, refuse: object
) -> None:
    refused = make_comment(article, text="See https://evil.example/", wants_replies=True)
    refuse(refused, by=staff)  # type: ignore[operator]
    assert "withdrawn" in codes(make_comment(article))
    undo(refused, by=staff)
    assert make_comment(article).state == "approved"


def test_trust_ends_with_the_address(article: ArticlePage, known: Comment) -> None:
    Commenter.objects.all().delete()
    assert make_comment(article).state == "pending"


def test_the_words_and_links_of_the_rules_hold(article: ArticlePage) -> None:
    make_rules(held_words="casino\nbuy now", most_links=1)
    comment = make_comment(article, text="BUY  N\u200bOW at http://a.example http://b.example")
    assert {"word", "links"} <= codes(comment)
    assert "It has the word “buy now” from your list." in in_words(comment.held_for)


def test_words_are_found_whole_and_in_disguise() -> None:
    assert held_words("The саsino", "casino") == ["casino"]
    assert held_words("Ca\u0301sino", "casino") == ["casino"]
    assert held_words("occasinos", "casino") == []
    assert count_links("a//b www.x.example https://y.example z.com") == 4 - 1 + 1
    assert skeleton("Ｐriya") == "priya"
    assert is_look_alike_address("a@xn--pple-43d.com")
    assert not is_look_alike_name("Иван Müller")


def test_the_same_words_again_are_noticed(article: ArticlePage) -> None:
    make_comment(article, text="Great post, thanks")
    assert "duplicate" in codes(make_comment(article, text="great  post, THANKS", name="Sam"))


def test_only_an_approved_comment_of_the_same_page_is_answered(
    article: ArticlePage, staff: User
) -> None:
    pending, rejected, gone = (make_comment(article) for _comment in range(3))
    reject(rejected, by=staff)
    withdraw(gone)
    elsewhere = make_comment(make_article("Another"))
    approve(elsewhere, by=staff)
    for parent_id in (pending.pk, rejected.pk, gone.pk, elsewhere.pk, 999_999):
        with pytest.raises(CannotReply):
            make_comment(article, parent_id=parent_id)
    approve(pending, by=staff)
    assert make_comment(article, parent_id=pending.pk).parent_id == pending.pk


def test_comments_close_by_page_by_age_and_for_the_site(article: ArticlePage, staff: User) -> None:
    close_thread(article, by=staff)
    with pytest.raises(ThreadClosed, match="page"):
        make_comment(article)
    open_thread(article, by=staff)
    article.first_published_at = timezone.now() - timedelta(days=11)
    make_rules(close_after_days=10)
    with pytest.raises(ThreadClosed, match="age"):
        make_comment(article)
    make_rules(close_after_days=12)
    make_comment(article)
    make_rules(closed=True)
    with pytest.raises(ThreadClosed, match="site"):
        make_comment(article)


def test_moderators_are_told_at_once_daily_or_never(article: ArticlePage) -> None:
    make_comment(article)
    (email,) = OutgoingEmail.objects.all()
    assert email.to == "desk@clinic.example"
    assert ADDRESS not in email.text + email.html
    make_rules(notify="daily", notify_email="mods@clinic.example")
    make_comment(article)
    assert OutgoingEmail.objects.count() == 1
    send_digest(timezone.now())
    (digest,) = emails_saying("Comments are waiting")
    assert digest.to == "mods@clinic.example"
    assert "2 comments are waiting" in digest.text


def test_the_classifier_has_no_opinion_until_it_has_learned() -> None:
    assert classifier.score(["x"], {"": (4, 100), "x": (4, 0)}) == 0
    spam = classifier.score(["x"], {"": (10, 10), "x": (9, 0)})
    fine = classifier.score(["x"], {"": (10, 10), "x": (0, 9)})
    assert fine < 0.2 < 0.8 < spam


def test_what_reads_like_spam_is_held_and_never_published(
    article: ArticlePage, staff: User, known: Comment
) -> None:
    for number in range(6):
        mark_spam(
            make_comment(article, text=f"cheap casino pills {number}", email="s@spam.example"),
            by=staff,
        )
        approve(
            make_comment(article, text=f"my hip hurts {number}", email="f@reader.example"),
            by=staff,
        )
    comment = make_comment(article, text="cheap casino pills today")
    assert "spam" in codes(comment)
    assert comment.spam_score > 0.9
