"""What may be corrected in an approved article without a new approval: slips of typing alone.

Functions of values. Both versions are as `reviewed_content` has them. In doubt it is not small.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

MOST_LETTERS = 2  # put in, taken out or made others, in one word
MOST_WORDS = 10  # of an article, all corrections since its approval together
AROUND = 3  # words shown on each side

# Where prose stands. Addresses, choices, names of sources, tables and all else stay as approved.
PROSE = {"title", "summary", "text", "caption", "heading", "feeling", "stop", "about"}
PROSE_BLOCKS = {"paragraph", "item"}  # whose value is the text itself
TAG = re.compile(r"<[^>]*>")
LETTERS = re.compile(r"[^\W\d_]+")
# Words that turn a sentence round, or count.
NEVER = {
    *("no", "not", "nor", "never", "none", "nobody", "nothing", "cannot", "without", "neither"),
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "half", "once", "twice", "more", "less", "most", "least", "mg", "ml", "kg", "lb"),
    *("left", "right", "hot", "cold", "in", "on", "off", "out", "up", "down", "and", "or"),
}
# One of a pair says the opposite of the other, and is a letter or two away.
PAIRS = [("hyper", "hypo"), ("ab", "ad"), ("in", "de"), ("inter", "intra"), ("ante", "anti")]
PREFIXES = ("un", "in", "im", "ir", "il", "a", "de", "dis", "non", "re")


class Correction(NamedTuple):
    """A word that was corrected, with a few around it."""

    before: str
    after: str


class NotSmall(Exception):
    """The versions differ by more than slips of typing."""


def small_corrections(approved: Mapping[str, Any], said: Mapping[str, Any]) -> list[Correction]:
    """Return what is corrected in `said`. Raises NotSmall if that is anything more."""
    if approved.get("sources") != said.get("sources"):
        raise NotSmall
    corrections = _compare(approved, said, is_prose=False)
    if len(corrections) > MOST_WORDS:
        raise NotSmall
    return corrections


def _compare(before: Any, after: Any, *, is_prose: bool) -> list[Correction]:
    if before == after:
        return []
    if is_prose and isinstance(before, str) and isinstance(after, str):
        return _compare_texts(before, after)
    if isinstance(before, dict) and isinstance(after, dict) and before.keys() == after.keys():
        return [
            change
            for key in before
            for change in _compare(before[key], after[key], is_prose=_is_prose(key, before))
        ]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = zip(before, after, strict=True)
        return [change for pair in pairs for change in _compare(*pair, is_prose=False)]
    raise NotSmall


def _is_prose(key: str, block: Mapping[str, Any]) -> bool:
    return key in PROSE or (key == "value" and block.get("type") in PROSE_BLOCKS)


def _compare_texts(before: str, after: str) -> list[Correction]:
    if TAG.findall(before) != TAG.findall(after):
        raise NotSmall
    old, new = TAG.sub(" ", before).split(), TAG.sub(" ", after).split()
    if len(old) != len(new):
        raise NotSmall
    changed = [place for place in range(len(old)) if old[place] != new[place]]
    if not changed or not all(_is_slip(old[place], new[place]) for place in changed):
        raise NotSmall
    return [Correction(_around(old, place), _around(new, place)) for place in changed]


def _around(words: list[str], place: int) -> str:
    return " ".join(words[max(0, place - AROUND) : place + AROUND + 1])


def _is_slip(before: str, after: str) -> bool:
    """Tell whether one word is the other, typed wrongly."""
    old, new = _letters(before), _letters(after)
    if any(sign.isnumeric() for sign in before + after) or not (old and new):
        return False
    if {old, new} & NEVER or "n’t" in _plain(before + " " + after):
        return False
    if _is_opposite(old, new) or _is_opposite(new, old):
        return False
    return _distance(before, after) <= MOST_LETTERS


def _letters(word: str) -> str:
    return "".join(LETTERS.findall(word)).casefold()


def _plain(word: str) -> str:
    return word.replace("'", "’").casefold()


def _is_opposite(one: str, other: str) -> bool:
    if any(one.startswith(a) and other.startswith(b) for a, b in PAIRS):
        return True
    return any(one == prefix + other for prefix in PREFIXES)


def _distance(one: str, other: str) -> int:
    """Return how many signs are put in, taken out or made others. A swap of two counts twice."""
    row = list(range(len(other) + 1))
    for number, sign in enumerate(one, 1):
        above, row[0] = row[0], number
        for place, other_sign in enumerate(other, 1):
            least = min(row[place] + 1, row[place - 1] + 1, above + (sign != other_sign))
            above, row[place] = row[place], least
    return row[-1]
