"""How much a text reads like what moderators called spam: naive Bayes over its words.

It only ever holds and sorts. Words are known by keyed hashes alone.
"""

import math
import re
from collections.abc import Collection, Mapping

from django.utils.crypto import salted_hmac

from comments.moderation.confusables import skeleton

WORD = re.compile(r"\w{2,30}")
MOST_TOKENS = 200
LEAST_LEARNED = 5  # of either kind, before it has an opinion
ALL = ""  # the token that counts comments

Counts = Mapping[str, tuple[int, int]]  # token: (in spam, in others)


def tokens(text: str, key: str) -> list[str]:
    """Return the hashes by `key` of the words of `text`, each once, in order, at most 200."""
    seen = skeleton(text)
    words = set(WORD.findall(seen))
    if "http" in seen or "www." in seen:
        words.add("a link")
    hashes = (
        salted_hmac("comments.moderation.classifier", word, secret=key).hexdigest()[:16]
        for word in words
    )
    return sorted(hashes)[:MOST_TOKENS]


def score(found: Collection[str], counts: Counts) -> float:
    """Return from 0 to 1 how likely it is spam; 0 as long as too little was learned."""
    spam, fine = counts.get(ALL, (0, 0))
    if min(spam, fine) < LEAST_LEARNED:
        return 0.0
    evidence = 0.0  # both kinds count as equally likely beforehand
    for token in found:
        in_spam, in_fine = counts.get(token, (0, 0))
        if in_spam + in_fine:
            evidence += math.log((in_spam + 1) / (spam + 2)) - math.log((in_fine + 1) / (fine + 2))
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, evidence))))
