"""What of the clinic itself differs from place to place: its country, and when its weeks begin.

A number without its country is one of that. It is kept in each process, since nearly every page
asks for it, and it changes once in a clinic's life.
"""

import time
from datetime import date, timedelta
from typing import Any, NamedTuple

from clinic_site.clinic.models.details import ClinicDetails, WeekBegins
from clinic_site.clinic.region.countries import COUNTRIES, HOME, Country

KEPT = 60  # seconds, after which what another process has stored is read


class Home(NamedTuple):
    country: Country = HOME
    week_begins: int = WeekBegins.MONDAY


_known: tuple[Home, float] | None = None


def home_region() -> str:
    """Return the two letters of the country that the main location is in."""
    return _home().country.code


def week_of(day: date) -> date:
    """Return the first day of the week that `day` is in."""
    return day - timedelta(days=(day.weekday() - _home().week_begins) % 7)


def note_home(instance: Any, raw: bool = False, **_signal: Any) -> None:
    """Know it as soon as this process has stored it."""
    global _known
    if raw:
        _known = None
    elif isinstance(instance, ClinicDetails):
        country = instance.location.home if instance.location else HOME
        _remember(Home(country, instance.week_begins))
    elif _known is None or instance.home != _known[0].country:
        _known = None  # it may be the main location


def _home() -> Home:
    if _known is None or time.monotonic() > _known[1]:
        return _remember(_read())
    return _known[0]


def _remember(home: Home) -> Home:
    global _known
    _known = home, time.monotonic() + KEPT
    return home


def _read() -> Home:
    found = ClinicDetails.objects.values_list("location__country", "week_begins").first()
    return Home(COUNTRIES.get(found[0] or "", HOME), found[1]) if found else Home()
