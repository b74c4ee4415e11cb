"""The search backend that the settings name, for whichever database is in use."""

from typing import Any

from django.db import connection

from clinic_site.search.queries import OnlyWords


def SearchBackend(params: dict[str, Any]) -> OnlyWords:  # noqa: N802
    """Return the backend for the default database. Wagtail looks for it under this name."""
    # Each can be imported only where its database is in use.
    if connection.vendor == "postgresql":
        from clinic_site.search.postgres import PostgresBackend

        return PostgresBackend(params)
    from clinic_site.search.sqlite import SQLiteBackend

    return SQLiteBackend(params)
