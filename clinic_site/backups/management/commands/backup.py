"""One encrypted file that holds the whole site."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from clinic_site.backups.folder import backup_folder, new_name, remove_old
from clinic_site.backups.keys import backup_keys, key_name, make_backup_key
from clinic_site.backups.reading import read_backup
from clinic_site.backups.refusals import BackupError
from clinic_site.backups.writing import back_up


class Command(BaseCommand):
    help = "Back up the database and the uploads into one encrypted file. The site may run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="without it, one in BACKUP_DIR")
        parser.add_argument("--yes", action="store_true", help="replace FILE without asking")
        parser.add_argument("--check", action="store_true", help="read a backup, and make none")
        parser.add_argument("--new-key", action="store_true", help="print a key for BACKUP_KEYS")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["new_key"]:
            self.stdout.write(make_backup_key())
            return
        try:
            self._check(options["file"]) if options["check"] else self._back_up(**options)
        except BackupError as why:
            raise CommandError(str(why)) from None

    def _check(self, path: Path | None) -> None:
        if path is None:
            raise CommandError("Name the file to check.")
        manifest, contents = read_backup(path)
        self.stdout.write(
            f"{path} is whole: {contents.in_words()}, made {manifest.made_at} by version "
            f"{manifest.version} on {manifest.database}. ENCRYPTION_KEYS that it needs: "
            f"{', '.join(manifest.key_ids)}."
        )

    def _back_up(self, file: Path | None, yes: bool, **_options: Any) -> None:
        key = backup_keys()[0]
        folder = backup_folder()
        if file is None and folder is None:
            raise CommandError("Name a file, or set BACKUP_DIR to a folder.")
        path = file or folder / new_name(timezone.now())  # type: ignore[operator]
        if path.exists() and not yes and not _is_yes(input(f"Replace {path}? Type yes: ")):
            raise CommandError("Nothing was written.")
        contents = back_up(path)
        if file is None:
            remove_old()
        self.stdout.write(f"{path}: {contents.in_words()}, read again and whole.")
        self.stdout.write(
            f"To open it: the key of {key_name(key)} in BACKUP_KEYS, and ENCRYPTION_KEYS. Keep "
            "both somewhere else."
        )


def _is_yes(answer: str) -> bool:
    return answer.strip().lower() == "yes"
