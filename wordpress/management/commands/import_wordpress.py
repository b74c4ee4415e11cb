import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from wordpress.bring.whole import Options, bring_all
from wordpress.report import Report
from wordpress.wxr.read import NotAnExport

WIDTH = 30


class Command(BaseCommand):
    help = (
        "Brings a WordPress export (Tools » Export) into this site. Run again, it brings what has "
        "changed there since, and leaves alone what was edited here."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("export", type=Path, metavar="EXPORT.xml")
        parser.add_argument(
            "--media", type=Path, metavar="FOLDER", help="a copy of wp-content/uploads"
        )
        parser.add_argument(
            "--fetch-media", default="", metavar="HOST", help="fetch pictures from this host alone"
        )
        parser.add_argument("--dry-run", action="store_true", help="store nothing, only report")
        parser.add_argument(
            "--report", type=Path, metavar="FILE", help="where the report goes, .json or text"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        media: Path | None = options["media"]
        if media and not media.is_dir():
            raise CommandError(f"{media} is no folder.")
        wanted = Options(
            options["export"],
            media,
            options["fetch_media"],
            allow_private=True,  # whoever types a host means it
            dry_run=options["dry_run"],
        )
        try:
            report = bring_all(wanted, self.show)
        except NotAnExport:
            raise CommandError(f"{wanted.export} is no export of WordPress.") from None
        except OSError as error:
            raise CommandError(f"{wanted.export} can’t be read: {error.strerror}.") from None
        self.end_of_bar()
        self.write(report, options["report"])
        if report.has_losses:
            sys.exit(3)

    def show(self, what: str, done: int, total: int) -> None:
        """Draw a bar on a terminal; in a log there is none."""
        if not self.stderr.isatty():
            return
        filled = WIDTH * done // total if total else 0
        bar = f"[{'#' * filled}{'.' * (WIDTH - filled)}] {done} of {total}" if total else str(done)
        self.stderr.write(f"\r{what:<10} {bar}", ending="")

    def end_of_bar(self) -> None:
        if self.stderr.isatty():
            self.stderr.write("")

    def write(self, report: Report, file: Path | None) -> None:
        lines = list(report.lines(f"{settings.BASE_URL}/admin"))
        if file is None:
            self.stdout.write("\n".join(lines))
            return
        as_json = file.suffix == ".json"
        text = (
            json.dumps(report.as_data(), indent=1, ensure_ascii=False)
            if as_json
            else "\n".join(lines)
        )
        file.touch(mode=0o600)
        file.write_text(text + "\n", encoding="utf-8")
        counts = sorted(report.counts.items())
        self.stdout.write("\n".join(f"{count:>7}  {name}" for name, count in counts))
