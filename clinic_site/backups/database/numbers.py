"""The last number that each table has given: no new row may take that of a deleted one.

The access log, for one, names records by number alone.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from clinic_site.backups.database.tables import TableShape, models_backed_up


def last_numbers(connection: BaseDatabaseWrapper) -> dict[str, int]:
    """Return the last number by the name of the table, of those that count."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            known = dict(cursor.fetchall())
        return {name: known[name] for name in _counting() if name in known}
    return {name: last for name in _counting() if (last := _last_of(name, connection))}


def _counting() -> dict[str, str]:
    """Return the column that counts by the name of its table."""
    return {
        model._meta.db_table: str(model._meta.pk.column)
        for model in models_backed_up()
        if model._meta.pk.get_internal_type().endswith("AutoField")
    }


def _last_of(name: str, connection: BaseDatabaseWrapper) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_sequence_last_value(pg_get_serial_sequence(%s, %s)::regclass)",
            [connection.ops.quote_name(name), _counting()[name]],
        )
        (last,) = cursor.fetchone()
    return last or 0


def count_on(table: TableShape, last: int, connection: BaseDatabaseWrapper) -> None:
    """Have the next new row of a table take a number above `last`, and above those it has.

    Tables that do not count their rows stay as they are.
    """
    if table.name not in _counting():
        return
    name, key = map(connection.ops.quote_name, (table.name, table.key))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max({key}) FROM {name}")  # noqa: S608
        last = max(last, cursor.fetchone()[0] or 0)
        if last and connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.name])
            cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table.name, last])
        elif last:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s)::regclass, %s)",
                [name, table.key, last],
            )
