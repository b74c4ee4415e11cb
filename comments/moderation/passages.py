"""The passage of an article that a comment is about, as far as their words tell."""

import re
from collections.abc import Sequence
from functools import lru_cache

LEAST_LETTERS = 4  # shorter words are in every passage, and so are these
COMMON = set(
    re.findall(
        r"\w+",
        "about after also been before could does from have into just like more much only over "
        "should some than that their them then there they this very were what when which will "
        "with would your",
    )
)
COMPARED = 6  # letters
LEAST_SHARED = 2


def nearest(text: str, passages: Sequence[str]) -> str:
    """Return the passage that shares most words with `text`, or else the first.

    Words count by their first letters, so that "stretched" meets "stretching".
    """
    wanted = _stems(text)
    best, shared = "", LEAST_SHARED - 1
    for passage in passages:
        both = len(wanted & _stems(passage))
        if both > shared:
            best, shared = passage, both
    return best or next(iter(passages), "")


@lru_cache(maxsize=1024)  # the passages of the articles that are read just now
def _stems(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", text.casefold())
    telling = (word for word in words if len(word) >= LEAST_LETTERS and word not in COMMON)
    return frozenset(word[:COMPARED] for word in telling)
