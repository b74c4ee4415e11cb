"""What the worker does by the clock: each chore once when it is due, however many workers run.

An app registers its chores when it starts. A chore is claimed by a conditional update in the
transaction of its work: what fails or is cut off is rolled back, claim and all, and done later.
One that takes long is claimed first and works by itself, so that nobody waits for its locks.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from clinic_site.jobs.models import ChoreDue

logger = logging.getLogger(__name__)

AFTER_A_FAILURE = timedelta(minutes=5)


@dataclass(frozen=True)
class Chore:
    name: str
    do: Callable[[datetime], object]  # is given the present time
    next_after: Callable[[datetime], datetime]
    takes_long: bool = False


_chores: dict[str, Chore] = {}


def register(
    name: str,
    do: Callable[[datetime], object],
    next_after: Callable[[datetime], datetime],
    takes_long: bool = False,
) -> None:
    """Have the worker call `do(now)` when it first runs, then at `next_after(now)` each time."""
    _chores[name] = Chore(name, do, next_after, takes_long)


def every(**gap: float) -> Callable[[datetime], datetime]:
    """Return the rule "so long after the last time", for example `every(minutes=1)`."""
    return lambda now: now + timedelta(**gap)


def monthly(now: datetime) -> datetime:
    """Return the first of the next month, at nine by the site's clock."""
    today = timezone.localtime(now)
    year, month = divmod(today.year * 12 + today.month, 12)
    return datetime(year, month + 1, 1, 9, tzinfo=timezone.get_default_timezone())


def do_due_chores(now: datetime) -> int:
    """Do what is due at `now`; return how many chores were done."""
    waits = set(ChoreDue.objects.filter(due_at__gt=now).values_list("name", flat=True))
    return sum(_do(chore, now) for chore in list(_chores.values()) if chore.name not in waits)


def _do(chore: Chore, now: datetime) -> bool:
    try:
        with transaction.atomic():
            claimed = _claim(chore, now)
            if claimed and not chore.takes_long:
                chore.do(now)
        if claimed and chore.takes_long:
            chore.do(now)
    except Exception:  # whatever one chore does, the others go on
        logger.exception("chore %s was not done", chore.name)
        _put_off(chore, now)
        return False
    return claimed


def _put_off(chore: Chore, now: datetime) -> None:
    """Try again soon, unless another worker has done it in the meantime."""
    later = now + AFTER_A_FAILURE
    ChoreDue.objects.get_or_create(name=chore.name, defaults={"due_at": later})
    ChoreDue.objects.filter(name=chore.name, due_at__lte=now).update(due_at=later)


def _claim(chore: Chore, now: datetime) -> bool:
    """Take the chore for this worker. Another that comes for it waits, then gets False."""
    ChoreDue.objects.get_or_create(name=chore.name, defaults={"due_at": now})
    due = ChoreDue.objects.filter(name=chore.name, due_at__lte=now)
    return due.update(due_at=chore.next_after(now)) == 1
