"""The words of a text, as the search compares them: one reading for every text, query and database.

Words are folded (without capitals, accents, ligatures, full-width forms) and known by their stem,
by Snowball for English, after irregular plurals are made regular (`plurals.py`). What is indexed
and what is asked for are read alike, and databases are given the result alone, spelled in plain
letters: neither has anything left to interpret.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import snowballstemmer
from anyascii import anyascii

from clinic_site.search.plurals import regular

MAX_QUERY = 200  # characters that the site's own search reads
MAX_WORDS = 32  # SQLite's parser gives up beyond 256
MAX_LETTERS = 64  # in one word; PostgreSQL refuses 2 KB
SHORTEST_BEGINNING = 4

# Of a query with other words, these say little. They are indexed like all others: "So what?!"
EVERYDAY = frozenset(
    """
    a about am an and any are as at be by can could did do does for from had has have how i if in
    into is it its me my of on or our s should so t than that the their them then there these they
    this those to us was we were what when where which who why will with would you your
    """.split()  # noqa: SIM905 - a list of words reads as one
)

TATWEEL = "ـ"  # only makes an Arabic word longer
APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼʹ`"), "'")
HYPHENS = dict.fromkeys(map(ord, "‐‑"), "-")
WITHIN_WORDS = "".join(
    sign
    for sign in map(chr, range(0x80, 0xFB00))
    if unicodedata.category(sign) in {"Mn", "Mc", "Me", "Cf"}
)

# Words as they are written, with their marks; and joined by apostrophes and hyphens.
WORD = re.compile(rf"[^\W_](?:[^\W_]|[{WITHIN_WORDS}])*")
COMPOUND = re.compile(rf"{WORD.pattern}(?:['’‘ʼ`\-‐‑]{WORD.pattern})*")
POSSESSIVE = re.compile(r"'s$")
JOINED = re.compile(r"['-]")

stem_of = lru_cache(maxsize=50_000)(snowballstemmer.stemmer("english").stemWord)


class Word(NamedTuple):
    """A word and its stem, folded."""

    stem: str
    written: str

    @property
    def stands_for_longer(self) -> bool:
        """Tell whether it is also found as the beginning of another: "postur", but not "hip".

        Other scripts have no stems here: any of their words is.
        """
        return len(self.written) >= SHORTEST_BEGINNING or not self.written.isascii()

    def is_found_in(self, other: "Word") -> bool:
        longer = self.stands_for_longer and other.written.startswith(self.written)
        return longer or other.stem == self.stem


class Compound(NamedTuple):
    """What is written with hyphens or apostrophes: found apart, and as one word."""

    parts: tuple[Word, ...]
    whole: Word


def fold(text: str) -> str:
    """Return `text` without capitals, accents, marks, ligatures and full-width forms."""
    if text.isascii():
        return text.lower().replace("`", "'")
    text = unicodedata.normalize("NFKD", text.translate(APOSTROPHES | HYPHENS))
    text = unicodedata.normalize("NFKD", text.casefold()).translate(HYPHENS)
    return "".join(map(_plain, text))


@cache
def _plain(letter: str) -> str:
    if letter == TATWEEL or unicodedata.category(letter) in {"Mn", "Mc", "Me", "Cf"}:
        return ""
    if letter.isdecimal():
        return str(unicodedata.decimal(letter))
    if not letter.isascii() and unicodedata.name(letter, "").startswith("LATIN"):
        return anyascii(letter).lower()  # ł, ø, đ and others that have no accent to take away
    return letter


def words_in(text: str) -> list[str]:
    """Return the different words of `text` as they are written, at most `MAX_WORDS`."""
    words = [word[:MAX_LETTERS] for word in COMPOUND.findall(text)]
    return list(dict.fromkeys(words))[:MAX_WORDS]


def analyzed(text: str) -> Iterator[Compound]:
    """Yield what `text` says, in its order."""
    for compound in COMPOUND.findall(fold(text)):
        parts = JOINED.split(POSSESSIVE.sub("", compound))
        yield Compound(tuple(map(_word, parts)), _word("".join(parts)))


def _word(written: str) -> Word:
    written = written[:MAX_LETTERS]
    return Word(stem_of(regular(written)), written)


def query_terms(query: str) -> list[Compound]:
    """Return what is asked for: everyday words only if the query has no others."""
    compounds = list(dict.fromkeys(analyzed(query)))[:MAX_WORDS]
    telling = [one for one in compounds if not {part.written for part in one.parts} <= EVERYDAY]
    return telling or compounds


def index_words(text: str) -> list[str]:
    """Return the words of `text` to be found by: stems in order, and once what they stand for."""
    stems: list[str] = []
    others: dict[str, None] = {}
    for parts, whole in analyzed(text):
        stems += [part.stem for part in parts]
        others |= dict.fromkeys(part.written for part in parts if part.written != part.stem)
        if len(parts) > 1:
            others |= dict.fromkeys(whole)
    return [*stems, *others]


def index_text(text: str) -> str:
    """Return the words of `text` as a database's own index keeps them."""
    return " ".join(map(spell, index_words(text)))


@lru_cache(maxsize=50_000)
def spell(word: str) -> str:
    """Return `word` in the letters a to z alone, beginnings of words as beginnings.

    Every tokenizer takes these for one word. Other signs are their number between two x, in
    letters for digits; an x is two.
    """
    return "".join(sign if "a" <= sign <= "z" and sign != "x" else _spelled(sign) for sign in word)


def _spelled(sign: str) -> str:
    if sign == "x":
        return "xx"
    return f"x{''.join('ghijklmnopqrstuv'[int(digit, 16)] for digit in f'{ord(sign):x}')}x"
