"""The empty test database: migrated once, and copied for each process of the tests."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests import clock, postgresql
from tests.build_cache import ROOT, cached_build, project_files

# What a new database holds comes from the migrations, and from what runs after them.
SOURCES = ["migrations/*.py", "apps.py", "permissions.py", "roles.py"]
FILE, TEMPLATE = "empty.sqlite3", "clinic_empty"


def copy_empty_database(to: str) -> None:
    """Make an empty database: on SQLite the file `to`, on PostgreSQL one of that name."""
    if postgresql.server():
        template = postgresql.database(TEMPLATE)
        cached_build("database", project_files(*SOURCES), _migrate_template, template)
        postgresql.create(to, template)
    else:
        folder = cached_build("database", project_files(*SOURCES), _migrate_file)
        shutil.copy(folder / FILE, to)


def _migrate_template(_folder: Path) -> None:
    template = postgresql.database(TEMPLATE)
    postgresql.create(template)
    _migrate(postgresql.url_of(template))


def _migrate_file(folder: Path) -> None:
    _migrate(f"sqlite:///{folder / FILE}")


def _migrate(url: str) -> None:
    told = os.environ | {
        "TEST_DATABASE_URL": url,
        clock.SHIFT: clock.shift_to(clock.LONG_AGO),
    }
    command = ["manage.py", "migrate", "--verbosity", "0", "--settings", "tests.settings"]
    subprocess.run([sys.executable, "-m", "tests.clock", *command], cwd=ROOT, env=told, check=True)
