"""Searches that mean the same, by the synonyms that editors keep."""

from typing import NamedTuple

from blog.models import SearchSynonym
from clinic_site.page_cache.memo import memoized_until_invalidated
from clinic_site.search.words import COMPOUND, analyzed

MOST_VARIANTS = 8  # of one query, itself included

Stems = tuple[str, ...]


class Synonym(NamedTuple):
    typed: Stems
    means: tuple[str, ...]


def variants(query: str) -> list[str]:
    """Return `query`, and what it says with the words of the pages in place of those typed."""
    known = memoized_until_invalidated("search.synonyms", _read_synonyms)
    return variants_by(query, known)


def variants_by(query: str, synonyms: list[Synonym]) -> list[str]:
    found = [query]
    for synonym in synonyms:
        found += [
            other
            for variant in found
            for means in synonym.means
            if (other := _replaced(variant, synonym.typed, means)) and other not in found
        ]
        if len(found) >= MOST_VARIANTS:
            break
    return list(dict.fromkeys(found))[:MOST_VARIANTS]


def _replaced(query: str, typed: Stems, means: str) -> str | None:
    """Return the query with `means` where it says `typed`; None if it does not."""
    words = COMPOUND.findall(query)
    stems = [_stems(word) for word in words]
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            if sum(stems[start:end], ()) == typed:
                return " ".join([*words[:start], means, *words[end:]])
    return None


def _stems(text: str) -> Stems:
    return tuple(part.stem for compound in analyzed(text) for part in compound.parts)


def _read_synonyms() -> list[Synonym]:
    return [
        Synonym(_stems(typed), tuple(part.strip() for part in means.split(",") if part.strip()))
        for typed, means in SearchSynonym.objects.values_list("typed", "means")
    ]
