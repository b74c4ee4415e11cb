"""Authors become people of the clinic: without accounts, and not on the team."""

from html import unescape

from django.db import transaction

from clinic_site.clinic.models.people import Person
from wordpress.bring.records import Kind, Records
from wordpress.report import ItemOutcome, ItemReport, Report
from wordpress.wxr.items import Author

LONGEST_NAME = 80
ROLE = "Author"


class People:
    def __init__(self, authors: tuple[Author, ...], records: Records) -> None:
        self.authors = {author.login: author for author in authors}
        self.records = records
        self.emails = {author.email.strip().casefold() for author in authors if author.email}
        self.numbers = {author.number for author in authors if author.number}
        self._found: dict[str, Person | None] = {}

    def name_of(self, login: str) -> str:
        author = self.authors.get(login)
        return unescape(author.name if author else login).strip()

    def find(self, login: str) -> Person | None:
        """Return who wrote something, as `bring` has found or made them."""
        if login not in self._found:
            pk = self.records.object_id(Kind.PERSON, login) if login else None
            self._found[login] = Person.objects.filter(pk=pk).first() if pk else None
        return self._found[login]

    @transaction.atomic
    def bring(self, login: str, report: Report) -> None:
        if not login or self.find(login) is not None:
            return
        name = self.name_of(login)
        entry = ItemReport("person", name, login)
        if self.records.get(Kind.PERSON, login):
            entry.outcome = ItemOutcome.GONE
            report.add(entry)
            return
        person = Person.objects.filter(name__iexact=name[:LONGEST_NAME]).order_by("pk").first()
        if person is not None:
            entry.outcome = ItemOutcome.SAME
            entry.changed("somebody here has that name, so the articles are theirs")
        else:
            person = Person.objects.create(name=name[:LONGEST_NAME], role=ROLE, on_team=False)
            entry.look("say what they do, and whether they’re shown with the team")
        self.records.keep(Kind.PERSON, login, person.pk)
        self._found[login] = person
        report.add(entry)
