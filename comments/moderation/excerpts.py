"""The excerpt of an article that a comment is about, as far as their words tell."""

import re
from collections.abc import Sequence
from functools import lru_cache

LEAST_LETTERS = 4  # shorter words are in every excerpt, and so are these
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


def nearest_excerpt(text: str, excerpts: Sequence[str]) -> str:
    """Return the excerpt that shares most words with `text`, or else the first.

    Words count by their first letters, so that "stretched" meets "stretching".
    """
    wanted = _stems(text)
    best, shared = "", LEAST_SHARED - 1
    for excerpt in excerpts:
        both = len(wanted & _stems(excerpt))
        if both > shared:
            best, shared = excerpt, both
    return best or next(iter(excerpts), "")


@lru_cache(maxsize=1024)  # the excerpts of the articles that are read just now
def _stems(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", text.casefold())
    telling = (word for word in words if len(word) >= LEAST_LETTERS and word not in COMMON)
    return frozenset(word[:COMPARED] for word in telling)
