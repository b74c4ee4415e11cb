"""What each number is, in a sentence that stands beside it."""

from collections.abc import Callable
from typing import NamedTuple

from django.utils.translation import gettext, ngettext

from booking.cancellation_policy import CancellationPolicy
from booking.numbers.counts import Measure, Tally
from booking.numbers.written import days_ahead, hours, length, points, share, signed, signed_hours


class MonthFigure(NamedTuple):
    """A number of the month, beside that of the month before."""

    name: str
    now: str
    before: str
    change: str
    meaning: str


class _Number(NamedTuple):
    """What it is called, how it is read from what was counted, what it means, how it is written."""

    name: str
    of: Callable[[Tally], int | None]
    meaning: str
    write: Callable[[int | None], str] = str
    change: Callable[[int], str] = signed

    def figure(self, tally: Tally, before: Tally) -> MonthFigure:
        now, then = self.of(tally), self.of(before)
        change = "" if now is None or then is None else self.change(now - then)
        return MonthFigure(self.name, self.write(now), self.write(then), change, self.meaning)


def figures(tally: Tally, before: Tally, policy: CancellationPolicy) -> list[MonthFigure]:
    """All numbers of a month, in the order in which they are read."""
    numbers = [*_visits(policy.free_hours), *_requests(), *_lead_times(), *_classes(), *_hours()]
    return [number.figure(tally, before) for number in numbers]


def _count(name: str, measure: Measure, meaning: str) -> _Number:
    return _Number(name, lambda tally: tally.of(measure), meaning)


def _minutes(name: str, measure: Measure, meaning: str) -> _Number:
    return _Number(name, lambda tally: tally.of(measure), meaning, hours, signed_hours)


def _share(name: str, of: Callable[[Tally], int | None], meaning: str) -> _Number:
    return _Number(name, of, meaning, share, points)


def _middle(name: str, of: Callable[[Tally], int | None], meaning: str) -> _Number:
    return _Number(name, of, meaning, length, lambda _change: "")


def _ahead(name: str, of: Callable[[Tally], int | None], meaning: str) -> _Number:
    return _Number(name, of, meaning, days_ahead)


def _visits(free_hours: int) -> list[_Number]:
    return [
        _count(
            gettext("Visits"),
            Measure.VISITS,
            gettext("People who came: the front desk noted that they arrived."),
        ),
        _count(
            gettext("First visits"),
            Measure.FIRST_VISITS,
            gettext(
                "Of these, people who were booked as new to the clinic. Each counts once, on the "
                "first visit they came to, however many they booked."
            ),
        ),
        _count(
            gettext("No-shows"), Measure.NO_SHOWS, gettext("Agreed visits to which nobody came.")
        ),
        _share(
            gettext("No-show rate"),
            lambda tally: tally.no_show_share,
            gettext("No-shows out of visits and no-shows together."),
        ),
        _count(
            gettext("Not noted"),
            Measure.NOT_NOTED,
            gettext(
                "Agreed visits that are over, and nobody noted whether anyone came. The fewer, the "
                "truer the other numbers."
            ),
        ),
        _count(gettext("Late cancellations"), Measure.LATE_CANCELLATIONS, _late(free_hours)),
        _count(
            gettext("Of these, online"),
            Measure.LATE_ONLINE,
            gettext(
                "Canceled by the patient with the private link. The others were canceled at the "
                "front desk."
            ),
        ),
    ]


def _late(free_hours: int) -> str:
    return ngettext(
        "Agreed visits that patients canceled less than %(hours)s hour ahead. What we cancel "
        "ourselves, like a class, isn’t counted. They count in the month of the visit, by today’s "
        "booking rules.",
        "Agreed visits that patients canceled less than %(hours)s hours ahead. What we cancel "
        "ourselves, like a class, isn’t counted. They count in the month of the visit, by today’s "
        "booking rules.",
        free_hours,
    ) % {"hours": free_hours}


def _requests() -> list[_Number]:
    but_slowest = gettext("The same for all but the slowest tenth.")
    return [
        _count(
            gettext("Requests"),
            Measure.REQUESTS,
            gettext("What patients asked for on the website this month and we have to answer."),
        ),
        _count(
            gettext("Requests answered"),
            Measure.ANSWERED,
            gettext(
                "Of these, how many the front desk has confirmed, declined or proposed times for."
            ),
        ),
        _middle(
            gettext("Half answered within"),
            lambda tally: tally.answered_within(50),
            gettext("Opening hours between a request and its first answer, nights left out."),
        ),
        _middle(
            gettext("9 in 10 answered within"),
            lambda tally: tally.answered_within(90),
            but_slowest,
        ),
        _middle(
            gettext("Half answered within, by the clock"),
            lambda tally: tally.answered_by_the_clock_within(50),
            gettext("All hours between a request and its first answer, as patients wait them."),
        ),
        _middle(
            gettext("9 in 10 answered within, by the clock"),
            lambda tally: tally.answered_by_the_clock_within(90),
            but_slowest,
        ),
    ]


def _lead_times() -> list[_Number]:
    return [
        _ahead(
            gettext("Half book no more than"),
            lambda tally: tally.booked_ahead(50),
            gettext("Days from the booking or request to the visit, of those who came."),
        ),
        _ahead(
            gettext("9 in 10 book no more than"),
            lambda tally: tally.booked_ahead(90),
            gettext("The same for all but the earliest tenth."),
        ),
    ]


def _classes() -> list[_Number]:
    return [
        _count(
            gettext("Seats in classes"),
            Measure.SEATS,
            gettext("The seats of all classes that have begun and were not canceled."),
        ),
        _share(
            gettext("Seats filled"),
            lambda tally: tally.seats_share,
            gettext("Seats that someone had, whether they came or not, out of these."),
        ),
    ]


def _hours() -> list[_Number]:
    return [
        _minutes(
            gettext("Hours booked"),
            Measure.BOOKED_MINUTES,
            gettext(
                "The length of all agreed visits, no-shows included. A class counts once, if "
                "anyone comes."
            ),
        ),
        _minutes(
            gettext("Hours open"),
            Measure.OPEN_MINUTES,
            gettext(
                "Practitioners’ hours as they’re set today, with extra hours, without days off, "
                "from the month of their first visit on. Blocked time counts as open."
            ),
        ),
        _share(
            gettext("Use of the hours"),
            lambda tally: tally.use,
            gettext("Hours booked out of hours open."),
        ),
    ]
