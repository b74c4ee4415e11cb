"""For a load balancer: is the process alive, and can it do the site's work?"""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import Error, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clinic_site.http.models import RateLimitCount
from clinic_site.privacy.key_checks import missing_keys
from clinic_site.sqlite.lock_timeout import lock_timeout

ASK_AGAIN = 10  # seconds; however often a load balancer looks, the disk is written to no more often
WAIT_FOR_LOCK = 1  # second
FREE_BYTES, FREE_SHARE = 200 * 1024 * 1024, 0.05  # either is enough

_migrated = False


@dataclass
class Readiness:
    """What was last found out, and when by the process's own clock."""

    problem: str = ""
    asked_at: float | None = None

    @property
    def is_fresh(self) -> bool:
        return self.asked_at is not None and time.monotonic() - self.asked_at < ASK_AGAIN


_last_readiness = Readiness()
_asking = threading.Lock()


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database takes a row, has every migration and no key but ours; the disk has room.

    A cache that is away does not count: the site serves without it.
    """
    if problem := _problem():
        return HttpResponse(f"{problem}\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


def _problem() -> str:
    """Return what keeps the site from its work, or nothing; found out every ten seconds."""
    global _last_readiness
    with _asking:
        if not _last_readiness.is_fresh:
            problem = _database_problem() or _disk_problem()
            _last_readiness = Readiness(problem, time.monotonic())
        return _last_readiness.problem


def _database_problem() -> str:
    try:
        if not _is_migrated():
            return "database: migrations are missing"
        if missing_keys():
            return "encryption: ENCRYPTION_KEYS does not hold a key of this database"
        with _short_wait(), transaction.atomic():
            RateLimitCount.objects.create(scope="readyz", key_hash="", counted_at=timezone.now())
            transaction.set_rollback(True)
    except Error:
        return "database: takes no row"
    return ""


@contextmanager
def _short_wait() -> Iterator[None]:
    """Wait a second for a lock that somebody else holds, and not as long as a patient would."""
    if connection.vendor == "sqlite":
        with lock_timeout(WAIT_FOR_LOCK):
            yield
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = '{WAIT_FOR_LOCK}s'")
            yield


def _is_migrated() -> bool:
    """Look until every migration is there; a process never sees one taken back."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def _disk_problem() -> str:
    try:
        disk = shutil.disk_usage(settings.VAR_DIR)
    except OSError:
        return "disk: VAR_DIR cannot be read"
    enough = disk.free >= FREE_BYTES or disk.free >= disk.total * FREE_SHARE
    return "" if enough else "disk: almost full"
