"""What is held about somebody: found, handed over, erased."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from clinic_site.access_log.looks import store_looks_of_command
from clinic_site.access_log.models import AccessLine
from clinic_site.data_requests.erasing import erase_findings, reapply_erasures
from clinic_site.data_requests.exporting import export_findings
from clinic_site.data_requests.finding import (
    Finding,
    FoundPerson,
    NothingToLookFor,
    find_person,
    numbered,
    read_text,
)


class Command(BaseCommand):
    help = "Find, export or erase what is held about one person; reapply erasures after a restore."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        for verb, words in (
            ("find", "list what is held, and why it is theirs"),
            ("export", "print all of it as JSON"),
            ("erase", "erase all of it"),
        ):
            asked = verbs.add_parser(verb, help=words)
            asked.add_argument("text", help="an email address, a phone number or a name")
            asked.add_argument(
                "--person", type=int, action="append", help="which of several, by number"
            )
        verbs.choices["export"].add_argument("--output", type=Path, help="a file instead")
        verbs.choices["erase"].add_argument("--yes", action="store_true", help="ask nothing")
        verbs.add_parser("reapply", help="erase again what a backup has brought back")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "reapply":
            self.stdout.write(f"Erased again: {reapply_erasures()}.")
            return
        try:
            people = find_person(options["text"])
        except NothingToLookFor:
            raise CommandError("Name an email address, a phone number or a name.") from None
        is_export = options["verb"] == "export"
        store_looks_of_command(
            f"person {options['verb']}",
            numbered(one for who in people for one in who.findings),
            kind=AccessLine.Kind.EXPORT if is_export else AccessLine.Kind.LOOK,
        )
        if options["verb"] == "find" or not people:
            self._list(people)
        elif is_export:
            self._export(self._choose(people, options), options["output"])
        else:
            self._erase(self._choose(people, options), options["yes"])

    def _list(self, people: list[FoundPerson]) -> None:
        if not people:
            self.stdout.write("Nothing is held.")
        for number, person in enumerate(people, start=1):
            self.stdout.write(f"{number}. {person.name or 'without a name'}")
            for finding in person.findings:
                title = f"{finding.table.title}: {finding.summary.title}"
                self.stdout.write(f"   - {title} ({finding.because})")

    def _choose(self, people: list[FoundPerson], options: dict[str, Any]) -> list[Finding]:
        """Return the rows of those who are meant. Raises CommandError if that cannot be told."""
        numbers = options["person"]
        if numbers is None and len(people) > 1:
            people = self._ask(people, options)
        elif numbers is not None:
            if not all(0 < number <= len(people) for number in numbers):
                raise CommandError(f"--person goes from 1 to {len(people)}.")
            people = [people[number - 1] for number in numbers]
        findings = [finding for person in people for finding in person.findings]
        for finding in findings:
            if not finding.is_sure:
                title = f"{finding.table.title}: {finding.summary.title}"
                self.stderr.write(f"Left out, by a first name alone: {title}")
        return [finding for finding in findings if finding.is_sure]

    def _ask(self, people: list[FoundPerson], options: dict[str, Any]) -> list[FoundPerson]:
        typed = read_text(options["text"])
        if typed.kind == "email":  # whoever reads a mailbox is one person, under whatever names
            theirs = [
                person
                for person in people
                if typed.sought.emails & {email.casefold() for email in person.emails}
            ]
            if theirs:
                return theirs
        self._list(people)
        if options.get("yes") or options["verb"] == "export":
            raise CommandError(f"{len(people)} people may be meant. Say which: --person NUMBER.")
        answer = input("Which of them? Numbers, with spaces between: ")
        try:
            return [people[int(number) - 1] for number in answer.split() if int(number) > 0]
        except (ValueError, IndexError):
            raise CommandError("Nothing was done.") from None

    def _export(self, findings: list[Finding], output: Path | None) -> None:
        text = json.dumps(export_findings(findings), ensure_ascii=False, indent=2)
        if output is None:
            self.stdout.write(text)
        else:
            output.touch(mode=0o600)
            output.write_text(text + "\n")

    def _erase(self, findings: list[Finding], yes: bool) -> None:
        if not yes:
            self._list([FoundPerson(findings)])
            if input("Erase all of these for good? Type yes: ").strip().lower() != "yes":
                raise CommandError("Nothing was erased.")
        outcome = erase_findings(findings, by=None)
        self.stdout.write(f"Erased: {outcome.erased}.")
        for finding, why in outcome.kept:
            self.stdout.write(f"Kept: {finding.table.title}, {finding.summary.title}. {why}")
