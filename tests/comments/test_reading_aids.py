"""What helps a moderator to read: the passage meant, what an edit changes, what was left out."""

import pytest

from comments.moderation.differences import compare
from comments.moderation.excerpts import nearest_excerpt
from comments.moderation.redaction import only_leaves_out

EXCERPTS = [
    "What the psoas does, and why it is never one muscle alone.",
    "Sitting shortens nothing by itself; staying does.",
    "Stretching the hips before running changes little for the knees.",
]


def test_the_excerpt_with_most_of_the_words_is_shown() -> None:
    assert (
        nearest_excerpt("I stretched my hips before every run. My knees?", EXCERPTS) == EXCERPTS[2]
    )


def test_without_any_likeness_it_is_the_first() -> None:
    assert nearest_excerpt("Thank you!", EXCERPTS) == EXCERPTS[0]
    assert nearest_excerpt("Thank you!", []) == ""


def test_what_an_edit_changes_is_told_apart() -> None:
    before, after = compare("I walk a lot.", "I walk much, a lot.")
    assert [part.text for part in before if part.changed] == []
    assert [part.text for part in after if part.changed] == [" much,"]
    assert "".join(part.text for part in after) == "I walk much, a lot."


@pytest.mark.parametrize(
    ("before", "after"), [("", ""), ("", "new"), ("old", ""), ("a\n\nb", "a b"), ("x", "x")]
)
def test_no_word_of_either_is_lost(before: str, after: str) -> None:
    left, right = compare(before, after)
    assert ("".join(p.text for p in left), "".join(p.text for p in right)) == (before, after)


@pytest.mark.parametrize(
    "after",
    [
        "Call me on […], please. Dr. Lee was kind.",
        "[…] Dr. Lee was kind.",
        "Call me on 555-0100[…]",
        "[…]",
        "Call […] please. […] was kind.",
        "Call me on […][…], please. Dr. Lee was kind.",
    ],
)
def test_leaving_out_is_allowed(after: str) -> None:
    assert only_leaves_out("Call me on 555-0100, please. Dr. Lee was kind.", after)


@pytest.mark.parametrize(
    "after",
    [
        "Call me on […], please. Dr. Lee was unkind.",
        "Call me, please. Dr. Lee was kind.",  # left out without a mark
        "Dr. Lee was kind. […] Call me on 555-0100, please.",
        "Call me […] Call me […]",
        "Call me on 555-0100, please. Dr. Lee was kind.[…]!",
        "kind[…]kind.",
    ],
)
def test_nobody_is_made_to_say_something_else(after: str) -> None:
    assert not only_leaves_out("Call me on 555-0100, please. Dr. Lee was kind.", after)


def test_a_mark_may_be_left_out_again() -> None:
    assert only_leaves_out("I […] walk.", "I […]")
    assert only_leaves_out("I […] walk.", "[…] walk.")
