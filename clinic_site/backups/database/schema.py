"""The tables as the backup has them: made in an empty database, or there already."""

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

Migrations = list[tuple[str, str]]


def why_unfit(wanted: Migrations) -> str:
    """Say why the database cannot take tables with those migrations, or nothing."""
    unknown = _ours(wanted) - {*MigrationExecutor(connection).loader.disk_migrations}
    if unknown:
        names = ", ".join(sorted(f"{app}.{name}" for app, name in unknown))
        return (
            f"The backup was made by another version, with migrations that this one does not have "
            f"({names}). Restore it with that version, or a newer one."
        )
    if connection.introspection.table_names() and not _are_applied(wanted):
        return (
            "The database holds tables of another version than the backup. Name an empty one in "
            "DATABASE_URL, or on SQLite move db.sqlite3 in VAR_DIR away."
        )
    return ""


def _are_applied(wanted: Migrations) -> bool:
    return _ours([*MigrationRecorder(connection).applied_migrations()]) == _ours(wanted)


def _ours(migrations: Migrations) -> set[tuple[str, str]]:
    """Leave out those of apps that the site no longer has."""
    return {(app, name) for app, name in migrations if app in apps.app_configs}


def migrate_as_in(wanted: Migrations) -> None:
    """Make the tables in an empty database, as far as the backup's own migrations go."""
    if _are_applied(wanted):
        return
    executor = MigrationExecutor(connection)
    executor.migrate(_last_of(wanted, executor))


def _last_of(wanted: Migrations, executor: MigrationExecutor) -> Migrations:
    """Return those after which no other of their app is wanted."""
    graph, known = executor.loader.graph, {*wanted}
    return [
        (app, name)
        for app, name in wanted
        if (app, name) in graph.nodes
        and not any(
            child.key[0] == app and child.key in known
            for child in graph.node_map[(app, name)].children
        )
    ]
