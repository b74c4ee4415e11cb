"""The last start, success and error of each job and queue, kept where any process can read them."""

from datetime import datetime
from pathlib import Path
from traceback import extract_tb
from typing import Any

from django.conf import settings
from django.utils import timezone

from clinic_site.jobs.models import JobStatus

LONGEST = JobStatus._meta.get_field("last_error").max_length or 0


def note_success(name: str, started_at: datetime) -> None:
    """Note that `name` has done its work. What went wrong before stays to be read."""
    _note(name, started_at=started_at, succeeded_at=timezone.now())


def note_failure(name: str, started_at: datetime, error: BaseException) -> None:
    _note(name, started_at=started_at, failed_at=timezone.now(), last_error=error_summary(error))


def note_start(name: str, started_at: datetime) -> None:
    _note(name, started_at=started_at)


def error_summary(error: BaseException) -> str:
    """Return the kind of an error and where in our own code it came up, without its words.

    Databases and mail servers quote names and addresses in what they say.
    """
    ours = [
        f"{Path(frame.filename).relative_to(settings.BASE_DIR)}:{frame.lineno}"
        for frame in extract_tb(error.__traceback__)
        if _is_ours(frame.filename)
    ]
    return " in ".join([type(error).__name__, *ours[-1:]])[:LONGEST]


def _is_ours(filename: str) -> bool:
    path = Path(filename)
    return path.is_relative_to(settings.BASE_DIR) and "site-packages" not in path.parts


def _note(name: str, **fields: Any) -> None:
    if not JobStatus.objects.filter(name=name).update(**fields):
        JobStatus.objects.update_or_create(name=name, defaults=fields)
