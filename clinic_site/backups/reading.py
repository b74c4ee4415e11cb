"""Reading a backup from its beginning to its end, and telling whether it is whole."""

import json
import tarfile
from pathlib import Path, PurePosixPath
from typing import IO, Any

from clinic_site.backups.archive import read_from
from clinic_site.backups.database.tables import TableShape
from clinic_site.backups.keys import backup_keys
from clinic_site.backups.manifest import FIRST, LAST, Contents, Manifest
from clinic_site.backups.refusals import NotWhole

BLOCK = 1 << 20  # bytes


class Taker:
    """Takes what a backup holds as it is read. This one takes nothing: it has all of it read."""

    def begin(self, manifest: Manifest) -> None:
        pass

    def take_rows(self, table: TableShape, rows: list[list[Any]]) -> None:
        pass

    def take_file(self, path: PurePosixPath, file: IO[bytes]) -> None:
        while file.read(BLOCK):
            pass


def read_backup(path: Path, taker: Taker | None = None) -> tuple[Manifest, Contents]:
    """Read all of a backup. Raises BackupError, WrongKey or NotWhole, the last at its end."""
    with read_from(path, backup_keys()) as tar:
        return _read(tar, path, taker or Taker())


def _read(tar: tarfile.TarFile, path: Path, taker: Taker) -> tuple[Manifest, Contents]:
    first = tar.next()
    if first is None or first.name != FIRST:
        raise NotWhole(f"{path} is no backup of this site.")
    manifest = Manifest.from_json(_content(tar, first))
    taker.begin(manifest)
    counted = Contents(rows=dict.fromkeys(manifest.tables, 0))
    while member := tar.next():
        if member.name == LAST:
            told = Contents.from_json(_content(tar, member))
            counted.last_numbers = told.last_numbers
            if counted != told:
                raise NotWhole(f"{path} holds {counted.in_words()}, and was to {told.in_words()}.")
            return manifest, counted
        _take(tar, member, manifest, counted, taker)
    raise NotWhole(f"{path} has no end.")


def _take(
    tar: tarfile.TarFile,
    member: tarfile.TarInfo,
    manifest: Manifest,
    counted: Contents,
    taker: Taker,
) -> None:
    kind, _slash, rest = member.name.partition("/")
    path = PurePosixPath(rest)
    if not member.isreg() or path.is_absolute() or ".." in path.parts:
        raise NotWhole(f"The backup holds {member.name}, which no backup does.")
    if kind == "tables":
        table = manifest.tables[path.parts[0]]
        rows = [json.loads(line) for line in _content(tar, member).splitlines()]
        counted.add_rows(table.name, len(rows))
        taker.take_rows(table, rows)
    elif kind == "media":
        counted.files += 1
        counted.size += member.size
        taker.take_file(path, _file(tar, member))


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    return _file(tar, member).read()


def _file(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    file = tar.extractfile(member)
    if file is None:
        raise NotWhole(f"The backup holds {member.name}, which cannot be read.")
    return file
