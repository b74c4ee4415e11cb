"""The empty test database on SQLite: migrated once, and copied for each process of the tests."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests import clock
from tests.build_cache import ROOT, cached_build, project_files

# What a new database holds comes from the migrations, and from what runs after them.
SOURCES = ["migrations/*.py", "apps.py", "rights.py", "roles.py"]
NAME = "empty.sqlite3"


def empty_database() -> Path:
    """Return the file of a database that is migrated and holds nothing else."""
    return cached_build("database", project_files(*SOURCES), _migrate) / NAME


def copy_empty_database(to: Path) -> None:
    shutil.copy(empty_database(), to)


def _migrate(folder: Path) -> None:
    told = os.environ | {
        "TEST_DATABASE_URL": f"sqlite:///{folder / NAME}",
        clock.SHIFT: clock.shift_to(clock.LONG_AGO),
    }
    command = ["manage.py", "migrate", "--verbosity", "0", "--settings", "tests.settings"]
    subprocess.run([sys.executable, "-m", "tests.clock", *command], cwd=ROOT, env=told, check=True)
