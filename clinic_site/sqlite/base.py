"""The name of this module is what Django asks of a database backend."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.sqlite3 import base
from django.utils.functional import cached_property

from clinic_site.sqlite.write_lock import PATIENCE, WriteLockQueue


class DatabaseFeatures(base.DatabaseFeatures):  # type: ignore[name-defined]
    @cached_property
    def max_query_params(self) -> int:
        """What SQLite itself takes: Django's 999 would break up what is one insert elsewhere."""
        self.connection.ensure_connection()
        limit: int = self.connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        return limit


# One database has one lock, and a process one database.
_line = WriteLockQueue()


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
    patience = PATIENCE  # seconds for which whoever begins to write waits for the lock

    @contextmanager
    def lock_timeout(self, seconds: float) -> Iterator[None]:
        self.ensure_connection()
        self._wait(seconds)
        try:
            yield
        finally:
            self._wait(PATIENCE)

    def _start_transaction_under_autocommit(self) -> None:
        _line.pass_through(self._begin, self.patience)

    def _begin(self, seconds: float) -> None:
        self._set_busy_timeout(seconds)
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        finally:
            self._set_busy_timeout(self.patience)

    def _wait(self, seconds: float) -> None:
        self.patience = seconds
        self._set_busy_timeout(seconds)

    def _set_busy_timeout(self, seconds: float) -> None:
        # Past Django's cursor: this is no query of anybody's.
        self.connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")
