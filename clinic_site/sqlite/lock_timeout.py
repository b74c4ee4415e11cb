"""Who may wait for the write lock, and how long."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# For what a page can do without.
HARDLY = 0.1  # seconds


@contextmanager
def lock_timeout(seconds: float) -> Iterator[None]:
    """Have writers in here wait no longer for SQLite's lock. On PostgreSQL it changes nothing."""
    if connection.vendor == "sqlite":
        with connection.lock_timeout(seconds):  # type: ignore[attr-defined]
            yield
    else:
        yield
