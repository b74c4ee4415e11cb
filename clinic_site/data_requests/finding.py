"""Whose is it: all that is held, looked through for one person.

Somebody is looked for by one text. What it finds leads on: to rows with the same phone or email,
and to rows under the very same name, since the address of an approved comment is deleted. Families
share a phone, so what is found is told apart by names and left to choose from.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext

from clinic_site.access_log.looks import note_records
from clinic_site.access_log.models import AccessLine
from clinic_site.clinic.phone import normalize_phone
from clinic_site.privacy.register import personal_data_tables
from clinic_site.privacy.tables import PersonalDataTable, RowSummary, Sought
from clinic_site.search.words import fold

ROUNDS = 4  # rows lead to rows, but not to everybody in town


class NothingToLookFor(ValueError):
    """The text has neither an address nor a number nor a letter."""


@dataclass(frozen=True)
class Finding:
    """A row that may be somebody's."""

    table: PersonalDataTable[Any]
    row: Any
    summary: RowSummary
    because: str
    is_sure: bool  # False: by a first name alone, which many have

    @property
    def key(self) -> str:
        """Names the row in forms: no more than a kind and a number."""
        return f"{self.table.model._meta.label}:{self.table.key(self.row)}"


def note_findings(
    findings: Iterable[Finding], *, kind: AccessLine.Kind = AccessLine.Kind.LOOK
) -> None:
    """Note that the answer shows these rows."""
    for table, number in numbered(findings):
        note_records(table, [number], kind=kind)


def numbered(findings: Iterable[Finding]) -> Iterator[tuple[str, int]]:
    """Return the label and number of each row that has one: a part of a page has none."""
    for finding in findings:
        key = finding.table.key(finding.row)
        if key.isdecimal():
            yield finding.table.model._meta.label_lower, int(key)


@dataclass
class FoundPerson:
    """Rows under one name that share a contact: one person, perhaps not all that is theirs."""

    findings: list[Finding] = field(default_factory=list)

    @property
    def name(self) -> str:
        names = [name for finding in self.findings for name in finding.summary.names if name]
        return max(names, key=len) if names else ""

    @property
    def emails(self) -> list[str]:
        return _distinct(email for finding in self.findings for email in finding.summary.emails)

    @property
    def phones(self) -> list[str]:
        return _distinct(phone for finding in self.findings for phone in finding.summary.phones)

    def knows(self, finding: Finding) -> bool:
        return any(_same_person(finding.summary, mine.summary) for mine in self.findings)


class SearchText(NamedTuple):
    sought: Sought
    kind: str  # "email", "phone" or "name"


def read_text(text: str) -> SearchText:
    """Read what was typed as an email address, a phone number however it is spelled, or a name.

    Raises NothingToLookFor.
    """
    text = " ".join(text.split())
    if "@" in text:
        return SearchText(Sought(emails=frozenset({text.casefold()})), "email")
    try:
        return SearchText(Sought(phones=frozenset({normalize_phone(text)})), "phone")
    except ValueError:
        if not any(map(str.isalpha, text)):
            raise NothingToLookFor from None
        return SearchText(Sought(name=text), "name")


def find_person(text: str) -> list[FoundPerson]:
    """Return all that may belong to whoever `text` names, told apart by name; the likeliest first.

    Raises NothingToLookFor.
    """
    found: dict[str, Finding] = {}
    typed = read_text(text).sought
    ask, asked = typed, Sought()
    for number in range(ROUNDS):
        for table in personal_data_tables():
            for row in table.find(ask):
                finding = _finding(table, row, typed, ask, is_first=number == 0)
                found.setdefault(finding.key, finding)
        asked = Sought(asked.emails | ask.emails, asked.phones | ask.phones)
        ask = _contacts(found.values(), leave_out=asked)
        if not (ask.emails or ask.phones):
            break
    _add_namesakes(found)
    return _told_apart(found.values())


def find_chosen(text: str, keys: Iterable[str]) -> list[Finding]:
    """Return what of `find_person` is among `keys`, as it is by now."""
    chosen = {*keys}
    everything = (finding for person in find_person(text) for finding in person.findings)
    return [finding for finding in everything if finding.key in chosen]


def _add_namesakes(found: dict[str, Finding]) -> None:
    for name in _distinct(name for finding in found.values() for name in finding.summary.names):
        for table in personal_data_tables():
            for row in table.find(Sought(name=name)):
                summary = table.summary(row)
                if fold(name) in map(fold, summary.names):
                    because, is_sure = gettext("the same name"), len(fold(name).split()) > 1
                    finding = Finding(table, row, summary, because, is_sure)
                    found.setdefault(finding.key, finding)


def _finding(
    table: PersonalDataTable[Any], row: Any, typed: Sought, ask: Sought, *, is_first: bool
) -> Finding:
    summary = table.summary(row)
    emails = {email.casefold() for email in summary.emails}
    if ask.emails & emails:
        because = gettext("the same email address")
    elif ask.phones & {*map(plain_number, summary.phones)}:
        because = gettext("the same phone number")
    else:
        because = gettext("the name")
    if not is_first:
        because = gettext("%(because)s as another of these") % {"because": because}
    return Finding(table, row, summary, because, is_sure=True)


def _contacts(findings: Iterable[Finding], *, leave_out: Sought) -> Sought:
    findings = list(findings)
    emails = {email.casefold() for finding in findings for email in finding.summary.emails}
    phones = {plain_number(phone) for finding in findings for phone in finding.summary.phones}
    return Sought(frozenset(emails - leave_out.emails), frozenset(phones - leave_out.phones))


def plain_number(phone: str) -> str:
    """Return a number without its extension."""
    return phone.partition(";")[0]


def _told_apart(findings: Iterable[Finding]) -> list[FoundPerson]:
    people: list[FoundPerson] = []
    # Those that say how somebody is reached come first; the others join whoever has their name.
    for finding in sorted(findings, key=lambda one: not one.summary.has_contact):
        known = [person for person in people if person.knows(finding)]
        if not finding.summary.has_contact and len(known) > 1:
            known = []  # anybody's of that name
        merged = FoundPerson([*_all(known), finding])
        people = [person for person in people if person not in known] + [merged]
    return sorted(people, key=lambda person: not any(one.is_sure for one in person.findings))


def _all(people: Iterable[FoundPerson]) -> Iterator[Finding]:
    for person in people:
        yield from person.findings


def _same_person(one: RowSummary, other: RowSummary) -> bool:
    """Two rows are one person's if they share a contact and no name speaks against it.

    What says nothing of a contact is taken for whoever has the very same name.
    """
    if not (one.has_contact and other.has_contact):
        return bool({*map(fold, one.names)} & {*map(fold, other.names)})
    shares = bool(
        {*map(str.casefold, one.emails)} & {*map(str.casefold, other.emails)}
        or {*map(plain_number, one.phones)} & {*map(plain_number, other.phones)}
    )
    if not (one.names and other.names):
        return shares
    return shares and any(_names_agree(a, b) for a in one.names for b in other.names)


def _names_agree(one: str, other: str) -> bool:
    """ "Jo" is "Jo O’Brien" for whoever shares an address with them; "Sam O’Brien" is not."""
    a, b = {*fold(one).split()}, {*fold(other).split()}
    return bool(a and b) and (a <= b or b <= a)


def _distinct(texts: Iterable[str]) -> list[str]:
    return [*dict.fromkeys(filter(None, texts))]
