"""A slip of typing is corrected without a new approval; whatever may change the meaning is not."""

import pytest

from blog.models import ArticlePage
from blog.review.readiness import NotReady
from blog.review.small_corrections import NotSmall, small_corrections
from clinic_site.accounts.models import User
from tests.factories import make_article, make_reviewer, make_user, publish_reviewed
from tests.outbox import emails_to


def version(text: str, **more: object) -> dict[str, object]:
    block = {"type": "paragraph", "id": "1", "value": f"<p>{text}</p>"}
    return {"title": "Psoas", "slug": "psoas", "body": [block]} | more


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It ties the spnie.", "It ties the spine."),
        ("Your psaos is short.", "Your psoas is short."),
        ("the muscle , which", "the muscle , whichh"),
        ("Breathe slowly", "Breathe slowly."),
        ("receivve a <b>call</b>", "receive a <b>call</b>"),
        ("the Spine", "the spine"),
    ],
)
def test_a_slip_is_small(before: str, after: str) -> None:
    [change] = small_corrections(version(before), version(after))
    assert change.before != change.after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It may hurt.", "It may not hurt."),
        ("It can hurt.", "It can’t hurt."),
        ("It can’t hurt.", "It can't hurt."),
        ("You now stop.", "You not stop."),
        ("No pain", "On pain"),
        ("Hold for 5 breaths", "Hold for 8 breaths"),
        ("Hold for five breaths", "Hold for nine breaths"),
        ("Take 5 mg", "Take 5 g"),
        ("a hypertension", "a hypotension"),
        ("hip abduction", "hip adduction"),
        ("It will increase", "It will decrease"),
        ("That is usual", "That is unusual"),
        ("one word", "oneword"),
        ("the spine", "the hips"),
        ('<a href="https://a.example/">call</a>', '<a href="https://b.example/">call</a>'),
        ("<b>stop</b> now", "stop now"),
        ("call us", "call us –"),
        ("5", "five"),
        ("½ turn", "¼ turn"),
    ],
)
def test_what_may_change_the_meaning_is_not(before: str, after: str) -> None:
    with pytest.raises(NotSmall):
        small_corrections(version(before), version(after))


@pytest.mark.parametrize(
    "more",
    [
        {"slug": "psaos"},
        {"reviewer": 2},
        {"body": []},
        {"sources": [{"type": "source", "id": "1", "value": {"title": "Hipps"}}]},
    ],
)
def test_all_that_is_no_prose_stays_as_approved(more: dict[str, object]) -> None:
    approved = version(
        "x", reviewer=1, sources=[{"type": "source", "id": "1", "value": {"title": "Hips"}}]
    )
    with pytest.raises(NotSmall):
        small_corrections(approved, approved | more)


def test_many_corrections_together_are_not_small() -> None:
    with pytest.raises(NotSmall):
        small_corrections(version("spnie " * 11), version("spine " * 11))


@pytest.fixture
def article(clinic: object) -> ArticlePage:
    made = make_article(
        live=False,
        reviewer=make_reviewer(),
        owner=make_user("Editors"),
        summary="It ties the spnie.",
    )
    publish_reviewed(made)
    made.refresh_from_db()
    return made


def publish(article: ArticlePage, summary: str) -> None:
    draft = article.get_latest_revision_as_object()
    draft.summary = summary
    editor = User.objects.get(username="editors")
    draft.save_revision(user=editor).publish(user=editor)
    article.refresh_from_db()


def test_an_editor_publishes_it_and_the_reviewer_is_sent_the_difference(
    article: ArticlePage,
) -> None:
    reviewed_on, reviewer = article.reviewed_on, article.reviewer.account.email
    before = len(emails_to(reviewer))
    publish(article, "It ties the spine.")
    assert article.summary == "It ties the spine."
    assert article.reviewed_on == reviewed_on is not None
    email = emails_to(reviewer).latest("pk")
    assert len(emails_to(reviewer)) == before + 1
    assert "Before: It ties the spnie." in email.text
    assert "Now: It ties the spine." in email.text
    publish(article, "It ties the spine.")
    assert len(emails_to(reviewer)) == before + 1, "readers have seen nothing new"


def test_corrections_do_not_add_up_to_another_text(article: ArticlePage) -> None:
    publish(article, "It ties the spine.")
    publish(article, "It tied the spine.")
    with pytest.raises(NotReady):
        publish(article, "It fled the spine.")
