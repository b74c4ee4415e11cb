"""Imports that owners ask for, done by the worker. One that is broken off is taken up again."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from clinic_site.jobs.claim import CLAIM, claim_row, claimed
from clinic_site.jobs.status import note_failure, note_success
from wordpress.bring.whole import Options, bring_all
from wordpress.models import ImportRun
from wordpress.wxr.read import NotAnExport

logger = logging.getLogger(__name__)

QUEUE = "wordpress"
# A trial is one transaction, so nothing of it is seen until it has ended.
LONGEST_TRIAL = timedelta(hours=2)
SECONDS_BETWEEN = 2.0
DAYS_KEPT = 30  # of exports, which hold the addresses of everybody who ever commented
State = ImportRun.State


class AlreadyRunning(Exception):
    """One import at a time."""


class Overtaken(Exception):
    """Another worker has taken the import over."""


def folder() -> Path:
    """Return where exports and folders of pictures lie."""
    found: Path = settings.VAR_DIR / "import"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def exports() -> list[str]:
    return sorted(path.name for path in folder().iterdir() if path.suffix.lower() == ".xml")


def media_folders() -> list[str]:
    return sorted(path.name for path in folder().iterdir() if path.is_dir())


@transaction.atomic
def ask_for_run(
    *, export: str, media: str = "", host: str = "", dry_run: bool, by: object
) -> ImportRun:
    """Have the worker import a file of the folder. Raises AlreadyRunning."""
    if ImportRun.objects.filter(state__in=[State.WAITING, State.RUNNING]).exists():
        raise AlreadyRunning
    return ImportRun.objects.create(
        export=export,
        media=media,
        host=host,
        dry_run=dry_run,
        started_by=by,  # type: ignore[misc]  # somebody who is signed in
    )


def do_next_run() -> int:
    """Do an import that is due; return 0 or 1."""
    now = timezone.now()
    due = ImportRun.objects.filter(state__in=[State.WAITING, State.RUNNING], due_at__lte=now)
    run = due.order_by("due_at").first()
    until = now + (LONGEST_TRIAL if run and run.dry_run else CLAIM)
    if run is None or not claim_row(run, now=now, until=until, state=State.RUNNING):
        return 0
    try:
        _do(run)
        note_success(QUEUE, now)
    except Overtaken:
        logger.warning("import %s is done by another worker", run.pk)
    except Exception as error:
        logger.exception("import %s failed", run.pk)
        note_failure(QUEUE, now, error)
        _end(run, State.FAILED, problem=type(error).__name__)
    return 1


def _do(run: ImportRun) -> None:
    options = Options(
        folder() / Path(run.export).name,
        folder() / Path(run.media).name if run.media else None,
        run.host,
        dry_run=run.dry_run,
    )
    try:
        report = bring_all(options, _progress(run))
    except NotAnExport:
        _end(run, State.FAILED, problem="This file is no export of WordPress.")
    except OSError:
        _end(run, State.FAILED, problem="The file can’t be read, or is gone.")
    else:
        _end(run, State.DONE, report=report.as_data())


def _end(run: ImportRun, state: State, **fields: object) -> None:
    claimed(run).update(state=state, ended_at=timezone.now(), **fields)


def _progress(run: ImportRun) -> Callable[[str, int, int], None]:
    """Return what notes how far it is, and keeps the claim; every few seconds."""
    last = time.monotonic()

    def note(stage: str, done: int, total: int) -> None:
        nonlocal last
        if run.dry_run or time.monotonic() - last < SECONDS_BETWEEN:
            return
        last = time.monotonic()
        due_at = timezone.now() + CLAIM
        if not claimed(run).update(stage=stage, done=done, total=total, due_at=due_at):
            raise Overtaken
        run.due_at = due_at

    return note


def delete_old_exports(now: datetime) -> None:
    """Delete exports that have lain there for DAYS_KEPT days."""
    before = (now - timedelta(days=DAYS_KEPT)).timestamp()
    for path in folder().glob("*.xml"):
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
