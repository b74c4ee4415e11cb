"""Months of the calendar, and which of them a moment lies in, by the clock of its location."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Case, Func, IntegerField, Q, Value, When
from django.db.models.functions import TruncDate
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext

from booking.scheduling.availability import start_of_day
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.opening_hours import DAY

WRITTEN = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


class Month(NamedTuple):
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def read(cls, text: str) -> "Month | None":
        """Read a month of this century as addresses write it: "2027-01"."""
        written = WRITTEN.fullmatch(text)
        return cls(int(written[1]), int(written[2])) if written else None

    def plus(self, months: int) -> "Month":
        years, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(years, number + 1)

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last(self) -> date:
        return self.plus(1).first - DAY

    @property
    def written(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def name(self) -> str:
        return format_date(self.first, gettext("F Y"))

    @property
    def short_name(self) -> str:
        return format_date(self.first, gettext("M Y"))


def months_until(month: Month, count: int = 12) -> list[Month]:
    """That month and those before it, in order."""
    return [month.plus(-before) for before in reversed(range(count))]


class DaysBetween(Func):
    """How many days lie between two dates, the earlier one first."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "CAST(-(julianday(%(expressions)s)) AS integer)"
        joined = ") - julianday("
        return self.as_sql(compiler, connection, template=template, arg_joiner=joined)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="-(%(expressions)s)", arg_joiner=" - ")


class MonthRange:
    """Some months in a row, of columns that hold moments.

    A month begins at its midnight, by the clock of the location: nearly always there is one zone,
    and then a single range of the column's index has all of them.
    """

    def __init__(
        self, months: Sequence[Month], locations: Iterable[Location], *, path: str = ""
    ) -> None:
        """Take the months in order; `path` leads to the appointment from what is asked."""
        self.months, self.path = list(months), path
        by_zone: dict[ZoneInfo, list[int]] = defaultdict(list)
        for location in locations:
            by_zone[location.zone].append(location.pk)
        self.by_zone = by_zone

    def covers(self, column: str) -> Q:
        """What lies in these months."""
        begins, ends = self.months[0].first, self.months[-1].plus(1).first
        spans = [
            self._at(zone)
            & self._between(column, start_of_day(begins, zone), start_of_day(ends, zone))
            for zone in self.by_zone
        ]
        if len(spans) == 1:
            return spans[0]
        # What all lie between is told as well: the index answers it.
        first = min((start_of_day(begins, zone) for zone in self.by_zone), default=None)
        last = max((start_of_day(ends, zone) for zone in self.by_zone), default=None)
        if first is None or last is None:
            return Q(pk__in=[])
        return self._between(column, first, last) & reduce(or_, spans)

    def number_of(self, column: str) -> Case:
        """Which of the months a moment lies in, by its place among them."""
        return Case(
            *(
                When(
                    self._at(zone)
                    & Q(**{f"{self.path}{column}__lt": start_of_day(month.plus(1).first, zone)}),
                    then=Value(place),
                )
                for zone in self.by_zone
                for place, month in enumerate(self.months)
            ),
            output_field=IntegerField(),
        )

    def days_between(self, earlier: str, later: str) -> Any:
        """How many midnights lie between two columns, by the clock of the location."""
        days = {
            zone: DaysBetween(TruncDate(earlier, tzinfo=zone), TruncDate(later, tzinfo=zone))
            for zone in self.by_zone
        }
        if len(days) == 1:
            return next(iter(days.values()))
        return Case(
            *(When(self._at(zone), then=between) for zone, between in days.items()),
            output_field=IntegerField(),
        )

    def _at(self, zone: ZoneInfo) -> Q:
        if len(self.by_zone) == 1:
            return Q()
        return Q(**{f"{self.path}location__in": self.by_zone[zone]})

    def _between(self, column: str, begins: datetime, ends: datetime) -> Q:
        name = self.path + column
        return Q(**{f"{name}__gte": begins, f"{name}__lt": ends})
