"""The calendar laid out as a table: a row for each quarter of an hour, a column for each day.

Functions of values alone. What overlaps in a column, as two short visits in one quarter do, stands
in one cell, one below the other, so that nothing ever hides something else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time

from booking.scheduling.agenda import AgendaEntry, PersonsDay

ROW_MINUTES = 15
ROWS_AN_HOUR = 60 // ROW_MINUTES
ROWS_A_DAY = 24 * ROWS_AN_HOUR
# What is shown at least, of a day on which nobody works.
USUAL = (9 * ROWS_AN_HOUR, 17 * ROWS_AN_HOUR)
HALF_HOUR = ROWS_AN_HOUR // 2


@dataclass
class Cell:
    """One cell of the table: what takes place, or else a time that is free, or out of hours."""

    column: int
    starts: int
    span: int
    free: bool = False
    entries: list[AgendaEntry] = field(default_factory=list)

    @property
    def time(self) -> time:
        return row_time(self.starts)


@dataclass
class Row:
    number: int
    cells: list[Cell] = field(default_factory=list)

    @property
    def time(self) -> time:
        return row_time(self.number)

    @property
    def is_hour(self) -> bool:
        return self.number % ROWS_AN_HOUR == 0


def row_time(number: int) -> time:
    hours, rows = divmod(number % ROWS_A_DAY, ROWS_AN_HOUR)
    return time(hours, rows * ROW_MINUTES)


def lay_out(columns: Sequence[PersonsDay]) -> list[Row]:
    """Return the rows from the first hour in which anything is to be seen to the last."""
    first, last = _range(columns)
    rows = {number: Row(number) for number in range(first, last)}
    for place, column in enumerate(columns):
        for cell in _cells(place, column, first, last):
            rows[cell.starts].cells.append(cell)
    return list(rows.values())


def _range(columns: Sequence[PersonsDay]) -> tuple[int, int]:
    spans = [
        _rows(begins, ends)
        for column in columns
        for begins, ends in [
            *column.hours,
            *((entry.starts_at, entry.ends_at) for entry in column.entries),
        ]
    ]
    first = min((span.start for span in spans), default=USUAL[0])
    last = max((span.stop for span in spans), default=USUAL[1])
    whole = ROWS_AN_HOUR
    return first // whole * whole, min(-(-last // whole) * whole, ROWS_A_DAY)


def _cells(place: int, column: PersonsDay, first: int, last: int) -> list[Cell]:
    cells: list[Cell] = []
    at = first
    for run, entries in _runs(column.entries):
        cells += _empty(place, column, at, run.start)
        cells.append(Cell(place, run.start, len(run), entries=entries))
        at = run.stop
    return cells + _empty(place, column, at, last)


def _runs(entries: Sequence[AgendaEntry]) -> list[tuple[range, list[AgendaEntry]]]:
    """The rows that entries take, those that share a row together."""
    runs: list[tuple[range, list[AgendaEntry]]] = []
    for entry in entries:
        rows = _rows(entry.starts_at, entry.ends_at)
        if runs and rows.start < runs[-1][0].stop:
            before, together = runs[-1]
            runs[-1] = (range(before.start, max(before.stop, rows.stop)), [*together, entry])
        else:
            runs.append((rows, [entry]))
    return runs


def _empty(place: int, column: PersonsDay, start: int, stop: int) -> list[Cell]:
    """Free time in pieces of half an hour at most; time out of hours in one piece."""
    working = {row for begins, ends in column.hours for row in _rows(begins, ends)}
    cells: list[Cell] = []
    for row in range(start, stop):
        free = row in working
        last = cells[-1] if cells else None
        joins = last is not None and last.free == free and not (free and row % HALF_HOUR == 0)
        if last and joins:
            last.span += 1
        else:
            cells.append(Cell(place, row, 1, free=free))
    return cells


def _rows(begins: datetime, ends: datetime) -> range:
    """The rows that a span of one day touches, on its own clock."""
    first = _minutes(begins) // ROW_MINUTES
    last = -(-_minutes(ends) // ROW_MINUTES)
    if ends.date() > begins.date():
        last = ROWS_A_DAY
    # In the night that has an hour twice, a span may end by the clock before it begins.
    return range(first, max(last, first + 1))


def _minutes(wall: datetime) -> int:
    return wall.hour * 60 + wall.minute
