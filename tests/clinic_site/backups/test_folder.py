"""The worker backs up each night into a folder, and keeps as many as it is told to."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import LazySettings
from django.utils import timezone

from clinic_site.backups import folder
from clinic_site.backups.folder import back_up_if_due, backups, last_backup_at, last_night
from clinic_site.backups.refusals import BackupError
from clinic_site.jobs.models import JobStatus

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def backup_dir(tmp_path: Path, settings: LazySettings) -> Path:
    settings.BACKUP_DIR, settings.BACKUP_KEEP = tmp_path / "backups", 2
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "backups"


def test_one_is_made_each_night_and_the_oldest_goes(
    backup_dir: Path, still_clock: time_machine.Traveller
) -> None:
    for _day in range(4):
        for _quarter in range(3):
            back_up_if_due(timezone.now())
            still_clock.shift(timedelta(minutes=15))
        still_clock.shift(timedelta(days=1) - timedelta(minutes=45))
    assert len(backups()) == 2
    assert all(folder.made_at(path) for path in backup_dir.iterdir())
    assert (timezone.now() - (last_backup_at() or timezone.now())).days == 1


def test_what_was_cut_off_goes_with_the_next_and_a_file_of_others_stays(backup_dir: Path) -> None:
    backup_dir.mkdir()
    (backup_dir / "clinic-20260101T000000Z.age.unfinished").write_bytes(b"cut off")
    (backup_dir / "notes.txt").write_text("mine")
    back_up_if_due(timezone.now())
    assert len(backups()) == 1
    assert {path.name for path in backup_dir.iterdir()} == {backups()[0].name, "notes.txt"}


def test_a_failure_is_noted_and_no_older_backup_goes(
    backup_dir: Path, settings: LazySettings
) -> None:
    backup_dir.mkdir()
    old = [backup_dir / f"clinic-2026010{day}T000000Z.age" for day in (1, 2, 3)]
    for path in old:
        path.write_bytes(b"an older one")
    settings.BACKUP_KEYS = []
    with pytest.raises(BackupError):
        back_up_if_due(timezone.now())
    assert sorted(backup_dir.iterdir()) == old
    assert "BackupError" in JobStatus.objects.get(name="backup").last_error
    assert last_backup_at() is None


def test_without_a_folder_nothing_is_backed_up(settings: LazySettings) -> None:
    settings.BACKUP_DIR = None
    back_up_if_due(timezone.now())
    assert last_backup_at() is None


@pytest.mark.parametrize(("at", "night"), [("01:30", "05-01 02:00"), ("02:30", "05-02 02:00")])
def test_a_night_is_the_last_two_o_clock(at: str, night: str) -> None:
    zone = ZoneInfo("America/Los_Angeles")
    now = datetime.fromisoformat(f"2026-05-02T{at}").replace(tzinfo=zone)
    assert f"{last_night(now):%m-%d %H:%M}" == night
