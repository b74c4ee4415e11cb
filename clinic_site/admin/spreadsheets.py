"""Tables for spreadsheet programs, in which no cell is ever a formula, whatever people typed.

CSV has no types: a text that a program would calculate gets an apostrophe before it, which
programs show or drop, and never follow. In XLSX every text is written as text, and marked so
that it stays text when somebody edits the cell.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from unicodedata import normalize

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

Cell = str | int | float | bool | datetime | None
Row = Sequence[Cell]

FORMATS = ("csv", "xlsx")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for something older
MOST_CHARACTERS = 32_767  # in a cell of XLSX
NOT_SHOWN = re.compile(r"[\s\u200b-\u200f\u2060-\u2064\ufeff\u00ad]*")


def response(kind: str, name: str, heading: Row, rows: Iterable[Row]) -> HttpResponseBase:
    """Return the download of a table; `kind` is one of FORMATS, `name` has no ending."""
    if kind == "csv":
        stream = StreamingHttpResponse(csv_lines(heading, rows), content_type="text/csv")
        stream["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return stream
    workbook = BytesIO(xlsx(heading, rows))
    return FileResponse(workbook, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def csv_lines(heading: Row, rows: Iterable[Row]) -> Iterator[str]:
    """Yield the table line by line, so that a long one needs no memory."""
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    yield BYTE_ORDER_MARK + writer.writerow([_csv_cell(cell) for cell in heading])
    for row in rows:
        yield writer.writerow([_csv_cell(cell) for cell in row])


def xlsx(heading: Row, rows: Iterable[Row]) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for row in (heading, *rows):
        sheet.append([_xlsx_cell(sheet, cell) for cell in row])
    written = BytesIO()
    workbook.save(written)
    return written.getvalue()


def could_be_a_formula(text: str) -> bool:
    """Tell whether a program might calculate `text`: by its first sign that leaves ink.

    Full-width signs count too, since some programs take them for the others, and so does
    anything that only a tab or a line end keeps from being the first.
    """
    first = NOT_SHOWN.sub("", text, count=1)[:1]
    return normalize("NFKC", first)[:1] in {"=", "+", "-", "−", "@", "|", "%"} or (
        text[:1] in {"\t", "\r", "\n"}
    )


def _csv_cell(cell: Cell) -> Any:
    if isinstance(cell, datetime):
        return _local(cell).isoformat(" ", "seconds")
    if not isinstance(cell, str):
        return cell
    text = ILLEGAL_CHARACTERS_RE.sub("", cell)
    return f"'{text}" if could_be_a_formula(text) else text


def _xlsx_cell(sheet: Any, cell: Cell) -> Any:
    if isinstance(cell, datetime):
        return _local(cell)
    if not isinstance(cell, str):
        return cell
    if not cell:
        return None
    written = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", cell)[:MOST_CHARACTERS])
    written.data_type = "s"  # openpyxl takes what begins with "=" for a formula
    written.quotePrefix = True
    return written


def _local(moment: datetime) -> datetime:
    """Return the wall time on the site's clock: spreadsheets know no zones."""
    return timezone.make_naive(moment) if timezone.is_aware(moment) else moment


class _Echo:
    """What `csv` writes to, which hands each line back."""

    def write(self, line: str) -> str:
        return line
