"""The personal data that the site holds. Each app says what it holds; the privacy page prints it.

Nothing is held that is not registered here: an app registers its records when it starts. A test
fails for a column of text that is neither in a record nor said to be about nobody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from clinic_site.privacy.tables import PersonalDataTable, Words

Columns = Mapping[str, str]  # "app.Model" -> names of its fields, with spaces between


@dataclass(frozen=True)
class PersonalDataRecord:
    """One kind of personal data, in words for the person whom it is about."""

    what: Words
    why: Words
    seen_by: Words
    until: Words
    # Where it lies. A table is found, handed over and erased by its `PersonalDataTable`, or with
    # the row of another one that it cannot be without.
    columns: Columns = field(default_factory=dict, hash=False)
    # Which of its columns can be read by whoever gets hold of the database, and why. All others are
    # encrypted, or hashes that nobody turns back.
    readable: Columns = field(default_factory=dict, hash=False)
    readable_because: Words = ""
    # Why nobody is found by it, if it can be told of nobody whose it is.
    untraceable: Words = ""


_records: list[PersonalDataRecord] = []
_tables: list[PersonalDataTable[Any]] = []
_not_personal: dict[str, set[str]] = {}


def register_personal_data(
    *records: PersonalDataRecord,
    tables: Iterable[PersonalDataTable[Any]] = (),
    not_personal: Columns | None = None,
) -> None:
    """Add to what is held, and to the columns of text that tell of nobody.

    Registering the same again changes nothing.
    """
    _records.extend(record for record in records if record not in _records)
    _tables.extend(table for table in tables if table not in _tables)
    for label, names in (not_personal or {}).items():
        _not_personal.setdefault(label, set()).update(names.split())


def personal_data_records() -> tuple[PersonalDataRecord, ...]:
    """Return what all apps have registered, in the order of the apps."""
    return tuple(_records)


def personal_data_tables() -> tuple[PersonalDataTable[Any], ...]:
    """Return the tables whose rows belong to somebody, in the order of the apps."""
    return tuple(_tables)


def not_personal_columns() -> Mapping[str, set[str]]:
    """Return the columns of text that tell of nobody, by model."""
    return _not_personal
