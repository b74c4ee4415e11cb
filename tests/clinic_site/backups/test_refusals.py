"""A backup that is not whole, or not for this place, is refused before anything is changed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from clinic_site.backups.database.schema import why_unfit
from clinic_site.backups.keys import make_backup_key
from clinic_site.backups.writing import back_up
from clinic_site.jobs.models import JobSchedule
from comments.models import CannedReply
from tests import postgresql

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def backup(tmp_path: Path, settings: LazySettings) -> Path:
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "picture.jpg").write_bytes(bytes(range(256)) * 4000)
    CannedReply.objects.create(title="Before", text="Thank you.")
    back_up(tmp_path / "site.age")
    return tmp_path / "site.age"


@pytest.fixture
def _unchanged(backup: Path, settings: LazySettings) -> Iterator[None]:
    CannedReply.objects.create(title="Since", text="Thank you.")
    (settings.MEDIA_ROOT / "since.jpg").write_bytes(b"since")
    yield
    assert CannedReply.objects.filter(title="Since").exists()
    assert (settings.MEDIA_ROOT / "since.jpg").exists()


def refused(path: Path) -> str:
    with pytest.raises(CommandError) as refusal:
        call_command("restore", path, "--yes")
    return str(refusal.value)


@pytest.mark.usefixtures("_unchanged")
def test_each_wrong_file_is_named(backup: Path, settings: LazySettings) -> None:
    whole, wrong = backup.read_bytes(), backup.with_name("wrong.age")
    for content, words in (
        (whole[: len(whole) // 2], "cut off or damaged"),
        (whole[:-1], "cut off or damaged"),
        (whole[:-5000] + b"x" * 5000, "cut off or damaged"),
        (b"PGDMP of somebody else" * 100, "no backup"),
        (b"", "no backup"),
    ):
        wrong.write_bytes(content)
        assert words in refused(wrong)
    assert "no file" in refused(backup.with_name("nowhere.age"))


@pytest.mark.usefixtures("_unchanged")
def test_a_wrong_key_is_told_with_the_names_of_those_tried(
    backup: Path, settings: LazySettings
) -> None:
    settings.BACKUP_KEYS = [make_backup_key()]
    assert "another key" in refused(backup)
    assert "age1" in refused(backup)
    assert "AGE-SECRET-KEY" not in refused(backup)


@pytest.mark.usefixtures("_unchanged")
def test_a_place_without_the_keys_of_the_patients_data_is_refused(
    backup: Path, settings: LazySettings
) -> None:
    settings.ENCRYPTION_KEYS = ["another-key-than-the-one-that-the-site-had-before"]
    assert "ENCRYPTION_KEYS" in refused(backup)


@pytest.mark.usefixtures("_unchanged")
def test_a_database_in_use_is_refused(backup: Path) -> None:
    name = str(connection.settings_dict["NAME"])
    other = (
        psycopg2.connect(postgresql.url_of(name)) if postgresql.server() else sqlite3.connect(name)
    )
    with closing(other), other.cursor() if postgresql.server() else closing(other.cursor()) as cur:
        cur.execute("SELECT count(*) FROM django_migrations")
        cur.fetchall()
        assert "in use" in refused(backup)


def test_tables_of_a_newer_version_are_refused() -> None:
    assert "another version" in why_unfit([("booking", "0999_of_the_future")])
    assert "another version" in why_unfit([("booking", "0001_initial")]), "others are here"


def test_without_a_key_nothing_is_written_and_a_key_is_offered(
    tmp_path: Path, settings: LazySettings
) -> None:
    settings.BACKUP_KEYS = []
    with pytest.raises(CommandError, match="BACKUP_KEYS=AGE-SECRET-KEY-1"):
        call_command("backup", tmp_path / "site.age")
    assert not list(tmp_path.iterdir())


def test_a_backup_that_cannot_be_written_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("backup", tmp_path / "file" / "site.age")
    JobSchedule.objects.all().delete()
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
