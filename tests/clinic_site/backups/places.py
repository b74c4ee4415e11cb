"""Where backups are restored to, and what they hold."""

import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import LazySettings

from clinic_site.backups.database.tables import TableShape
from clinic_site.backups.reading import Taker, read_backup
from tests import postgresql
from tests.database import copy_empty_database
from tests.demo import connected_to

# What `migrate` writes anew each time, so with other numbers.
NUMBERED_ANEW = "accounts_rolegrant"


class Held(Taker):
    """All rows and files of a backup, in memory."""

    def __init__(self) -> None:
        self.rows: dict[str, list[list[Any]]] = defaultdict(list)
        self.files: dict[str, bytes] = {}

    def take_rows(self, table: TableShape, rows: list[list[Any]]) -> None:
        kinds = list(table.columns.values())
        self.rows[table.name] += [
            [_as_compared(kind, value) for kind, value in zip(kinds, row, strict=True)]
            for row in rows
        ]

    def take_file(self, path: PurePosixPath, file: IO[bytes]) -> None:
        self.files[str(path)] = file.read()


def _as_compared(kind: str, value: Any) -> Any:
    """PostgreSQL keeps no order of the keys of JSON, and no spaces."""
    return json.loads(value) if kind == "JSONField" and value is not None else value


def held_by(path: Path) -> Held:
    held = Held()
    read_backup(path, held)
    held.rows[NUMBERED_ANEW] = sorted([0, *row[1:]] for row in held.rows[NUMBERED_ANEW])
    return held


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@contextmanager
def another_place(var: Path, settings: LazySettings) -> Iterator[Path]:
    """Another machine's folder and database, with the tables made and nothing of a clinic."""
    var.mkdir()
    settings.VAR_DIR, settings.MEDIA_ROOT = var, var / "media"
    if not postgresql.server():
        copy_empty_database(str(var / "db.sqlite3"))
        with connected_to(var, ""):
            yield var
        return
    name = postgresql.database("clinic_restored")
    copy_empty_database(name)
    try:
        with connected_to(var, postgresql.url_of(name)):
            yield var
    finally:
        postgresql.drop(name)
