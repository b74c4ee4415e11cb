from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from demo.removing.removal import RealPeople, Removal, name_of, remove_demo


class Command(BaseCommand):
    help = "Takes the demo clinic away. What somebody has changed is named, and stays unless told."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--yes", action="store_true", help="ask nothing")
        parser.add_argument("--changed-too", action="store_true", help="also what was changed")
        parser.add_argument(
            "--even-with-patients",
            action="store_true",
            help="although there are visits, patients or comments that aren’t the demo’s",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        removal = Removal.plan()
        if not removal.is_there:
            self.stdout.write("There is no demo here.")
            return
        if removal.changed:
            self.stdout.write("Somebody has changed these:")
            for row in removal.changed:
                self.stdout.write(f"  {name_of(row)}")
            what = "They go, too." if options["changed_too"] else "They stay, with what they show."
            self.stdout.write(what)
        if not options["yes"] and input("Take the demo away? [y/N] ").lower() not in ("y", "yes"):
            self.stdout.write("Nothing was changed.")
            return
        try:
            gone = remove_demo(
                changed_too=options["changed_too"],
                even_with_people=options["even_with_patients"],
            )
        except RealPeople as error:
            raise CommandError(
                f"There are {removal.real_people} visits, patients and comments that aren’t the "
                "demo’s. Nothing was changed. If they may stay behind: --even-with-patients"
            ) from error
        self.stdout.write(f"The demo is gone: {gone} records.")
        call_command("first_account", stdout=self.stdout)
