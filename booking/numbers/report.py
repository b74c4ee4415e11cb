"""The numbers of a month, the one before it and the year up to it, in the same queries always.

How many queries there are depends on neither visits nor people.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from booking.numbers.answers import AnswerTimes, measure_answers
from booking.numbers.counts import Counted, Counts, Measure, Tally, add_counts, total_of
from booking.numbers.months import Month, MonthRange, months_until
from booking.numbers.open_hours import count_open_minutes
from booking.numbers.read import (
    Selection,
    count_cancellations,
    count_classes,
    count_lead_days,
    count_requests,
    count_visits,
)
from clinic_site.clinic.models.locations import Location

YEAR = 12


@dataclass
class MonthReport:
    """What was counted of twelve months, the last of which is looked at."""

    months: list[Month]
    counts: Counts
    lead_days: dict[Counted, Counter[int]] = field(default_factory=dict)
    answers: dict[Counted, AnswerTimes] = field(default_factory=dict)

    @property
    def month(self) -> Month:
        return self.months[-1]

    def tally(self, matches: Callable[[Counted], bool]) -> Tally:
        """Add up all that was counted of what `matches`."""
        answers = [times for of, times in self.answers.items() if matches(of)]
        return Tally(
            total_of(counted for of, counted in self.counts.items() if matches(of)),
            total_of(days for of, days in self.lead_days.items() if matches(of)),
            total_of(times.when_open for times in answers),
            total_of(times.by_the_clock for times in answers),
        )

    def of_month(self, month: Month) -> Tally:
        return self.tally(lambda of: of.month == month)

    def by(self, what: str) -> dict[int | None, Tally]:
        """The month by "practitioner", "service" or "location", each by its key."""
        of_month = [of for of in (*self.counts, *self.lead_days) if of.month == self.month]
        # Open time is of no one service.
        keys = {getattr(of, what) for of in of_month if what != "service" or of.service}
        return {
            key: self.tally(
                lambda of, key=key: of.month == self.month and getattr(of, what) == key  # type: ignore[misc]
            )
            for key in keys
        }


def report_of(
    month: Month, chosen: Selection, locations: Mapping[int, Location], now: datetime
) -> MonthReport:
    """Count a month, with eleven before it."""
    months = months_until(month, YEAR)
    report = MonthReport(months, counts_of(months, chosen, locations, now))
    if not locations:
        return report
    year = MonthRange(months, locations.values())
    report.counts = add_counts(report.counts, count_requests(year, chosen))
    report.lead_days = count_lead_days(year, chosen)
    report.answers = measure_answers(year, chosen, locations)
    answered = {
        of: Counter({Measure.ANSWERED: times.by_the_clock.total()})
        for of, times in report.answers.items()
    }
    report.counts = add_counts(report.counts, answered)
    return report


def counts_of(
    months: list[Month], chosen: Selection, locations: Mapping[int, Location], now: datetime
) -> Counts:
    """What was counted of visits and of the hours."""
    if not locations:
        return {}
    places = locations.values()
    visits = count_visits(MonthRange(months, places), chosen, now)
    called_off = count_cancellations(MonthRange(months, places, path="appointment__"), chosen)
    classes = count_classes(MonthRange(months, places), chosen, now)
    booked = add_counts(visits, called_off, classes)
    return add_counts(booked, count_open_minutes(months, chosen, locations, booked, now))
