"""The calendar laid out on a fixed scale: a row for each five minutes, a column for each day.

Functions of values alone. What overlaps in a column stands side by side, in lanes, so that nothing
ever hides something else. Rows are counted from the first hour that is shown, from one on.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from booking.scheduling.agenda import AgendaEntry, PersonsDay
from clinic_site.clinic.opening_hours import DAY

ROW_MINUTES = 5
ROWS_AN_HOUR = 60 // ROW_MINUTES
ROWS_A_DAY = 24 * ROWS_AN_HOUR
MIN_ROWS = 3  # a shorter gap is too small to be pressed
QUARTER, HALF_HOUR = ROWS_AN_HOUR // 4, ROWS_AN_HOUR // 2
# What is shown at least, of a day on which nobody works.
USUAL = range(9 * ROWS_AN_HOUR, 17 * ROWS_AN_HOUR)


class PieceKind(StrEnum):
    OPEN = "open"  # the hours themselves, behind all the rest
    FREE = "free"
    ENTRY = "entry"
    BUFFER = "buffer"  # what is kept free after a visit


@dataclass(frozen=True)
class Piece:
    """A stretch of one column, from a row on, as many rows long."""

    kind: PieceKind
    span: range  # rows of the day
    lane: int = 1
    entry: AgendaEntry | None = None

    @property
    def begins(self) -> time:
        return row_time(self.span.start)

    @property
    def ends(self) -> time:
        return row_time(self.span.stop)

    @property
    def rows(self) -> int:
        return len(self.span)

    @property
    def is_short(self) -> bool:
        """Whether there is room for one line alone."""
        return self.rows < HALF_HOUR

    @property
    def is_tight(self) -> bool:
        """Whether there is room for two lines."""
        return HALF_HOUR <= self.rows <= 3 * QUARTER


@dataclass
class Column:
    """One day of one practitioner, laid out."""

    persons_day: PersonsDay
    lanes: int = 1
    open: list[Piece] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    free: list[range] = field(default_factory=list)  # whole stretches of free time


@dataclass
class Layout:
    shown: range  # rows of the day
    columns: list[Column]

    @property
    def hours(self) -> list[time]:
        return [row_time(row) for row in self.shown[::ROWS_AN_HOUR]]


def row_time(row: int) -> time:
    hours, rows = divmod(row % ROWS_A_DAY, ROWS_AN_HOUR)
    return time(hours, rows * ROW_MINUTES)


def wall_at(day: date, row: int, zone: ZoneInfo) -> datetime:
    """The time on the clock of a zone at which a row of a day begins."""
    return datetime.combine(day + row // ROWS_A_DAY * DAY, row_time(row), zone)


def row_at(wall: datetime) -> int:
    """The row that a wall time is in."""
    return (wall.hour * 60 + wall.minute) // ROW_MINUTES


def lay_out(days: Sequence[PersonsDay], *, length: timedelta | None = None) -> Layout:
    """Lay out days side by side, from the first hour in which anything is to be seen to the last.

    With a `length`, free pieces are the quarters of an hour at which so long a visit may begin.
    """
    columns = [_column(persons_day, length) for persons_day in days]
    return Layout(_shown(columns), columns)


def free_runs(persons_day: PersonsDay, now: datetime) -> Iterator[tuple[int, int]]:
    """The stretches of free time from now on, from which row to which, leaving out the shortest.

    `now` is on the clock of the location.
    """
    [column] = lay_out([persons_day]).columns
    past = row_at(now) + 1 if persons_day.day == now.date() else 0
    if persons_day.day < now.date():
        return
    for run in column.free:
        begins = max(run.start, past)
        if run.stop - begins >= MIN_ROWS:
            yield begins, run.stop


def _shown(columns: Iterable[Column]) -> range:
    spans = [piece.span for column in columns for piece in (*column.open, *column.pieces)]
    first = min((span.start for span in spans), default=USUAL.start)
    last = max((span.stop for span in spans), default=USUAL.stop)
    whole = ROWS_AN_HOUR
    return range(first // whole * whole, min(-(-last // whole) * whole, ROWS_A_DAY))


def _column(persons_day: PersonsDay, length: timedelta | None) -> Column:
    column = Column(persons_day)
    for entry, span, lane in _in_lanes(persons_day.entries):
        column.lanes = max(column.lanes, lane)
        column.pieces.append(Piece(PieceKind.ENTRY, span, lane, entry))
        if buffer := _buffer(entry, span):
            column.pieces.append(Piece(PieceKind.BUFFER, buffer, lane, entry))
    taken = {row for piece in column.pieces for row in piece.span}
    for begins, ends in persons_day.hours:
        hours = _rows(begins, ends)
        column.open.append(Piece(PieceKind.OPEN, hours))
        for run in _runs(row for row in hours if row not in taken):
            column.free.append(run)
            pieces = _starts(run, length) if length else _cut(run)
            column.pieces += [Piece(PieceKind.FREE, piece) for piece in pieces]
    column.pieces.sort(key=lambda piece: (piece.span.start, piece.lane))
    return column


def _in_lanes(entries: Sequence[AgendaEntry]) -> Iterator[tuple[AgendaEntry, range, int]]:
    """Give each entry the first lane in which nothing overlaps it."""
    ends: list[int] = []
    for entry in entries:
        span = _rows(entry.starts_at, entry.ends_at)
        lane = next((n for n, end in enumerate(ends) if end <= span.start), len(ends))
        ends[lane : lane + 1] = [span.stop]
        yield entry, span, lane + 1


def _buffer(entry: AgendaEntry, span: range) -> range | None:
    """What is kept free after a visit or a class, on the day that it ends on."""
    if not (entry.buffer_minutes and entry.is_last_piece):
        return None
    stop = min(span.stop + -(-entry.buffer_minutes // ROW_MINUTES), ROWS_A_DAY)
    return range(span.stop, stop) if stop > span.stop else None


def _runs(rows: Iterable[int]) -> Iterator[range]:
    start = last = None
    for row in rows:
        if last is None or start is None:
            start = row
        elif row != last + 1:
            yield range(start, last + 1)
            start = row
        last = row
    if start is not None and last is not None:
        yield range(start, last + 1)


def _cut(run: range) -> list[range]:
    """Cut free time at half hours, into pieces of a quarter of an hour at least."""
    cuts = [row for row in run[1:] if row % HALF_HOUR == 0]
    cuts = [row for row in cuts if row - run.start >= QUARTER and run.stop - row >= QUARTER]
    ends = [*cuts, run.stop]
    return [range(start, stop) for start, stop in zip([run.start, *cuts], ends, strict=True)]


def _starts(run: range, length: timedelta) -> list[range]:
    """The quarters of an hour at which a visit of this length may begin, and right at the start."""
    needed = -(-int(length.total_seconds()) // (60 * ROW_MINUTES))
    starts = [row for row in run if row == run.start or row % QUARTER == 0]
    fitting = [row for row in starts if row + needed <= run.stop]
    ends = [*fitting[1:], run.stop]
    return [
        range(start, min(start + QUARTER, end))
        for start, end in zip(fitting, ends[: len(fitting)], strict=True)
    ]


def _rows(begins: datetime, ends: datetime) -> range:
    """The rows that a span of one day touches, on its own clock."""
    first = row_at(begins)
    last = -(-(ends.hour * 60 + ends.minute) // ROW_MINUTES)
    if ends.date() > begins.date():
        last = ROWS_A_DAY
    # In the night that has an hour twice, a span may end by the clock before it begins.
    return range(first, max(last, first + 1))
