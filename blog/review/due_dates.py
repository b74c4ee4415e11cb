"""When a medical review runs out."""

from calendar import monthrange
from datetime import date


def due_after(reviewed_on: date, months: int) -> date:
    """Return the same day `months` later, or the last of a month that is too short for it."""
    years, month = divmod(reviewed_on.month - 1 + months, 12)
    year, month = reviewed_on.year + years, month + 1
    return date(year, month, min(reviewed_on.day, monthrange(year, month)[1]))
