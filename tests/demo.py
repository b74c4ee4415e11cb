"""The demo clinic, loaded once by the site's own commands and copied wherever a test needs it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from django.db import connection

from tests import clock
from tests.build_cache import ROOT, cached_build, project_files

SECRET_KEY = "for-tests-only-and-long-enough-to-satisfy-the-deployment-check"
# It is loaded a while before the tests begin, so that nothing in it lies ahead of their clock.
EARLIER = timedelta(minutes=10)
COMMANDS = [
    ["migrate", "--verbosity", "0"],
    ["collectstatic", "--verbosity", "0", "--no-input"],
    ["load_demo"],
]
_numbers = count(1)


def environment(var: Path, database_url: str = "") -> dict[str, str]:
    """What the site's processes are told; the database is SQLite in `var` without a url."""
    return {
        "PATH": os.environ["PATH"],
        "ENV_FILE": os.devnull,
        "SECRET_KEY": SECRET_KEY,
        "VAR_DIR": str(var),
        "LOG_LEVEL": "WARNING",
        clock.SHIFT: clock.shift(),
    } | ({"DATABASE_URL": database_url} if database_url else {})


@contextmanager
def copied_demo(var: Path) -> Iterator[str]:
    """Fill `var` with the demo; yield the url of a database of its own, or "" for SQLite."""
    server = os.environ.get("TEST_DATABASE_URL")
    template = _database("clinic_demo") if server else ""
    folder = cached_build(
        "demo", project_files("*"), _load, clock.beginning().isoformat(), template
    )
    shutil.copytree(folder, var, dirs_exist_ok=True)
    if not server:
        yield ""
        return
    name = _database(f"clinic_running_{os.getpid()}_{next(_numbers)}")
    _tell(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield _url(server, name)
    finally:
        _tell(server, f"DROP DATABASE {name} WITH (FORCE)")


def drop_template() -> None:
    """Take the run's template off the server; SQLite's is kept for the next run."""
    if server := os.environ.get("TEST_DATABASE_URL"):
        _tell(server, f"DROP DATABASE IF EXISTS {_database('clinic_demo')}")


@contextmanager
def connected_to(var: Path, database_url: str) -> Iterator[None]:
    """Use what `copied_demo` has made as this process's own database."""
    database = urlsplit(database_url).path.lstrip("/") or str(var / "db.sqlite3")
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual


def _load(var: Path) -> None:
    url = ""
    if server := os.environ.get("TEST_DATABASE_URL"):
        name = _database("clinic_demo")
        _tell(server, f"DROP DATABASE IF EXISTS {name}")  # of a load that failed
        _tell(server, f"CREATE DATABASE {name}")
        url = _url(server, name)
    told = environment(var, url) | {clock.SHIFT: clock.shift_to(clock.beginning() - EARLIER)}
    for command in COMMANDS:
        subprocess.run(
            [sys.executable, "-m", "tests.clock", "manage.py", *command],
            cwd=ROOT,
            env=told,
            check=True,
            stdout=subprocess.DEVNULL,
        )


def _database(name: str) -> str:
    """A name on the server that is this run's alone."""
    return f"{name}_{clock.run_name()}"


def _url(server: str, name: str) -> str:
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def _tell(server: str, command: str) -> None:
    database = psycopg2.connect(server)
    database.autocommit = True
    with database.cursor() as cursor:
        cursor.execute(command)
    database.close()
