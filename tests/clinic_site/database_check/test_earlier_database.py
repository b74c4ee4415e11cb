"""A database from before the first release is named as such, and stays as it is."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
MIGRATED = [
    ("contenttypes", "0001_initial"),
    ("auth", "0001_initial"),
    ("clinic_site", "0001_initial"),
    ("wagtailcore", "0001_squashed_0016_change_page_url_path_to_text_field"),
    ("clinic_site", "0002_home_page"),
    ("blog", "0001_initial"),
    ("booking", "0001_initial"),
]

pytestmark = pytest.mark.processes


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """A database of the old shape, with a clinic in it."""
    file = tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(file)) as database, database:
        database.executescript(
            """
            CREATE TABLE django_migrations (
                id integer PRIMARY KEY AUTOINCREMENT, app varchar(255) NOT NULL,
                name varchar(255) NOT NULL, applied datetime NOT NULL
            );
            CREATE TABLE clinic_site_clinicdetails (id integer PRIMARY KEY, name varchar(100));
            INSERT INTO clinic_site_clinicdetails VALUES (1, 'Motion Unlimited');
            """
        )
        database.executemany(
            "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, '2026-11-01')",
            MIGRATED,
        )
    return file


def everything_in(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as database:
        return list(database.iterdump())


def start(earlier: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "ENV_FILE": os.devnull,
        "SECRET_KEY": "long-enough-and-only-for-this-test-of-an-earlier-database",
        "VAR_DIR": str(earlier.parent),
        "WEB_CONCURRENCY": "1",
        "BIND": f"unix:{earlier.parent}/site.socket",
    }
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "migrate"],
        ["manage.py", "worker", "--once"],
        ["-m", "gunicorn", "--config", "gunicorn.conf.py", "clinic_site.wsgi"],
    ],
    ids=["migrate", "worker", "site"],
)
def test_whoever_starts_on_an_earlier_database_is_told_what_to_do_and_nothing_changes(
    earlier: Path, command: list[str]
) -> None:
    before = everything_in(earlier)
    ended = start(earlier, *command)
    assert ended.returncode not in (0, None)
    assert "made by a version from before the first release" in ended.stderr
    assert "start with an empty database" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert everything_in(earlier) == before


@pytest.mark.django_db
def test_the_database_of_this_version_is_no_earlier_one() -> None:
    from clinic_site.database_check.earlier_database import check_that_current, is_earlier

    assert not is_earlier()
    assert check_that_current(databases=["default"]) == []
