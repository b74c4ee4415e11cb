"""What there is to know, read at one moment: numbers and times, nothing of anybody."""

import platform
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import django
import wagtail
from django.conf import settings
from django.db import connection
from django.db.models import Count

from clinic_site.backups.folder import last_backup_at
from clinic_site.backups.manifest import site_version
from clinic_site.jobs.models import JobStatus
from clinic_site.mail.models import OutgoingEmail

# The worker's own loops, whose last start is its pulse.
PULSE = ("periodic jobs", "long periodic jobs")
REFUSED_AFTER = 4  # tries, within about twenty minutes
STATE = OutgoingEmail.State


@dataclass(frozen=True)
class MailQueue:
    waiting: int
    failed: int
    refused: int  # of those that wait, how many have been tried again and again
    oldest_due_at: datetime | None  # of those that nobody has tried yet


@dataclass(frozen=True)
class Disk:
    free: int
    total: int


@dataclass(frozen=True)
class Facts:
    now: datetime
    worker_seen_at: datetime | None
    mail: MailQueue
    jobs: list[JobStatus]
    disk: Disk | None
    backup_at: datetime | None
    database_bytes: int
    versions: dict[str, str]


def read_facts(now: datetime) -> Facts:
    jobs = list(JobStatus.objects.order_by("name"))
    pulses = [job.started_at for job in jobs if job.name in PULSE and job.started_at]
    return Facts(
        now=now,
        worker_seen_at=max(pulses, default=None),
        mail=_mail(now),
        jobs=[job for job in jobs if job.name not in PULSE],
        disk=_disk(),
        backup_at=last_backup_at(),
        database_bytes=_database_bytes(),
        versions=_versions(),
    )


def _mail(now: datetime) -> MailQueue:
    counts = dict(OutgoingEmail.objects.order_by().values_list("state").annotate(Count("pk")))
    waiting = OutgoingEmail.objects.filter(state=STATE.WAITING)
    untried = waiting.filter(attempts=0, due_at__lte=now).order_by("due_at")
    return MailQueue(
        waiting=counts.get(STATE.WAITING, 0),
        failed=counts.get(STATE.FAILED, 0),
        refused=waiting.filter(attempts__gte=REFUSED_AFTER).count(),
        oldest_due_at=untried.values_list("due_at", flat=True).first(),
    )


def _disk() -> Disk | None:
    try:
        usage = shutil.disk_usage(settings.VAR_DIR)
    except OSError:
        return None
    return Disk(usage.free, usage.total)


def _database_bytes() -> int:
    if connection.vendor == "sqlite":
        name = str(connection.settings_dict["NAME"])
        files = (Path(f"{name}{end}") for end in ("", "-wal"))
        return sum(file.stat().st_size for file in files if file.exists())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def _versions() -> dict[str, str]:
    return {
        "Site": site_version(),
        "Wagtail": wagtail.__version__,
        "Django": django.__version__,
        "Python": platform.python_version(),
        "Database": _database_version(),
    }


def _database_version() -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    number = connection.pg_version  # type: ignore[attr-defined]
    return f"PostgreSQL {number // 10000}.{number % 10000}"


def since(then: datetime | None, now: datetime) -> timedelta:
    """Return how long ago it was; for what never was, longer than anything."""
    return now - then if then else timedelta.max
