"""Every table of the site: which there are, their rows read in a stream and written in batches."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.apps import apps
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from clinic_site.backups.database.values import column_kind, reader, writer

# Made from the other tables, and different on each database.
MADE_ANEW = {"wagtailsearch"}
# Who is signed in; a backup that is brought back signs nobody in.
LEFT_EMPTY = {"django_session"}
BATCH = 100  # rows of one INSERT
CHUNK = 256 * 1024  # characters of JSON that are in memory at a time


@dataclass(frozen=True)
class TableShape:
    """One as a backup describes it: its columns in their order, with the kind of each."""

    name: str
    key: str
    columns: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def models_backed_up() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.app_label not in MADE_ANEW
        and model._meta.db_table not in LEFT_EMPTY
    ]


def table_of(model: type[Model]) -> TableShape:
    columns = {str(field.column): column_kind(field) for field in model._meta.local_concrete_fields}
    return TableShape(model._meta.db_table, str(model._meta.pk.column), columns)


def chunks_of_rows(
    model: type[Model], connection: BaseDatabaseWrapper
) -> Iterator[tuple[int, bytes]]:
    """Yield the rows by their key as lines of JSON, some at a time, and how many they are."""
    lines: list[str] = []
    size = 0
    for row in _rows(model, connection):
        lines.append(json.dumps(row, separators=(",", ":")))
        size += len(lines[-1])
        if size > CHUNK:
            yield len(lines), _joined(lines)
            lines, size = [], 0
    if lines:
        yield len(lines), _joined(lines)


def _joined(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _rows(model: type[Model], connection: BaseDatabaseWrapper) -> Iterator[list[Any]]:
    table, quote = table_of(model), connection.ops.quote_name
    readers = [reader(field, connection) for field in model._meta.local_concrete_fields]
    columns = ", ".join(map(quote, table.columns))
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM {quote(table.name)} ORDER BY {quote(table.key)}"  # noqa: S608
        )
        while rows := cursor.fetchmany(500):
            for row in rows:
                yield [read(value) for read, value in zip(readers, row, strict=True)]


def insert(table: TableShape, rows: Iterable[list[Any]], connection: BaseDatabaseWrapper) -> None:
    """Write rows past all models and signals: they are what they were."""
    quote = connection.ops.quote_name
    writers = [writer(kind, connection) for kind in table.columns.values()]
    values = [[write(value) for write, value in zip(writers, row, strict=True)] for row in rows]
    columns = ", ".join(map(quote, table.columns))
    place = f"({', '.join(['%s'] * len(table.columns))})"
    with connection.cursor() as cursor:
        for start in range(0, len(values), BATCH):
            batch = values[start : start + BATCH]
            cursor.execute(
                f"INSERT INTO {quote(table.name)} ({columns}) VALUES "  # noqa: S608
                + ", ".join([place] * len(batch)),
                [value for row in batch for value in row],
            )


def empty_every_table(connection: BaseDatabaseWrapper) -> None:
    """Take all rows away, in the transaction that is under way."""
    quote = connection.ops.quote_name
    names = [
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not _is_index_of_words(model)
    ]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL lock_timeout = '5s'")
            cursor.execute(f"TRUNCATE {', '.join(map(quote, names))}")
        else:
            for name in names:
                cursor.execute(f"DELETE FROM {quote(name)}")  # noqa: S608


def _is_index_of_words(model: type[Model]) -> bool:
    """SQLite's triggers empty it with the table that it is made from."""
    return model._meta.db_table.endswith("_fts")


def count_rows(table: TableShape, connection: BaseDatabaseWrapper) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table.name)}")  # noqa: S608
        (count,) = cursor.fetchone()
    return int(count)
