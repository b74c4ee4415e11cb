"""Making a backup: the tables at one moment, the uploads, then a look at all of it."""

import io
import os
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC
from pathlib import Path

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from clinic_site.backups.archive import written_to
from clinic_site.backups.database.numbers import last_numbers
from clinic_site.backups.database.snapshot import snapshot
from clinic_site.backups.database.tables import chunks_of_rows, models_backed_up
from clinic_site.backups.keys import backup_keys
from clinic_site.backups.manifest import FIRST, LAST, Contents, Manifest, manifest_of
from clinic_site.backups.reading import read_backup
from clinic_site.backups.refusals import BackupError, NotWhole
from clinic_site.jobs.status import note_failure, note_success

JOB = "backup"  # its name in JobStatus
UNFINISHED = ".unfinished"  # the end of the name while it is being written


def back_up(path: Path) -> Contents:
    """Write a backup to `path`, where nothing may be, and read it again. Raises BackupError.

    A file of that name is whole: until it has been read again it has another.
    """
    started_at = timezone.now()
    try:
        contents = _written_and_read(path)
    except Exception as error:
        note_failure(JOB, started_at, error)
        raise
    note_success(JOB, started_at)
    return contents


def _written_and_read(path: Path) -> Contents:
    unfinished = path.with_name(f"{path.name}{UNFINISHED}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        written = _write(unfinished)
        if read_backup(unfinished)[1] != written:
            raise NotWhole(f"{unfinished} does not hold what was written to it.")
        unfinished.rename(path)
    except OSError as error:
        raise BackupError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        with suppress(OSError):
            unfinished.unlink()
    return written


def _write(path: Path) -> Contents:
    contents = Contents()
    with written_to(path, backup_keys()[0]) as tar, snapshot() as connection:
        manifest = manifest_of(connection, timezone.now().astimezone(UTC))
        _add(tar, FIRST, manifest.as_json())
        # First what others may delete meanwhile; what they add meanwhile does no harm.
        _add_files(tar, contents)
        _add_tables(tar, manifest, contents, connection)
        contents.last_numbers = last_numbers(connection)
        _add(tar, LAST, contents.as_json())
    return contents


def _add_tables(
    tar: tarfile.TarFile, manifest: Manifest, contents: Contents, connection: BaseDatabaseWrapper
) -> None:
    for model in models_backed_up():
        name = model._meta.db_table
        contents.add_rows(name, 0)
        for number, (count, lines) in enumerate(chunks_of_rows(model, connection)):
            _add(tar, f"tables/{name}/{number:06}.jsonl", lines)
            contents.add_rows(name, count)


def _add_files(tar: tarfile.TarFile, contents: Contents) -> None:
    root = Path(settings.MEDIA_ROOT)
    for path in _files_below(root):
        try:
            file = path.open("rb")
        except FileNotFoundError:  # deleted since the folder was read
            continue
        with file:
            info = tarfile.TarInfo(f"media/{path.relative_to(root).as_posix()}")
            status = os.fstat(file.fileno())
            info.size, info.mtime, info.mode = status.st_size, int(status.st_mtime), 0o600
            tar.addfile(info, file)
        contents.files += 1
        contents.size += info.size


def _files_below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(parent) / name
            if path.is_file() and not path.is_symlink():
                yield path


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = len(content), int(timezone.now().timestamp()), 0o600
    tar.addfile(info, io.BytesIO(content))
