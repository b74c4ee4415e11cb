"""The page for owners tells what the program does: its tables are made from the same records."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic_site.privacy.register import PersonalDataRecord, personal_data_records
from clinic_site.privacy.retention import period_in_words, retention_rules

PAGE = Path(__file__).parents[2] / "docs/data_protection.md"
BEGIN, END = "<!-- made from the records -->\n", "<!-- end -->\n"

pytestmark = pytest.mark.django_db


def table(*rows: tuple[object, ...]) -> Iterator[str]:
    head, *others = rows
    yield _row(head)
    yield _row(("---",) * len(head))
    yield from map(_row, others)


def _row(cells: tuple[object, ...]) -> str:
    return f"| {' | '.join(str(cell).replace('|', '/') for cell in cells)} |"


def in_the_database(record: PersonalDataRecord) -> str:
    """Say what whoever gets hold of the database, and not of the keys, can read."""
    if not record.columns:
        return "numbers and times"
    if not record.readable:
        return "encrypted or hashed"
    readable = ", ".join(name for names in record.readable.values() for name in names.split())
    hidden = any(names != record.readable.get(label) for label, names in record.columns.items())
    others = " All else is encrypted or hashed." if hidden else ""
    return f"Readable: {readable}. {record.readable_because}{others}"


def tables() -> str:
    records = [
        (record.what, record.why, record.seen_by, record.until, in_the_database(record))
        for record in personal_data_records()
    ]
    rules = [(rule.what, period_in_words(rule.days), rule.reason) for rule in retention_rules()]
    lines = [
        "## Kinds",
        "",
        *table(("what", "why", "who sees it", "until", "in the database"), *records),
        "",
        "## Periods",
        "",
        *table(("what ends", "after", "why"), *rules),
    ]
    return "\n".join(lines) + "\n"


def test_the_page_for_owners_is_what_the_records_say() -> None:
    before, _begin, rest = PAGE.read_text().partition(BEGIN)
    _told, _end, after = rest.partition(END)
    made = before + BEGIN + tables() + END + after
    if os.environ.get("UPDATE_DOCS"):
        PAGE.write_text(made)
    assert PAGE.read_text() == made, "UPDATE_DOCS=1 writes it"


def test_every_period_is_told_on_the_privacy_page() -> None:
    """A rule of which no record speaks would end, or keep, what nobody was told of."""
    told = " ".join(str(record.until) for record in personal_data_records())
    for rule in retention_rules():
        assert period_in_words(rule.days) in told, rule.key
