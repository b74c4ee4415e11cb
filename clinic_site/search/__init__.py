"""Wagtail's search in the site's own database, for whatever anybody may type.

Both databases have a query language of their own, and Wagtail lets parts of it through:
on SQLite a quote is an error, on PostgreSQL a NUL or a very long word is. Here a query
is words and nothing else, in the admin as on the site.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from modelsearch.query import And, Or, Phrase, PlainText, SearchQuery

MAX_QUERY = 200  # characters that the site's own search reads
MAX_WORDS = 32  # SQLite's parser gives up beyond 256
MAX_LETTERS = 64  # in one word; PostgreSQL refuses 2 KB

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def words_in(text: str) -> list[str]:
    """Return the different words of `text` in their order, at most `MAX_WORDS`."""
    words = WORD.findall(text.replace("’", "'"))
    return list(dict.fromkeys(word[:MAX_LETTERS] for word in words))[:MAX_WORDS]


def fold(word: str) -> str:
    """Return the word as the search compares it: without capitals and accents."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def stem(word: str) -> str:
    """Return what the singular and the plural of a word begin with."""
    return word[:-1] if len(word) > 4 and word.endswith("s") else word


def stands_for_longer(word: str) -> bool:
    """Tell whether a word is also found as the beginning of another: "postur", but not "hip"."""
    return len(word) >= 4


def only_words(query: str | SearchQuery) -> str | SearchQuery:
    """Return the query without anything but words; the empty string if it has none."""
    if isinstance(query, str):
        return " ".join(words_in(query))
    if isinstance(query, PlainText):
        words = " ".join(words_in(query.query_string))
        return PlainText(words, operator=query.operator) if words else ""
    if isinstance(query, Phrase):
        words = " ".join(words_in(query.query_string))
        return Phrase(words) if words else ""
    if isinstance(query, And | Or):
        parts = [part for part in map(only_words, _parts(query)) if part]
        return type(query)(parts[:MAX_WORDS]) if parts else ""
    return query


def _parts(query: And | Or) -> Iterator[SearchQuery]:
    for part in query.subqueries:
        if type(part) is type(query):
            yield from _parts(part)
        else:
            yield part


class OnlyWords:
    """What the backends for both databases have in common."""

    def _search(self, compiler: type, query: str | SearchQuery, *args: Any, **kwargs: Any) -> Any:
        return super()._search(compiler, only_words(query), *args, **kwargs)  # type: ignore[misc]
