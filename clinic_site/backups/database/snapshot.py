"""All tables as they are at one moment, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

BEGIN = {
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    "sqlite": "BEGIN DEFERRED",  # not as others here begin: it holds up no writer
}


@contextmanager
def snapshot() -> Iterator[BaseDatabaseWrapper]:
    """Yield a connection of its own that sees nothing of what is written from now on."""
    reading = connection.copy()
    try:
        with reading.cursor() as cursor:
            cursor.execute(BEGIN[reading.vendor])
            # The moment is that of the first look.
            cursor.execute(f"SELECT count(*) FROM {MigrationRecorder.Migration._meta.db_table}")  # noqa: S608
            cursor.fetchone()
        yield reading
    finally:
        reading.close()
