"""A site goes from SQLite to PostgreSQL and back by its backup, with every row of every table."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from tests import clock, postgresql
from tests.build_cache import ROOT
from tests.clinic_site.backups.conftest import KEY
from tests.clinic_site.backups.places import held_by
from tests.demo import copied_demo, environment

SERVER = os.environ.get("TEST_POSTGRES_URL", "")

pytestmark = [
    pytest.mark.processes,
    pytest.mark.any_database,
    pytest.mark.skipif(not SERVER, reason="TEST_POSTGRES_URL names no server"),
]


def run(var: Path, url: str, *command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.clock", "manage.py", *command],
        cwd=ROOT,
        env=environment(var, url) | {"BACKUP_KEYS": KEY},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def empty_postgresql() -> Iterator[str]:
    """A database on the server with nothing in it, not even tables."""
    name = f"clinic_moved_{clock.run_name()}"
    server = psycopg2.connect(SERVER)
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        yield urlsplit(SERVER)._replace(path=f"/{name}").geturl()
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    server.close()


@pytest.mark.skipif(bool(postgresql.server()), reason="begins on SQLite")
def test_a_site_moves_to_postgresql_and_back(tmp_path: Path, empty_postgresql: str) -> None:
    first, second, third = (tmp_path / name for name in ("first", "second", "third"))
    with copied_demo(first):
        run(first, "", "backup", str(first / "site.age"))
    for place, url, came_from in ((second, empty_postgresql, first), (third, "", second)):
        place.mkdir()
        (place / "static").symlink_to(first / "static")
        run(place, url, "restore", str(came_from / "site.age"), "--yes")
        run(place, url, "backup", str(place / "site.age"))
    held = held_by(first / "site.age")
    assert len(held.rows["booking_appointment"]) > 20
    for place in (second, third):
        moved = held_by(place / "site.age")
        for held_in in (held, moved):
            held_in.rows.pop("images_siterendition", None)  # the last look at the pages makes some
        assert moved.rows.keys() == held.rows.keys()
        assert [name for name in held.rows if moved.rows[name] != held.rows[name]] == []
        assert moved.files.items() >= held.files.items()
