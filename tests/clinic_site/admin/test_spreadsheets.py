"""No cell that anybody downloads is a formula, and nothing of what was typed is lost."""

import csv
from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from clinic_site.admin import spreadsheets

DANGEROUS = [
    '=HYPERLINK("http://evil.example","look")',
    "=1+1",
    "+1 805 555 0123",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u200b=1",
    "＝1+1",  # full width
    "−1",
    "%0A=1",
    "|calc",
]
HARMLESS = ["Noor", "a = b", "3 - 2", "", "été", "two\nlines", 'He said "no"; then left, I think']


def cells_of_csv(*texts: str) -> list[str]:
    lines = "".join(spreadsheets.csv_lines(["text"], [[text] for text in texts]))
    rows = csv.reader(lines.removeprefix("\ufeff").splitlines(keepends=True))
    return [row[0] for row in rows][1:]


@pytest.mark.parametrize("text", DANGEROUS)
def test_csv_says_that_it_is_text(text: str) -> None:
    [cell] = cells_of_csv(text)
    assert cell == f"'{text}"


def test_csv_leaves_the_rest_as_it_is() -> None:
    assert cells_of_csv(*HARMLESS) == HARMLESS


@pytest.mark.parametrize("text", [*DANGEROUS, *HARMLESS[:-1]])
def test_xlsx_holds_the_text_itself_as_text(text: str) -> None:
    book = load_workbook(BytesIO(spreadsheets.xlsx(["text"], [[text]])))
    cell = book.active["A2"]
    assert cell.data_type in {"s", "n"}  # an empty text is an empty cell
    assert (cell.value or "") == text.replace("\r", "\n")
    assert cell.value is None or cell.quotePrefix


def test_a_heading_is_no_formula_either() -> None:
    assert "'=1" in next(spreadsheets.csv_lines(["=1"], []))


def test_what_a_workbook_cannot_hold_is_left_out() -> None:
    book = load_workbook(BytesIO(spreadsheets.xlsx(["text"], [["a\x00b\x0bc"], ["x" * 40_000]])))
    assert book.active["A2"].value == "abc"
    assert len(book.active["A3"].value) == 32_767
    assert cells_of_csv("a\x00b\x0bc") == ["abc"]


def test_times_stand_on_the_sites_clock_and_numbers_stay_numbers() -> None:
    noon = datetime(2027, 1, 4, 20, 0, tzinfo=UTC)
    book = load_workbook(BytesIO(spreadsheets.xlsx(["at", "how many"], [[noon, -2]])))
    assert book.active["A2"].value == datetime(2027, 1, 4, 12, 0)  # noqa: DTZ001
    assert book.active["B2"].value == -2
    lines = list(spreadsheets.csv_lines(["at"], [[noon]]))
    assert lines[1] == '"2027-01-04 12:00:00"\r\n'


@pytest.mark.parametrize("kind", spreadsheets.FORMATS)
def test_a_download_is_never_shown_in_place(kind: str) -> None:
    answer = spreadsheets.response(kind, "comments", ["name"], [["Noor"]])
    assert answer["Content-Disposition"].startswith("attachment;")
    assert f"comments.{kind}" in answer["Content-Disposition"]
