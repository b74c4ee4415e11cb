"""Whether anybody has changed or taken away a line of the access log."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from clinic_site.access_log.models import AccessSeal
from clinic_site.access_log.verifying import broken_places


class Command(BaseCommand):
    help = "Check the access log against its seals; say where it was changed, and exit with 1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--expect", default="", help="the chain_hash of a seal, as the log host has it"
        )

        parser.add_argument(
            "--stood-still",
            type=int,
            nargs="*",
            default=(),
            metavar="SEAL",
            help="numbers of seals that are late since no worker ran before them, as you know",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        expected, late = options["expect"], options["stood_still"]
        broken = list(broken_places(timezone.now(), expected=expected, stood_still=late))
        for sentence in broken:
            self.stderr.write(sentence)
        if broken:
            raise CommandError("The access log is not as it was written.")
        last = AccessSeal.objects.order_by("number").last()
        told = f"{last.number} seals, the last {last.chain_hash}" if last else "no seals yet"
        self.stdout.write(f"The access log is as it was written: {told}.")
        if not expected:
            self.stdout.write(
                "Whether newer seals were taken away with their lines cannot be seen here: compare "
                "with the last chain_hash on the log host (--expect HASH)."
            )
