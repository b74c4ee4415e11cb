"""All that is held of somebody, to read and as a file."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from clinic_site.data_requests.finding import Finding


def export_findings(findings: Iterable[Finding]) -> dict[str, Any]:
    """Return everything, by what the tables are called; each row a mapping of words."""
    parts: dict[str, list[Any]] = {}
    for finding in findings:
        row = {gettext("Record"): finding.summary.title, **finding.table.export(finding.row)}
        parts.setdefault(str(finding.table.title), []).append(row)
    return {"made": timezone.localtime().isoformat(timespec="minutes"), "held": parts}


Readable = dict[str, list[list[tuple[str, list[str]]]]]


def readable_records(export: Mapping[str, Any]) -> Readable:
    """Return an export as a page shows it: for each record its labels, each with its lines."""
    return {
        title: [
            [(label, lines) for label, value in record.items() if (lines := _lines(value))]
            for record in records
        ]
        for title, records in export["held"].items()
    }


def _lines(value: Any) -> list[str]:
    if isinstance(value, str):
        return value.splitlines()
    return [part if isinstance(part, str) else _in_one_line(part) for part in value]


def _in_one_line(fields: Mapping[str, str]) -> str:
    return " · ".join(f"{name}: {text}" for name, text in fields.items())
