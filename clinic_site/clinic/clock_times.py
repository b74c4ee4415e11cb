"""Times of a day as people read them: "9:00 AM", "9:00–10:15 AM", "9:00 AM–5:00 PM"."""

from datetime import datetime, time

from django.utils.dateformat import time_format
from django.utils.formats import get_format


def clock(wall: time | datetime) -> str:
    """Say what the own clock of a time shows: "10:30 AM"."""
    return time_format(wall, get_format("TIME_FORMAT"))


def time_span(begins: time | datetime, ends: time | datetime) -> str:
    """Say two times, with one "AM" or "PM" if both are in the same half of a day."""
    same_half = (begins.hour < 12) == (ends.hour < 12)
    if isinstance(begins, datetime) and isinstance(ends, datetime):
        same_half = same_half and begins.date() == ends.date()
    first = clock(begins)
    return f"{first.split()[0] if same_half else first}–{clock(ends)}"
