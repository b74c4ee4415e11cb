"""The folder of backups: their names, which are kept, how old the newest is, when one is due."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from clinic_site.backups.writing import JOB, UNFINISHED, back_up
from clinic_site.jobs.models import JobStatus

NAME = re.compile(r"clinic-(\d{8}T\d{6})Z\.age")
AS_WRITTEN = "%Y%m%dT%H%M%S"
NIGHT = 2  # the hour, by the site's clock


def backup_folder() -> Path | None:
    return Path(settings.BACKUP_DIR) if settings.BACKUP_DIR else None


def new_name(now: datetime) -> str:
    return f"clinic-{now.astimezone(UTC).strftime(AS_WRITTEN)}Z.age"


def made_at(path: Path) -> datetime | None:
    """Return when a backup was begun, by its name; nothing for what is none of ours."""
    match = NAME.fullmatch(path.name)
    return datetime.strptime(match[1], AS_WRITTEN).replace(tzinfo=UTC) if match else None


def backups() -> list[Path]:
    """Return the backups in the folder, the newest first."""
    folder = backup_folder()
    if folder is None or not folder.is_dir():
        return []
    return sorted(filter(made_at, folder.iterdir()), reverse=True)


def remove_old() -> None:
    """Delete all but the newest `BACKUP_KEEP`, and what was cut off as it was written."""
    for path in backups()[settings.BACKUP_KEEP :]:
        path.unlink(missing_ok=True)


def back_up_if_due(now: datetime) -> None:
    """Back up into the folder once each night, or as soon as a worker runs after it."""
    folder = backup_folder()
    if folder is None or not _is_due(now):
        return
    for unfinished in folder.glob(f"clinic-*{UNFINISHED}"):
        unfinished.unlink(missing_ok=True)
    back_up(folder / new_name(now))
    remove_old()


def _is_due(now: datetime) -> bool:
    newest = next(iter(backups()), None)
    made = made_at(newest) if newest else None
    return made is None or made < last_night(now)


def last_night(now: datetime) -> datetime:
    """Return the last time at which the clock said `NIGHT`."""
    local = timezone.localtime(now)
    night = local.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    return night if night <= local else night - timedelta(days=1)


def last_backup_at() -> datetime | None:
    """Return when the last backup was finished, whoever made it and wherever it lies."""
    return JobStatus.objects.filter(name=JOB).values_list("succeeded_at", flat=True).first()
