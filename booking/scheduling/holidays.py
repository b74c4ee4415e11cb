"""Public holidays of a country and its state or province, to be suggested as closures.

The dates are those of the library `holidays`; the names are as a clinic would say them. Of a
holiday that falls on a weekend the day is told on which it is kept.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

import holidays as library
from django.utils.translation import gettext_lazy as _

OBSERVED = " (observed)"
NEAR = timedelta(days=4)  # between a holiday and the day on which it is kept
# As people say, where the law has another name.
SAID = {
    "Juneteenth National Independence Day": _("Juneteenth"),
    "Washington's Birthday": _("Presidents’ Day"),
    "Thanksgiving Day": _("Thanksgiving"),
    "Day After Thanksgiving": _("Day after Thanksgiving"),
    "Friday After Thanksgiving": _("Day after Thanksgiving"),
    "Dr. Martin Luther King Jr. / Civil Rights Day": _("Martin Luther King Jr. Day"),
}


class Holiday(NamedTuple):
    day: date
    name: str


def public_holidays(country: str, region: str, first: date, last: date) -> list[Holiday]:
    """The holidays from `first` to `last`; elsewhere than the library knows none."""
    years = range(first.year, last.year + 2)  # New Year's Day may be kept in the year before
    try:
        nation = library.country_holidays(country, years=years, language=_language(country))
    except NotImplementedError:
        return []
    here = _subdivision(nation, region)
    found = nation
    if here:
        language = _language(country)
        found = library.country_holidays(country, here, years=years, language=language)
    days = {name: day for day, names in nation.items() for name in _names(names)}
    named = [Holiday(day, _best(names, days)) for day, names in sorted(found.items())]
    return [
        Holiday(holiday.day, _said(holiday.name))
        for holiday in _kept(named)
        if first <= holiday.day <= last
    ]


def _language(country: str) -> str | None:
    """The country's own English, where there is one: names differ in Canada."""
    language = f"en_{country}"
    known = library.list_localized_countries().get(country, [])
    return language if language in known else None


def _subdivision(nation: library.HolidayBase, region: str) -> str | None:
    """Return the letters of a state or province, which may be written out."""
    wanted = region.strip().casefold()
    for letters, names in nation.get_subdivision_aliases().items():
        if wanted in (letters.casefold(), *map(str.casefold, names)):
            return letters
    return None


def _names(names: str) -> list[str]:
    return names.split("; ")


def _best(names: str, national: Iterable[str]) -> str:
    """Of several on one day, choose the one that the whole country has."""
    each = _names(names)
    return next((name for name in each if name in national), each[0])


def _kept(named: list[Holiday]) -> list[Holiday]:
    """Leave out the days that are kept on another, of a weekend."""
    instead = [each for each in named if each.name.endswith(OBSERVED)]
    return [
        each
        for each in named
        if not any(
            other.name == each.name + OBSERVED and abs(other.day - each.day) <= NEAR
            for other in instead
        )
    ]


def _said(name: str) -> str:
    plain = name.removesuffix(OBSERVED)
    return str(SAID.get(plain, plain)).replace("'", "’")
