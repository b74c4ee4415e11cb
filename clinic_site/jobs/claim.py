"""Rows that wait until they are due, each for one of any number of workers.

A worker claims a row by a conditional update: it puts off when the row is due, unless another
has done so since the row was read. A worker that dies leaves its claim to run out.
"""

from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from django.db.models import Model, QuerySet

# One try may take this long before another worker takes the row over.
CLAIM = timedelta(minutes=10)


class DueRow(Protocol):
    pk: Any
    due_at: datetime


Row = TypeVar("Row", bound=Model)


def claim_row(row: DueRow, *, now: datetime, until: datetime | None = None, **changes: Any) -> bool:
    """Take `row` for this worker until then, or for `CLAIM`, writing `changes` with it.

    A row that is not due, or that another worker has taken since it was read, gives False.
    """
    changes["due_at"] = until or now + CLAIM
    if not claimed(row).filter(due_at__lte=now).update(**changes):
        return False
    for name, value in changes.items():
        setattr(row, name, value)
    return True


def claimed(row: DueRow) -> QuerySet[Any]:
    """Return the row as this worker has it; nothing once another worker has taken it over."""
    return type(row)._default_manager.filter(pk=row.pk, due_at=row.due_at)  # type: ignore[attr-defined]
