"""Columns that keep the words of another one, so that lists find them as the search does.

Databases fold letters each in its own way (SQLite knows no capital É). What is kept here is read
already: " emili ozturk emilie ", by which "ÖZT" is found as the beginning of a word.
"""

from functools import reduce
from operator import and_
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Q

from clinic_site.search.words import Compound, Word, index_words, query_terms

Model = TypeVar("Model", bound=models.Model)


class SearchWordsField(models.TextField):
    """The words of the text in the column `of`, kept by `save`, `bulk_create` and `update`."""

    def __init__(self, *, of: str, **kwargs: Any) -> None:
        self.of = of
        for name, value in {"editable": False, "blank": True, "default": ""}.items():
            kwargs.setdefault(name, value)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        words = self.words_of(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, words)
        return words

    def words_of(self, text: str) -> str:
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


def _words_fields(model: type[models.Model]) -> list[str]:
    return [field.name for field in model._meta.fields if isinstance(field, SearchWordsField)]


class SearchWordsQuerySet(models.QuerySet[Model]):
    """Keeps the words of what it updates, and finds by them."""

    def having(self, column: str, query: str) -> Q:
        """Return the condition that a `SearchWordsField` has the words of `query`."""
        return self._words_field(column).having(query)

    def update(self, **fields: Any) -> int:
        kept = [
            field
            for field in self.model._meta.fields
            if isinstance(field, SearchWordsField) and field.of in fields
        ]
        known = [field for field in kept if isinstance(fields[field.of], str)]
        fields |= {field.name: field.words_of(fields[field.of]) for field in known}
        if len(known) == len(kept):
            return super().update(**fields)
        return self._update_and_read_again(fields)

    def _update_and_read_again(self, fields: dict[str, Any]) -> int:
        """Let the database work texts out, and keep the words of what has come of it."""
        keys = list(self.values_list("pk", flat=True))
        with transaction.atomic(using=self.db):
            updated = super().update(**fields)
            for row in self.model._default_manager.using(self.db).filter(pk__in=keys):
                row.save(update_fields=[*_words_fields(self.model)])
        return updated

    def _words_field(self, column: str) -> SearchWordsField:
        field = self.model._meta.get_field(column)
        assert isinstance(field, SearchWordsField)  # noqa: S101
        return field
