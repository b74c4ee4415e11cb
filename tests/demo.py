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

from django.db import connection

from tests import clock, postgresql
from tests.build_cache import ROOT, cached_build, project_files
from tests.database import copy_empty_database

SECRET_KEY = "for-tests-only-and-long-enough-to-satisfy-the-deployment-check"
# It is loaded a while before the tests begin, so that nothing in it lies ahead of their clock.
EARLIER = timedelta(minutes=10)
COMMANDS = [
    ["migrate", "--verbosity", "0"],
    ["collectstatic", "--verbosity", "0", "--no-input"],
    ["load_demo"],
]
# Any number of processes share the work. It was queued a moment ago, by a clock that begins anew
# with each command.
RENDER = (
    "shell",
    "--no-imports",
    "--command",
    "from datetime import timedelta\n"
    "from django.utils import timezone\n"
    "from clinic_site.images.renditions import make_due_renditions\n"
    "make_due_renditions(timezone.now() + timedelta(minutes=5))",
)
TEMPLATE = "clinic_demo"
RUNNING_TEMPLATE = "clinic_running_demo"
_numbers = count(1)


def environment(var: Path, database_url: str = "") -> dict[str, str]:
    """What the site's processes are told; the database is SQLite in `var` without a url."""
    return {
        "PATH": os.environ["PATH"],
        "ENV_FILE": os.devnull,
        "SECRET_KEY": SECRET_KEY,
        "VAR_DIR": str(var),
        "LOG_LEVEL": "WARNING",
        "REQUIRE_SECOND_FACTOR": "false",
        clock.SHIFT: clock.shift(),
    } | ({"DATABASE_URL": database_url} if database_url else {})


@contextmanager
def copied_demo(var: Path, *, for_running: bool = False) -> Iterator[str]:
    """Fill `var` with the demo; yield the url of a database of its own, or "" for SQLite.

    `for_running` has the work done that would keep a worker busy for a minute: the renditions.
    """
    template = RUNNING_TEMPLATE if for_running else TEMPLATE
    shutil.copytree(_kept(template), var, dirs_exist_ok=True)
    if not postgresql.server():
        yield ""
        return
    name = postgresql.database(f"clinic_running_{os.getpid()}_{next(_numbers)}")
    postgresql.create(name, postgresql.database(template))
    try:
        yield postgresql.url_of(name)
    finally:
        postgresql.drop(name)


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


def _kept(template: str) -> Path:
    database = postgresql.database(template) if postgresql.server() else ""
    build = {TEMPLATE: _load, RUNNING_TEMPLATE: _load_and_render}[template]
    return cached_build(
        template, project_files("*"), build, clock.beginning().isoformat(), database
    )


def _load(var: Path) -> None:
    if postgresql.server():
        copy_empty_database(postgresql.database(TEMPLATE))
    else:
        copy_empty_database(str(var / "db.sqlite3"))
    for command in COMMANDS:
        _wait_for(_start(var, TEMPLATE, *command))


def _load_and_render(var: Path) -> None:
    shutil.copytree(_kept(TEMPLATE), var, dirs_exist_ok=True)
    if postgresql.server():
        postgresql.create(postgresql.database(RUNNING_TEMPLATE), postgresql.database(TEMPLATE))
    started = [_start(var, RUNNING_TEMPLATE, *RENDER) for _ in range(os.cpu_count() or 1)]
    for process in started:
        _wait_for(process)


def _start(var: Path, template: str, *command: str) -> subprocess.Popen[bytes]:
    """Start one of the site's commands on what is being made, a while before the tests begin."""
    url = postgresql.url_of(postgresql.database(template)) if postgresql.server() else ""
    told = environment(var, url) | {clock.SHIFT: clock.shift_to(clock.beginning() - EARLIER)}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.clock", "manage.py", *command],
        cwd=ROOT,
        env=told,
        stdout=subprocess.DEVNULL,
    )


def _wait_for(process: subprocess.Popen[bytes]) -> None:
    if process.wait():
        raise subprocess.CalledProcessError(process.returncode, process.args)
