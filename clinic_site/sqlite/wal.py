"""What was deleted is gone from the files, and not only from the tables.

`secure_delete` (see `settings`) writes zeros over it in the database. What is left is the
write-ahead log, where pages stand as they were until it is emptied.
"""

from datetime import datetime

from django.db import OperationalError, connection, transaction

from clinic_site.sqlite.lock_timeout import lock_timeout

WAIT = 1  # second, for whoever is in the way


def empty_log_after_commit() -> None:
    """Have the write-ahead log emptied once this transaction is stored.

    If somebody reads or writes at that moment the worker does it, within a minute.
    """
    transaction.on_commit(checkpoint_wal)


def checkpoint_wal(now: datetime | None = None) -> bool:
    """Bring the write-ahead log into the database and empty it; tell whether nobody was in the way.

    PostgreSQL has none that a clinic could empty. Inside a transaction nothing is done.
    """
    if connection.vendor != "sqlite":
        return True
    if connection.in_atomic_block:
        return False
    try:
        with lock_timeout(WAIT), connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, _pages, _moved = cursor.fetchone()
    except OperationalError:  # this very connection has not read an answer to its end
        return False
    return not busy
