"""The access log for the log host: a line of JSON for each line, and one for each seal."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from clinic_site.access_log.models import AccessLine, AccessSeal
from clinic_site.access_log.sealing import line_as_json, seal_as_json


class Command(BaseCommand):
    help = "Print what was sealed after a seal, as lines of JSON; the last one is the newest seal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--since", type=int, default=0, help="the number of the last seal that you have"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        seals = AccessSeal.objects.filter(number__gt=options["since"]).defer("proof")
        for seal in seals.iterator():
            for line in AccessLine.objects.filter(seal=seal).order_by("pk"):
                self.stdout.write(json.dumps(line_as_json(line) | {"in_seal": seal.number}))
            self.stdout.write(json.dumps(seal_as_json(seal)))
