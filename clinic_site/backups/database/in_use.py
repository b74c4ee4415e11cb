"""Whether anybody else has the database open: it is not replaced under a site that runs."""

import sqlite3
from pathlib import Path

from django.db import connection


def others_connected() -> str:
    """Say who else uses the database, or nothing."""
    if connection.vendor == "postgresql":
        return _others_on_server()
    connection.close()
    return _others_on_file(str(connection.settings_dict["NAME"]))


def _others_on_server() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        (count,) = cursor.fetchone()
    return f"{count} other connections" if count else ""


def _others_on_file(name: str) -> str:
    """Whoever has SQLite's log open keeps a lock, idle or not, that this one would need."""
    if not Path(name).exists():
        return ""
    alone = sqlite3.connect(name, timeout=0, isolation_level=None)
    try:
        alone.execute("PRAGMA locking_mode=EXCLUSIVE")
        alone.execute("BEGIN EXCLUSIVE")
        alone.execute("ROLLBACK")
    except sqlite3.OperationalError:
        return "another program"
    finally:
        alone.close()
    return ""
