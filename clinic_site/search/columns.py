"""Columns that keep the words of another one, so that lists find them as the search does.

Databases fold letters each in its own way (SQLite knows no capital É). What is kept here is read
already: " emili ozturk emilie ", by which "ÖZT" is found as the beginning of a word.
"""

from functools import reduce
from operator import and_
from typing import TypeVar

from django.db import models
from django.db.models import Q

from clinic_site.search.kept_columns import KeptColumn, KeptColumnsQuerySet
from clinic_site.search.words import Compound, Word, index_words, query_terms

Model = TypeVar("Model", bound=models.Model)


class SearchWordsField(KeptColumn, models.TextField):
    """The words of the text in the column `of`, kept by `save`, `bulk_create` and `update`."""

    def kept_of(self, text: str) -> str:
        words = index_words(text)
        return f" {' '.join(words)} " if words else ""

    def having(self, query: str) -> Q:
        """Return what has all words of `query`, the last letters of any still to come."""
        found = [self._having_compound(compound) for compound in query_terms(query)]
        return reduce(and_, found) if found else Q(pk__in=[])

    def _having_compound(self, compound: Compound) -> Q:
        apart = reduce(and_, map(self._having, compound.parts))
        return apart if len(compound.parts) == 1 else apart | self._having(compound.whole)

    def _having(self, word: Word) -> Q:
        column = f"{self.name}__contains"
        return Q(**{column: f" {word.written}"}) | Q(**{column: f" {word.stem} "})


class SearchWordsQuerySet(KeptColumnsQuerySet[Model]):
    """Keeps the words of what it updates, and finds by them."""

    def having(self, column: str, query: str) -> Q:
        """Return the condition that a `SearchWordsField` has the words of `query`."""
        return self._words_field(column).having(query)

    def _words_field(self, column: str) -> SearchWordsField:
        field = self.model._meta.get_field(column)
        assert isinstance(field, SearchWordsField)  # noqa: S101
        return field
