"""Public holidays of the United States and its states, to be suggested as closures.

A short list of rules rather than a library for every country: eleven days (5 U.S.C. § 6103) and
what few states add that clinics keep. Elsewhere nothing is suggested, and closures are typed.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6
LETTERS = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH "
    "NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY"
)
STATES = frozenset(LETTERS.split())


class Holiday(NamedTuple):
    day: date
    name: str


def _nth(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th such weekday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def _last_monday_of_may(year: int) -> date:
    return date(year, 5, 31) - timedelta(days=date(year, 5, 31).weekday())


def _observed(day: date) -> date:
    """The Friday before a Saturday, the Monday after a Sunday."""
    shift = {SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0)
    return day + timedelta(days=shift)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: _observed(date(year, month, day))


FEDERAL: list[tuple[object, Callable[[int], date]]] = [
    (_("New Year’s Day"), _fixed(1, 1)),
    (_("Martin Luther King Jr. Day"), lambda year: _nth(year, 1, MONDAY, 3)),
    (_("Presidents’ Day"), lambda year: _nth(year, 2, MONDAY, 3)),
    (_("Memorial Day"), _last_monday_of_may),
    (_("Juneteenth"), _fixed(6, 19)),
    (_("Independence Day"), _fixed(7, 4)),
    (pgettext_lazy("holiday", "Labor Day"), lambda year: _nth(year, 9, MONDAY, 1)),
    (_("Columbus Day"), lambda year: _nth(year, 10, MONDAY, 2)),
    (_("Veterans Day"), _fixed(11, 11)),
    (_("Thanksgiving"), lambda year: _nth(year, 11, THURSDAY, 4)),
    (_("Christmas Day"), _fixed(12, 25)),
]
DAY_AFTER_THANKSGIVING = (
    _("Day after Thanksgiving"),
    lambda year: _nth(year, 11, THURSDAY, 4) + timedelta(days=1),
)
OF_STATES: dict[str, list[tuple[object, Callable[[int], date]]]] = {
    "CA": [(_("Cesar Chavez Day"), _fixed(3, 31)), DAY_AFTER_THANKSGIVING],
    "TX": [DAY_AFTER_THANKSGIVING],
    "FL": [DAY_AFTER_THANKSGIVING],
}


def holidays(region: str, first: date, last: date) -> list[Holiday]:
    """The holidays of a state, by its two letters, from `first` to `last`; elsewhere none."""
    region = region.strip().upper()
    if region not in STATES:
        return []
    rules = FEDERAL + OF_STATES.get(region, [])
    # New Year's Day may be kept on the last day of the year before.
    years = range(first.year, last.year + 2)
    return sorted(holiday for holiday in _of(rules, years) if first <= holiday.day <= last)


def _of(rules: list[tuple[object, Callable[[int], date]]], years: range) -> Iterator[Holiday]:
    for year in years:
        for name, day_in in rules:
            yield Holiday(day_in(year), str(name))
