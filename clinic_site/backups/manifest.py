"""What a backup says of itself: first of how it was made, last of how much there is."""

import json
import tomllib
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from clinic_site.backups.database.tables import TableShape, models_backed_up, table_of
from clinic_site.backups.refusals import NotWhole
from clinic_site.privacy.models import KeyCheck

FORMAT = 1
FIRST, LAST = "manifest.json", "end.json"  # names in the tar file


@dataclass(frozen=True)
class Manifest:
    made_at: str  # UTC
    version: str  # of the site's code
    database: str  # its vendor
    site: str  # its address
    key_ids: list[str]  # of ENCRYPTION_KEYS without which it cannot be read
    migrations: list[tuple[str, str]]
    tables: dict[str, TableShape]

    def as_json(self) -> bytes:
        return json.dumps({"format": FORMAT} | asdict(self), indent=1).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Manifest":
        told = json.loads(text)
        if told.pop("format", None) != FORMAT:
            raise NotWhole("The backup was made by a newer version of this site.")
        told["migrations"] = [(app, name) for app, name in told["migrations"]]
        told["tables"] = {name: TableShape(**table) for name, table in told["tables"].items()}
        return cls(**told)


@dataclass
class Contents:
    """How much a backup holds, counted as it was written or as it is read."""

    rows: dict[str, int] = field(default_factory=dict)  # by the name of the table
    files: int = 0
    size: int = 0  # of the files, in bytes
    last_numbers: dict[str, int] = field(default_factory=dict)

    def as_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Contents":
        return cls(**json.loads(text))

    def add_rows(self, table: str, count: int) -> None:
        self.rows[table] = self.rows.get(table, 0) + count

    def in_words(self) -> str:
        megabytes = f"{self.size / 1024**2:,.1f} MB"
        return f"{sum(self.rows.values()):,} rows and {self.files:,} files ({megabytes})"


def manifest_of(connection: BaseDatabaseWrapper, now: datetime) -> Manifest:
    return Manifest(
        made_at=now.isoformat(timespec="seconds"),
        version=site_version(),
        database=connection.vendor,
        site=settings.BASE_URL,
        key_ids=_key_ids(connection),
        migrations=sorted(MigrationRecorder(connection).applied_migrations()),
        tables={model._meta.db_table: table_of(model) for model in models_backed_up()},
    )


@cache
def site_version() -> str:
    project: dict[str, Any] = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())
    return str(project["project"]["version"])


def _key_ids(connection: BaseDatabaseWrapper) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT key_id FROM {KeyCheck._meta.db_table} ORDER BY id")  # noqa: S608
        return [key_id for (key_id,) in cursor.fetchall()]
