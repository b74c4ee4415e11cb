"""A database made before the first release, whose tables this version does not know.

It is told from others before anything is written: by `migrate`, which would fail with a message
about the order of migrations, and by the site and its worker, which would fail at every request.
"""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

# The one app that held everything of the clinic before each package became an app of its own.
FORMER_APP = "clinic_site"

WHAT_IT_IS = (
    "This database was made by a version from before the first release, which named its tables "
    "in another way. Nothing in it has been changed."
)
WHAT_TO_DO = (
    "Either keep running the version that made it, or start with an empty database: with the old "
    "version, save the lists you need as spreadsheets in the admin; name a new database in "
    "DATABASE_URL (on SQLite: move db.sqlite3 in VAR_DIR away); then run `manage.py migrate`. "
    "See “A database from before the first release” in docs/operations.md."
)


def is_earlier(alias: str = "default") -> bool:
    """Tell whether the former app has ever been migrated in a database; it is only read."""
    applied = MigrationRecorder(connections[alias]).applied_migrations()
    return any(app == FORMER_APP for app, _name in applied)


def reason_of_earlier() -> str:
    return f"{WHAT_IT_IS} {WHAT_TO_DO}" if is_earlier() else ""


def check_that_current(
    databases: Sequence[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    """Run by `migrate` before it looks at anything else."""
    return [
        Error(f"{WHAT_IT_IS} (database: {alias})", hint=WHAT_TO_DO, id="clinic_site.E100")
        for alias in databases or ()
        if is_earlier(alias)
    ]
