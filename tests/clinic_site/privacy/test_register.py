"""Nothing is held that is not registered: by structure, for every table that there is."""

from collections import Counter
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models

from clinic_site.privacy.encryption import BlindIndexField, EncryptedTextField
from clinic_site.privacy.register import (
    not_personal_columns,
    personal_data_records,
    personal_data_tables,
)
from clinic_site.search.kept_columns import KeptColumn

# Tables of the next Wagtail, which the suite runs on as well.
ONLY_IN_THE_NEXT = {"wagtailcore.APIToken"}
# What can hold words that somebody typed.
TEXT = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.FileField,
    models.GenericIPAddressField,
)


def columns_of_text() -> set[str]:
    """Every column that could hold somebody's words. What keeps another's words goes with it."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label != "django_migration_linter"
        for field in model._meta.local_fields
        if isinstance(field, TEXT) and not field.choices and not isinstance(field, KeptColumn)
    }


def is_here(label: str, name: str = "") -> bool:
    """Tell whether this database has it: each has columns of its own for the search."""
    if label in ONLY_IN_THE_NEXT:
        return label in {model._meta.label for model in apps.get_models()}
    if not label.startswith("wagtailsearch."):
        return True
    models_here = {model._meta.label: model for model in apps.get_models()}
    fields = models_here[label]._meta.fields if label in models_here else []
    return any(name in ("", field.name) for field in fields)


def personal() -> list[str]:
    return [
        f"{label}.{name}"
        for record in personal_data_records()
        for label, names in record.columns.items()
        for name in names.split()
        if is_here(label, name)
    ]


def not_personal() -> set[str]:
    return {
        f"{label}.{name}"
        for label, names in not_personal_columns().items()
        for name in names
        if is_here(label, name)
    }


def test_every_column_of_text_is_registered_by_its_app() -> None:
    """A new column makes this fail until its app says whose it is, or that it is nobody's."""
    assert sorted(columns_of_text() - {*personal()} - not_personal()) == []


def test_no_column_is_registered_that_does_not_exist() -> None:
    missing = []
    for column in {*personal(), *not_personal()}:
        label, _dot, name = column.rpartition(".")
        try:
            apps.get_model(label)._meta.get_field(name)
        except LookupError:
            missing.append(column)
    assert missing == []


def test_no_column_is_told_of_twice_or_both_ways() -> None:
    assert [column for column, times in Counter(personal()).items() if times > 1] == []
    assert {*personal()} & not_personal() == set()


def is_unreadable(label: str, name: str) -> bool:
    """Tell whether the database alone tells nothing of what is in a column."""
    if name.endswith("_hash"):
        return True
    field = apps.get_model(label)._meta.get_field(name)
    return isinstance(field, EncryptedTextField | BlindIndexField)


@pytest.mark.parametrize("record", personal_data_records(), ids=lambda record: str(record.what))
def test_what_is_told_in_confidence_cannot_be_read_in_the_database(record: Any) -> None:
    """A new column is encrypted, or its app says that it is readable, and why."""
    readable = {
        label: {name for name in names.split() if is_here(label, name)}
        for label, names in record.readable.items()
        if is_here(label)
    }
    found = {
        label: {
            name
            for name in names.split()
            if is_here(label, name) and not is_unreadable(label, name)
        }
        for label, names in record.columns.items()
        if is_here(label)
    }
    assert {label: names for label, names in found.items() if names} == readable
    assert bool(record.readable) == bool(record.readable_because)


def goes_with(model: type[models.Model], seen: frozenset[Any] = frozenset()) -> bool:
    """Tell whether a row is erased with one that somebody is found by."""
    if model in {table.model for table in personal_data_tables()}:
        return True
    if any(isinstance(part, GenericForeignKey) for part in model._meta.private_fields):
        return True  # Wagtail's versions and index, which the page's own table heeds
    above = [
        field.related_model
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete is models.CASCADE
        and field.related_model not in seen
    ]
    return any(goes_with(parent, seen | {model}) for parent in above)


@pytest.mark.parametrize("record", personal_data_records(), ids=lambda record: str(record.what))
def test_whoever_asks_is_found_in_every_table(record: Any) -> None:
    """Or the record says why it can be told of nobody whose it is."""
    if record.untraceable:
        return
    for label in filter(is_here, record.columns):
        assert goes_with(apps.get_model(label)), label
