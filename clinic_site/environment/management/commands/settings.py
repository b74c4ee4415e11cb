"""What this site is told by its environment, without the secrets."""

from argparse import ArgumentParser
from textwrap import fill, indent
from typing import Any

from django.core.management.base import BaseCommand

from clinic_site.environment.unknown import unknown_names
from clinic_site.environment.variables import Variable, variables

WIDTH = 98


class Command(BaseCommand):
    help = "List every variable with its value (secrets as “set”), where it is from, its meaning."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--set", action="store_true", help="those alone that are set")

    def handle(self, *args: Any, **options: Any) -> None:
        for variable in variables():
            if variable.source != "default" or not options["set"]:
                self._list(variable)
        for name, meant in unknown_names().items():
            question = f" Is {meant} meant?" if meant else ""
            self.stderr.write(f"{name} is set, and this site reads no such variable.{question}")

    def _list(self, variable: Variable) -> None:
        value = f"{variable.name}={variable.value}" if variable.value else f"{variable.name}: none"
        self.stdout.write(f"{value}  ({variable.source})")
        self.stdout.write(indent(fill(variable.meaning, WIDTH), "  "))
