"""The site made again from a backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clinic_site.backups.manifest import Contents, Manifest
from clinic_site.backups.refusals import BackupError
from clinic_site.backups.restoring import check_backup, restore
from clinic_site.backups.smoke import what_fails


class Command(BaseCommand):
    help = "Replace database and uploads by those of a backup. Site and worker must be stopped."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--yes", action="store_true", help="ask nothing")

    def handle(self, *args: Any, file: Path, yes: bool, **options: Any) -> None:
        try:
            manifest, contents = check_backup(file)
            self._ask(file, manifest, contents, yes)
            restored = restore(file, manifest, self.stdout.write)
        except BackupError as why:
            raise CommandError(str(why)) from None
        self.stdout.write(f"Restored: {restored.contents.in_words()}.")
        if restored.erased_again:
            self.stdout.write(f"Erased again, as asked since: {restored.erased_again} records.")
        wrong = list(what_fails())
        if wrong:
            raise CommandError("\n".join(["Restored, but:", *wrong]))
        self.stdout.write("Pages, keys and pictures are well. Start the site and its worker.")

    def _ask(self, file: Path, manifest: Manifest, contents: Contents, yes: bool) -> None:
        self.stdout.write(
            f"{file} is whole: {contents.in_words()}, made {manifest.made_at} at {manifest.site} "
            f"by version {manifest.version} on {manifest.database}."
        )
        if yes:
            return
        answer = input("Replace this site’s database and uploads for good? Type yes: ")
        if answer.strip().lower() != "yes":
            raise CommandError("Nothing was changed.")
