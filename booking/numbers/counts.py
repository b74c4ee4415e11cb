"""What is counted, of whom and where: adding up, and what share and which middle it makes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple, TypeVar

from booking.numbers.months import Month

Key = TypeVar("Key")


class Measure(StrEnum):
    """What can be added up, over months, people and places."""

    VISITS = "visits"
    FIRST_VISITS = "first_visits"
    NO_SHOWS = "no_shows"
    NOT_NOTED = "not_noted"
    LATE_CANCELLATIONS = "late_cancellations"
    LATE_ONLINE = "late_online"
    REQUESTS = "requests"
    ANSWERED = "answered"
    SEATS = "seats"
    SEATS_TAKEN = "seats_taken"
    BOOKED_MINUTES = "booked_minutes"
    OPEN_MINUTES = "open_minutes"


class Counted(NamedTuple):
    """What a count is of. None is nobody in particular, or, of open time, no one service."""

    month: Month
    practitioner: int | None
    service: int | None
    location: int | None


Counts = dict[Counted, Counter[Measure]]


class Tally(NamedTuple):
    """What some counts come to together."""

    counted: Counter[Measure]
    lead_days: Counter[int]
    answer_minutes: Counter[int]  # by the opening hours
    answer_clock_minutes: Counter[int]

    @classmethod
    def of_counts(cls, counted: Counter[Measure]) -> "Tally":
        """What was counted alone, without middles."""
        return cls(counted, Counter(), Counter(), Counter())

    def of(self, measure: Measure) -> int:
        return self.counted[measure]

    @property
    def use(self) -> int | None:
        """The percentage of the open time that is booked."""
        return percent(self.of(Measure.BOOKED_MINUTES), self.of(Measure.OPEN_MINUTES))

    @property
    def seats_share(self) -> int | None:
        """The percentage of the seats of classes that were taken."""
        return percent(self.of(Measure.SEATS_TAKEN), self.of(Measure.SEATS))

    @property
    def no_show_share(self) -> int | None:
        """The percentage of those expected who did not come."""
        missed = self.of(Measure.NO_SHOWS)
        return percent(missed, missed + self.of(Measure.VISITS))

    def answered_within(self, share: int) -> int | None:
        """The opening minutes in which `share` percent of the requests were answered."""
        return within(self.answer_minutes, share)

    def answered_by_the_clock_within(self, share: int) -> int | None:
        """The same by the clock, nights and weekends included."""
        return within(self.answer_clock_minutes, share)

    def booked_ahead(self, share: int) -> int | None:
        """The most days ahead that `share` percent of those who came had booked."""
        return within(self.lead_days, share)


def add_counts(*several: Mapping[Counted, Counter[Measure]]) -> Counts:
    added: Counts = {}
    for counts in several:
        for counted, measures in counts.items():
            added.setdefault(counted, Counter()).update(measures)
    return added


def percent(part: int, whole: int) -> int | None:
    """The percentage, halves rounded up; None of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else None


def within(values: Counter[int], share: int) -> int | None:
    """The smallest value that at least `share` percent of them are not above; None of nothing.

    `values` says how often there is each.
    """
    wanted = -(-values.total() * share // 100)
    seen = 0
    for value in sorted(values):
        seen += values[value]
        if seen >= wanted:
            return value
    return None


def total_of(counters: Iterable[Counter[Key]]) -> Counter[Key]:
    total: Counter[Key] = Counter()
    for each in counters:
        total.update(each)
    return total
