"""A query is words and nothing else, in the admin as on the site, on either database.

Both databases have a query language of their own, and Wagtail lets parts of it through:
on SQLite a quote is an error, on PostgreSQL a NUL or a very long word is.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from modelsearch.query import And, Or, Phrase, PlainText, SearchQuery

from clinic_site.search.words import MAX_WORDS, Compound, Word, query_terms, spell

NOWHERE = "x"  # no word is spelled so


class AnyOf(PlainText):
    """Several queries in words; what any of them finds is found."""

    def __init__(self, queries: Sequence[str], operator: str = "and") -> None:
        super().__init__(queries[0], operator)
        self.queries = queries


class Signs(NamedTuple):
    """The signs of a database's query language."""

    both: str
    either: str
    beginning: str


def in_signs(query: PlainText, signs: Signs, *, beginnings: bool) -> str:
    """Return the query in a database's language; with `beginnings`, any word may go on."""
    both = (query.operator or "and").lower() == "and"
    between = signs.both if both else signs.either
    texts = query.queries if isinstance(query, AnyOf) else [query.query_string]
    found = [
        between.join(_compound(one, signs, beginnings) for one in query_terms(text))
        for text in texts
    ]
    return signs.either.join(f"({one})" for one in found if one) or NOWHERE


def _compound(compound: Compound, signs: Signs, beginnings: bool) -> str:
    parts = signs.both.join(_word(part, signs, beginnings) for part in compound.parts)
    if len(compound.parts) == 1:
        return parts
    return f"(({parts}){signs.either}{_word(compound.whole, signs, beginnings)})"


def _word(word: Word, signs: Signs, beginnings: bool) -> str:
    go_on = beginnings or word.stands_for_longer
    written = f"{spell(word.written)}{signs.beginning if go_on else ''}"
    return f"({spell(word.stem)}{signs.either}{written})"


def only_words(query: str | SearchQuery) -> str | SearchQuery:
    """Return the query without anything but words; the empty string if it has none."""
    if isinstance(query, str):
        return query if query_terms(query) else ""
    if isinstance(query, AnyOf):
        queries = [text for text in query.queries if query_terms(text)]
        return AnyOf(queries, query.operator) if queries else ""
    if isinstance(query, PlainText | Phrase):
        operator = getattr(query, "operator", "and")
        return (
            PlainText(query.query_string, operator=operator)
            if query_terms(query.query_string)
            else ""
        )
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

    def _search(self, compiler: type, query: Any, *args: Any, **kwargs: Any) -> Any:
        kwargs.pop("fields", None)  # the index has what is searched; columns have other words
        return super()._search(compiler, only_words(query), *args, **kwargs)  # type: ignore[misc]
