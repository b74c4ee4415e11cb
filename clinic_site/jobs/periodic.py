"""Periodic jobs: the worker does each once when it is due, however many workers run.

An app registers its jobs when it starts. A job is claimed by a conditional update in the
transaction of its work: what fails or is cut off is rolled back, claim and all, and done later.
One that takes long is claimed first and works by itself, so that nobody waits for its locks; the
worker does those beside the others.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from clinic_site.jobs.claim import claim_row
from clinic_site.jobs.models import JobSchedule
from clinic_site.jobs.status import note_failure, note_start, note_success

logger = logging.getLogger(__name__)

AFTER_A_FAILURE = timedelta(minutes=5)


@dataclass(frozen=True)
class PeriodicJob:
    name: str
    do: Callable[[datetime], object]  # is given the present time
    next_after: Callable[[datetime], datetime]
    takes_long: bool = False


_jobs: dict[str, PeriodicJob] = {}


def register_job(
    name: str,
    do: Callable[[datetime], object],
    next_after: Callable[[datetime], datetime],
    takes_long: bool = False,
) -> None:
    """Have the worker call `do(now)` when it first runs, then at `next_after(now)` each time."""
    _jobs[name] = PeriodicJob(name, do, next_after, takes_long)


def every(**gap: float) -> Callable[[datetime], datetime]:
    """Return the rule "so long after the last time", for example `every(minutes=1)`."""
    return lambda now: now + timedelta(**gap)


def monthly(now: datetime) -> datetime:
    """Return the first of the next month, at nine by the site's clock."""
    today = timezone.localtime(now)
    year, month = divmod(today.year * 12 + today.month, 12)
    return datetime(year, month + 1, 1, 9, tzinfo=timezone.get_default_timezone())


def run_due_jobs(now: datetime, *, takes_long: bool | None = None) -> int:
    """Do what is due at `now`; return how many jobs were done.

    Those alone that take long, or that do not, if it is said.
    """
    waits = set(JobSchedule.objects.filter(due_at__gt=now).values_list("name", flat=True))
    due = [job for job in list(_jobs.values()) if job.name not in waits]
    return sum(_do(job, now) for job in due if takes_long in (None, job.takes_long))


def _do(job: PeriodicJob, now: datetime) -> bool:
    try:
        with transaction.atomic():
            claimed = _claim(job, now)
            if claimed:
                note_start(job.name, now)
            if claimed and not job.takes_long:
                _finish(job, now)
        if claimed and job.takes_long:
            _finish(job, now)
    except Exception as error:  # whatever one job does, the others go on
        logger.exception("periodic job %s failed", job.name)
        _put_off(job, now)
        note_failure(job.name, now, error)
        return False
    return claimed


def _finish(job: PeriodicJob, now: datetime) -> None:
    job.do(now)
    note_success(job.name, now)


def _put_off(job: PeriodicJob, now: datetime) -> None:
    """Try again soon, unless another worker has done it in the meantime."""
    later = now + AFTER_A_FAILURE
    JobSchedule.objects.get_or_create(name=job.name, defaults={"due_at": later})
    JobSchedule.objects.filter(name=job.name, due_at__lte=now).update(due_at=later)


def _claim(job: PeriodicJob, now: datetime) -> bool:
    """Take the job for this worker. Another that comes for it waits, then gets False."""
    schedule, _created = JobSchedule.objects.get_or_create(name=job.name, defaults={"due_at": now})
    return claim_row(schedule, now=now, until=job.next_after(now))
