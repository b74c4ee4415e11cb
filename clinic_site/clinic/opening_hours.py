"""Opening hours as people read them. Times are wall time at the location."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from itertools import groupby
from typing import Protocol

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _


class Span(Protocol):
    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True)
class DaysAlike:
    """Neighbouring days with the same hours; without spans they are closed."""

    days: str
    spans: list[Span]

    @property
    def closed(self) -> bool:
        return not self.spans


def by_days(spans: Iterable[Span]) -> list[DaysAlike]:
    """Gather the week, Monday first, into runs of days that are open alike."""
    week: list[list[Span]] = [[] for _day in range(7)]
    for span in sorted(spans, key=lambda span: span.opens):
        week[span.weekday].append(span)

    def hours_of(day: int) -> list[tuple[time, time]]:
        return [(span.opens, span.closes) for span in week[day]]

    runs = [list(days) for _hours, days in groupby(range(7), key=hours_of)]
    return [DaysAlike(_name_of(run), week[run[0]]) for run in runs]


def _name_of(days: list[int]) -> str:
    first, last = WEEKDAYS[days[0]], WEEKDAYS[days[-1]]
    if len(days) == 1:
        return str(first)
    return _("%(first)s – %(last)s") % {"first": first, "last": last}
