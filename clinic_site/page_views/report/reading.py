"""What the days of a period come to: pages by their present titles, sites, and frequent words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Sum
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from clinic_site.page_views.ending import frequent_words
from clinic_site.page_views.models import DailyCount

Kind = DailyCount.Kind
MOST_DAYS_SHOWN = 31  # one by one; more are shown by the month


class NamedSum(NamedTuple):
    """How often one thing was counted. `address` is that of a page; no page is without a title."""

    title: str
    number: int
    address: str = ""


class Sums(NamedTuple):
    first: date
    last: date
    over_time: list[tuple[date, int]]  # days, or the firsts of months
    pages: list[NamedSum]
    bookings: list[NamedSum]
    sites: list[NamedSum]
    words: list[NamedSum]

    @property
    def views(self) -> int:
        return sum(number for _day, number in self.over_time)

    @property
    def is_by_month(self) -> bool:
        return (self.last - self.first).days >= MOST_DAYS_SHOWN


def sums_of(days: int, today: date) -> Sums:
    """Return what was counted on the last so many days, today included."""
    first = today - timedelta(days=days - 1)
    counted = {kind: _numbers(kind, first) for kind in Kind}
    frequent = set(frequent_words())
    words = {word: number for word, number in counted[Kind.WORD].items() if word in frequent}
    addresses = {*counted[Kind.PAGE], *counted[Kind.BOOKING]}
    pages = _pages_at(addresses)
    return Sums(
        first,
        today,
        _over_time(first, today),
        _page_lines(counted[Kind.PAGE], pages),
        _page_lines(counted[Kind.BOOKING], pages),
        _lines(counted[Kind.SITE]),
        _lines(words),
    )


def _numbers(kind: Kind, first: date) -> dict[str, int]:
    rows = DailyCount.objects.of(kind).since(first).values_list("name")
    return dict(rows.annotate(Sum("number")))


def _over_time(first: date, last: date) -> list[tuple[date, int]]:
    rows = DailyCount.objects.of(Kind.PAGE).since(first).values_list("day")
    by_day = dict(rows.annotate(Sum("number")))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    if len(days) <= MOST_DAYS_SHOWN:
        return [(day, by_day.get(day, 0)) for day in days]
    months: Counter[date] = Counter()
    for day in days:
        months[day.replace(day=1)] += by_day.get(day, 0)
    return list(months.items())


def _lines(numbers: Mapping[str, int]) -> list[NamedSum]:
    return _most_first(NamedSum(name, number) for name, number in numbers.items())


def _page_lines(numbers: Mapping[str, int], pages: Mapping[str, tuple[str, str]]) -> list[NamedSum]:
    """Return a line for each page; one that has moved counts with its old address."""
    moved: Counter[tuple[str, str]] = Counter()
    for address, number in numbers.items():
        moved[pages.get(address, (address, address))] += number
    return _most_first(NamedSum(title, number, where) for (title, where), number in moved.items())


def _most_first(lines: Iterable[NamedSum]) -> list[NamedSum]:
    return sorted(lines, key=lambda line: (-line.number, line.title, line.address))


def _pages_at(addresses: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return the title and the present address of each page that is, or was, at `addresses`."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return {}
    start = site.root_page.url_path
    paths = {start + address.lstrip("/"): address for address in addresses if address}
    live = Page.objects.live().filter(url_path__in=paths).values_list("url_path", "title")
    found = {paths[path]: (title, paths[path]) for path, title in live}
    old = {Redirect.normalise_path(address): address for address in addresses if address}
    redirects = Redirect.objects.filter(old_path__in=old, redirect_page__live=True)
    for path, title, now in redirects.values_list(
        "old_path", "redirect_page__title", "redirect_page__url_path"
    ):
        found.setdefault(old[path], (title, "/" + now.removeprefix(start)))
    return found
