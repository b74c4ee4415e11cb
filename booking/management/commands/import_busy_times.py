from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from booking.actions.calendars.busy_times import NothingBusy, import_busy_times, remove_busy_times
from booking.ical.parse import LARGEST, UnreadableCalendar
from booking.models import Practitioner


class Command(BaseCommand):
    help = "Takes a practitioner's busy times from an iCalendar file, in place of earlier ones."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", help="the short name of the person, as in their address")
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--remove",
            action="store_true",
            help="remove the times that are there if the file has none from today on",
        )

    def handle(self, *args: Any, person: str, file: Path, remove: bool, **options: Any) -> None:
        practitioner = Practitioner.objects.filter(person__slug=person).first()
        if practitioner is None:
            known = ", ".join(str(other.person.slug) for other in Practitioner.objects.active())
            raise CommandError(f"Nobody is called {person}. Practitioners: {known}")
        try:
            with file.open("rb") as calendar:
                imported = import_busy_times(practitioner, calendar.read(LARGEST + 1))
        except (OSError, UnreadableCalendar) as error:
            raise CommandError(str(error)) from error
        except NothingBusy as nothing:
            self._remove(practitioner, nothing, remove=remove)
            return
        for warning in imported.warnings:
            self.stdout.write(warning)
        self.stdout.write(f"{imported.times} busy times taken.")
        for visit in imported.overlapping:
            self.stdout.write(f"Visit {visit.reference} overlaps, and stands as it was.")

    def _remove(self, practitioner: Practitioner, nothing: NothingBusy, *, remove: bool) -> None:
        if not remove:
            raise CommandError(
                "This file has no busy times from today on. "
                f"To remove the {nothing.there} that are there, add --remove."
            )
        removed = remove_busy_times(practitioner, seen=nothing.seen)
        self.stdout.write(f"{removed} busy times removed.")
