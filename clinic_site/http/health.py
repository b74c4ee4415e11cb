"""For a load balancer: is the process alive, and can it serve?"""

from django.core.cache import cache
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

_migrated = False


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and has every migration, and the cache keeps what it is given."""
    problem = _database_problem() or _cache_problem()
    if problem:
        return HttpResponse(f"{problem}\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


def _database_problem() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return "" if _is_migrated() else "database: migrations are missing"
    except Error:
        return "database: no answer"


def _is_migrated() -> bool:
    """Look until every migration is there; a process never sees one taken back."""
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def _cache_problem() -> str:
    try:
        cache.set("readyz", "kept", timeout=10)
        kept = cache.get("readyz")
    except Exception:  # each cache library raises errors of its own
        return "cache: no answer"
    return "" if kept == "kept" else "cache: forgets"
