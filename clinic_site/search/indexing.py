"""What goes into the index: the words of a text as `clinic_site.search.words` reads them."""

from collections.abc import Iterable
from copy import copy
from typing import Any

from django.db.models import Model
from django.utils.encoding import force_str
from modelsearch.index import BaseField, FilterField, RelatedFields

from clinic_site.search.words import index_text


class AnalyzedIndex:
    """The index of either database, given words that are read already."""

    def add_items(self, model: type[Model], objs: Iterable[Model]) -> None:
        super().add_items(model, list(map(Analyzed, objs)))  # type: ignore[misc]


class Analyzed:
    """Stands in for a record while it is indexed."""

    def __init__(self, record: Any) -> None:
        self.pk = record.pk
        self.record = record

    def get_search_fields(self) -> list[Any]:
        fields = self.record.get_search_fields()
        return [_analyzed(field, self.record) for field in fields]


def _analyzed(field: Any, record: Model | None = None) -> Any:
    """Return a search field that gives the words of its text; of `record`, if that is known."""
    twin = copy(field)
    if isinstance(field, RelatedFields):
        twin.fields = [_analyzed(one) for one in field.fields]
        twin.get_value = lambda one: field.get_value(record or one)
    elif isinstance(field, BaseField) and not isinstance(field, FilterField):
        twin.get_value = lambda one: index_text(text_of(field.get_value(record or one)))
    return twin


def text_of(value: Any) -> str:
    """Return what a field that is searched says."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return "\n".join(map(text_of, value))
    return force_str(value)
