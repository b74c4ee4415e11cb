"""Time is claimed in cells of five minutes, numbered since 1970 in UTC."""

from datetime import UTC, datetime, timedelta

CELL_MINUTES = 5
CELL_SECONDS = CELL_MINUTES * 60
CELL = timedelta(minutes=CELL_MINUTES)


def cell_of(instant: datetime) -> int:
    """The cell that an aware time lies in."""
    return int(instant.timestamp() // CELL_SECONDS)


def cell_after(instant: datetime) -> int:
    """The first cell that begins at an aware time or later."""
    return -int(-instant.timestamp() // CELL_SECONDS)


def instant_of(cell: int) -> datetime:
    """The time in UTC at which a cell begins."""
    return datetime.fromtimestamp(cell * CELL_SECONDS, UTC)
