"""The site made again from a backup, on the database and in the folder that the settings name.

Whatever can be wrong is found before anything is changed. Tables are filled in one transaction,
past all models and signals; the uploads lie beside the present ones until it is stored.
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from clinic_site.backups.database.in_use import others_connected
from clinic_site.backups.database.numbers import count_on
from clinic_site.backups.database.schema import migrate_as_in, why_unfit
from clinic_site.backups.database.tables import TableShape, count_rows, empty_every_table, insert
from clinic_site.backups.manifest import Contents, Manifest
from clinic_site.backups.reading import Taker, read_backup
from clinic_site.backups.refusals import BackupError, CannotRestore
from clinic_site.data_requests.erasing import reapply_erasures
from clinic_site.data_requests.models import Erasure
from clinic_site.privacy.keys import encryption_keys

MISSING_KEYS = (
    "The backup needs keys that ENCRYPTION_KEYS does not hold ({ids}). Put those in that the site "
    "had when it was made; without them its patients’ data cannot be read."
)
IN_USE = "The database is in use by {who}. Stop the site and its workers, then run this again."


@dataclass(frozen=True)
class Restored:
    contents: Contents
    erased_again: int


def check_backup(path: Path) -> tuple[Manifest, Contents]:
    """Read all of the backup and tell whether it can be restored here. Changes nothing.

    Raises BackupError, of which CannotRestore is about this place and not about the file.
    """
    manifest, contents = read_backup(path)
    missing = [key_id for key_id in manifest.key_ids if key_id not in encryption_keys()]
    if missing:
        raise CannotRestore(MISSING_KEYS.format(ids=", ".join(missing)))
    if why := why_unfit(manifest.migrations):
        raise CannotRestore(why)
    if who := others_connected():
        raise CannotRestore(IN_USE.format(who=who))
    return manifest, contents


def restore(path: Path, manifest: Manifest, tell: Callable[[str], object] = print) -> Restored:
    """Put the backup in place of what is here; `check_backup` has found nothing against it.

    Raises BackupError; all rows and files that were here are here still then.
    """
    tell("Making the tables.")
    migrate_as_in(manifest.migrations)
    erased = {*Erasure.objects.values_list("row_hash", flat=True)}
    tell("Reading the backup.")
    contents = _rows_and_files(path)
    tell("Bringing the tables up to this version.")
    _bring_up_to_date()
    return Restored(contents, _erase_again(erased))


def _rows_and_files(path: Path) -> Contents:
    beside = Path(f"{settings.MEDIA_ROOT}.restored")
    shutil.rmtree(beside, ignore_errors=True)
    try:
        contents = _take_all(path, beside)
        _swap_in(beside)
    except OSError as error:
        raise BackupError(f"The uploads cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return contents


def _take_all(path: Path, beside: Path) -> Contents:
    connection.disable_constraint_checking()  # on SQLite, and only before a transaction begins
    try:
        with transaction.atomic():
            manifest, contents = read_backup(path, _Restorer(beside))
            _finish(manifest, contents)
    except DatabaseError as error:
        raise CannotRestore(f"The database has refused it: {error}") from error
    finally:
        connection.enable_constraint_checking()
    return contents


class _Restorer(Taker):
    def __init__(self, beside: Path) -> None:
        self.beside = beside

    def begin(self, manifest: Manifest) -> None:
        empty_every_table(connection)
        self.beside.mkdir(mode=0o700, parents=True)

    def take_rows(self, table: TableShape, rows: list[list[Any]]) -> None:
        insert(table, rows, connection)

    def take_file(self, path: PurePosixPath, file: IO[bytes]) -> None:
        target = self.beside / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as written:
            shutil.copyfileobj(file, written, 1 << 20)


def _finish(manifest: Manifest, contents: Contents) -> None:
    """Count every table, and have the database look at what points from one to another."""
    for name, table in manifest.tables.items():
        count = count_rows(table, connection)
        if count != contents.rows[name]:
            raise CannotRestore(f"{name} has {count} rows and not {contents.rows[name]}.")
        count_on(table, contents.last_numbers.get(name, 0), connection)
    connection.check_constraints()


def _swap_in(beside: Path) -> None:
    """Put the uploads of the backup where the present ones are."""
    media = Path(settings.MEDIA_ROOT)
    replaced = Path(f"{media}.replaced")
    shutil.rmtree(replaced, ignore_errors=True)
    try:
        with suppress(FileNotFoundError):
            media.rename(replaced)
        beside.rename(media)
    except OSError:  # a disk of its own is mounted there
        for path in media.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        shutil.copytree(beside, media, dirs_exist_ok=True)
    shutil.rmtree(replaced, ignore_errors=True)


def _bring_up_to_date() -> None:
    """Migrate on from the version of the backup; make the index of words and the caches anew."""
    ContentType.objects.clear_cache()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("update_index", verbosity=0)
    for cache in map(caches.__getitem__, settings.CACHES):
        cache.clear()


def _erase_again(erased: set[str]) -> int:
    """Erase what was erased here after the backup was made; return how many rows."""
    Erasure.objects.bulk_create(
        [Erasure(row_hash=row_hash) for row_hash in sorted(erased)], ignore_conflicts=True
    )
    return reapply_erasures()
