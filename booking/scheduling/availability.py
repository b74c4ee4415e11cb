"""When somebody is free: functions of values alone, without database or clock.

Hours are wall time; time is counted in cells, five minutes each, numbered since 1970 in UTC. A
cell is open if its wall time lies within the hours, so an hour that a night skips has no cells,
and an hour that comes twice has twice as many, of which the second never begins a visit.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from booking.cells import CELL, CELL_MINUTES, cell_after, cell_of, instant_of
from clinic_site.clinic.opening_hours import (
    DAY,
    DayChange,
    WeeklySpan,
    days_between,
    open_between,
    wall_span,
)

CELLS_A_DAY = DAY // CELL
# The front desk may book as far ahead as this.
FURTHEST = timedelta(days=730)


@dataclass(frozen=True)
class VisitLength:
    """What a start has to have room for. `horizon_days` None is without end."""

    duration_minutes: int
    buffer_minutes: int = 0
    grid_minutes: int = 15
    notice: timedelta = timedelta(0)
    horizon_days: int | None = None

    @property
    def cells(self) -> int:
        """The cells in which the patient is there; they have to be open."""
        return -(-self.duration_minutes // CELL_MINUTES)

    @property
    def cells_with_buffer(self) -> int:
        """The cells that nobody else may have claimed."""
        return -(-(self.duration_minutes + self.buffer_minutes) // CELL_MINUTES)


def free_starts(
    first: date,
    last: date,
    *,
    zone: ZoneInfo,
    hours: Iterable[WeeklySpan],
    changes: Iterable[DayChange],
    taken: AbstractSet[int],
    visit: VisitLength,
    now: datetime,
) -> list[datetime]:
    """The times in UTC, in order, at which a visit can begin on the days `first` to `last`.

    `taken` are the claimed cells. The days are the location's, and so is today.
    """
    # In UTC: a day's notice on a local clock would be 23 hours, or 25, on two days of the year.
    now = now.astimezone(UTC)
    first, last = bookable_days(first, last, zone=zone, visit=visit, now=now)
    if first > last:
        return []
    soonest = max(cell_after(now + visit.notice), cell_after(start_of_day(first, zone)))
    end = cell_after(start_of_day(last + DAY, zone))
    # What begins on the last day may end on the following one.
    return [
        instant_of(cell)
        for run in open_cells(first - DAY, last + DAY, zone, hours, changes)
        for cell in _starts_within(run, zone, visit)
        if soonest <= cell < end and taken.isdisjoint(range(cell, cell + visit.cells_with_buffer))
    ]


def bookable_days(
    first: date, last: date, *, zone: ZoneInfo, visit: VisitLength, now: datetime
) -> tuple[date, date]:
    """The days of `first` to `last` that lie between today and the horizon."""
    today = now.astimezone(zone).date()
    ahead = FURTHEST if visit.horizon_days is None else timedelta(days=visit.horizon_days)
    return max(first, today), min(last, today + ahead)


def open_cells(
    first: date,
    last: date,
    zone: ZoneInfo,
    hours: Iterable[WeeklySpan],
    changes: Iterable[DayChange],
) -> list[range]:
    """The runs of open cells, in order, of the spans that begin on the days `first` to `last`."""
    return _merged(
        run
        for _day, spans in open_between(first, last, hours, changes)
        for begins, ends in spans
        for run in _cells_between(begins, ends, zone)
    )


def cells_of_closure(closure: DayChange, zone: ZoneInfo) -> list[range]:
    """The runs of cells, in order, that a closure closes in a zone, be it in part."""
    return _merged(
        run
        for day in days_between(closure.first_day, closure.last_day)
        for run in _cells_between(*_outward(*wall_span(day, closure.begins, closure.ends)), zone)
    )


def _outward(begins: datetime, ends: datetime) -> tuple[datetime, datetime]:
    """A span of wall time widened to whole cells: what is partly closed is closed."""
    return (
        begins - timedelta(minutes=begins.minute % CELL_MINUTES, seconds=begins.second),
        ends + timedelta(minutes=-ends.minute % CELL_MINUTES, seconds=-ends.second % 60),
    )


def _cells_between(begins: datetime, ends: datetime, zone: ZoneInfo) -> list[range]:
    """The cells whose wall time lies wholly between two wall times."""
    meant = [wall.replace(tzinfo=zone, fold=fold) for wall in (begins, ends) for fold in (0, 1)]
    earliest, *_between, latest = sorted(wall.astimezone(UTC) for wall in meant)
    if len({wall.utcoffset() for wall in meant}) == 1:
        return [range(cell_after(earliest), cell_of(latest))]
    # The clocks change in between, so each cell is asked.
    walls = ((cell, _wall_of(cell, zone)) for cell in range(cell_of(earliest), cell_after(latest)))
    return _merged(range(cell, cell + 1) for cell, wall in walls if begins <= wall <= ends - CELL)


def _starts_within(run: range, zone: ZoneInfo, visit: VisitLength) -> Iterator[int]:
    """The cells of a run that lie on the clock's grid and leave room for the visit."""
    until = run.stop - visit.cells + 1
    # By days, so that the clocks change at most once in each piece.
    for piece_start in range(run.start, until, CELLS_A_DAY):
        piece = range(piece_start, min(piece_start + CELLS_A_DAY, until))
        begins, ends = (instant_of(cell).astimezone(zone) for cell in (piece[0], piece[-1]))
        if begins.utcoffset() == ends.utcoffset() and not begins.fold and not ends.fold:
            to_grid = -begins.minute % visit.grid_minutes // CELL_MINUTES
            yield from piece[to_grid :: visit.grid_minutes // CELL_MINUTES]
        else:
            walls = ((cell, instant_of(cell).astimezone(zone)) for cell in piece)
            # Of an hour that comes twice the first is meant.
            yield from (
                cell
                for cell, wall in walls
                if not wall.fold and wall.minute % visit.grid_minutes == 0
            )


def runs_of(cells: Iterable[int]) -> list[range]:
    """The runs that cells make, in order."""
    return _merged(range(cell, cell + 1) for cell in cells)


def _merged(runs: Iterable[range]) -> list[range]:
    """Runs in order, those that touch or overlap made one."""
    merged: list[range] = []
    for run in sorted((run for run in runs if run), key=lambda run: run.start):
        if merged and run.start <= merged[-1].stop:
            merged[-1] = range(merged[-1].start, max(merged[-1].stop, run.stop))
        else:
            merged.append(run)
    return merged


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The moment in UTC at which a day begins."""
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def _wall_of(cell: int, zone: ZoneInfo) -> datetime:
    return instant_of(cell).astimezone(zone).replace(tzinfo=None)
