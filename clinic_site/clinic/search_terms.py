"""What somebody is found by: beginnings of names, ends of phone numbers, whole email addresses.

Names are kept as their words, folded and spelled in the letters a to z, so that a beginning is a
range that an index answers on either database. Of numbers and addresses only keyed hashes are kept.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from clinic_site.clinic.phone import normalize_phone, without_extension
from clinic_site.privacy.encryption import blind_index, blind_indexes
from clinic_site.search.words import MAX_QUERY, analyzed, fold, spell

NAME, PHONE, LAST_SEVEN, LAST_FOUR, EMAIL = "name", "phone", "seven", "four", "email"
LONGEST = 64  # of a term; also what a hash has
SEVEN, FOUR = 7, 4
EMAIL_ADDRESS = re.compile(r"\S+@\S+")


class Term(NamedTuple):
    kind: str
    term: str


def terms_of(names: Iterable[str], phones: Iterable[str], emails: Iterable[str]) -> set[Term]:
    """Return all that somebody is found by; numbers are E.164."""
    terms = {Term(NAME, word) for name in names for word in name_words(name, whole=True)}
    for phone in phones:
        digits = digits_of(phone)
        terms |= {Term(kind, blind_index(_secret(kind, end))) for kind, end in _ends(digits)}
    return terms | {Term(EMAIL, blind_index(_secret(EMAIL, mailbox(email)))) for email in emails}


def contact_terms(phones: Iterable[str], emails: Iterable[str]) -> set[Term]:
    """Return what whole numbers and addresses are found by, by each of the keys."""
    return {
        *_hashed(PHONE, (digits_of(phone) for phone in phones)),
        *_hashed(EMAIL, map(mailbox, emails)),
    }


def name_words(name: str, *, whole: bool = False) -> frozenset[str]:
    """Return the words of a name as they are compared; with `whole`, hyphened ones as one too."""
    words = set()
    for compound in analyzed(name):
        words |= {part.written for part in compound.parts}
        words |= {compound.whole.written} if whole else set()
    return frozenset(spell(word)[:LONGEST] for word in words)


def digits_of(phone: str) -> str:
    """Return the digits of a number, without its extension."""
    return "".join(filter(str.isdecimal, without_extension(phone)))


def mailbox(email: str) -> str:
    """Return what addresses of one mailbox have in common, for comparing them."""
    return email.strip().casefold()


class SearchQuery(NamedTuple):
    """What is looked for: all of `words` and the number, or the address."""

    words: tuple[frozenset[str], ...] = ()  # of each set one is the beginning of a word
    numbers: frozenset[str] = frozenset()  # one of them ends somebody's number
    email: str = ""

    @property
    def says_something(self) -> bool:
        return bool(self.words or self.numbers or self.email)

    @property
    def email_terms(self) -> set[Term]:
        return _hashed(EMAIL, [self.email])

    @property
    def number_terms(self) -> set[Term]:
        """What the numbers that end so are among."""
        long = {number[-SEVEN:] for number in self.numbers if len(number) >= SEVEN}
        short = {number[-FOUR:] for number in self.numbers if len(number) < SEVEN}
        return _hashed(LAST_SEVEN, long) | _hashed(LAST_FOUR, short)

    def has_words_of(self, names: Iterable[str]) -> bool:
        words = {word for name in names for word in name_words(name, whole=True)}
        return all(
            any(word.startswith(tuple(alternatives)) for word in words)
            for alternatives in self.words
        )

    def is_end_of(self, phones: Iterable[str]) -> bool:
        ends = tuple(self.numbers)
        return any(digits_of(phone).endswith(ends) for phone in phones)


def read_query(text: str) -> SearchQuery:
    """Read what was typed to find somebody."""
    text = text[:MAX_QUERY].replace("\0", " ").strip()
    if EMAIL_ADDRESS.fullmatch(text):
        return SearchQuery(email=mailbox(text))
    tokens = [(token, any(map(str.isalpha, token))) for token in fold(text).split()]
    named = " ".join(token for token, has_letters in tokens if has_letters)
    numbers = _numbers(" ".join(token for token, has_letters in tokens if not has_letters))
    words = tuple(dict.fromkeys(_alternatives(named)))
    return SearchQuery(words, numbers)


def next_beginning(beginning: str) -> str:
    """Return the first text, in letters a to z, after all that begin so; "" if there is none."""
    shorter = beginning.rstrip("z")
    return shorter[:-1] + chr(ord(shorter[-1]) + 1) if shorter else ""


def _alternatives(named: str) -> Iterable[frozenset[str]]:
    """Yield for each part of each word what may stand for it: itself, or the word as one."""
    for compound in analyzed(named):
        for part in compound.parts:
            yield frozenset(
                spell(word)[:LONGEST] for word in (part.written, compound.whole.written)
            )


def _numbers(text: str) -> frozenset[str]:
    digits = "".join(filter(str.isdecimal, text))
    readings = {digits, digits.lstrip("0")}  # 0049 30 and 030 as well
    with suppress(ValueError):
        readings.add(digits_of(normalize_phone(text)))
    return frozenset(number for number in readings if len(number) >= FOUR)


def _ends(digits: str) -> list[tuple[str, str]]:
    return [(PHONE, digits), (LAST_SEVEN, digits[-SEVEN:]), (LAST_FOUR, digits[-FOUR:])]


def _hashed(kind: str, texts: Iterable[str]) -> set[Term]:
    return {Term(kind, index) for text in texts for index in blind_indexes(_secret(kind, text))}


def _secret(kind: str, text: str) -> str:
    return f"search term {kind} {text}"
