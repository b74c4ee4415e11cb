"""Words that were indexed and have gone: SQLite keeps them until its index is put in order."""

from django.db import connection

TABLE = "wagtailsearch_indexentry_fts"


def purge_deleted_words() -> None:
    """Have the index hold no word that no record has. PostgreSQL does so itself, by `VACUUM`."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")  # noqa: S608
