"""What each number is, in a sentence that stands beside it."""

from collections import Counter
from typing import NamedTuple

from django.utils.translation import gettext, ngettext

from booking.cancellation_policy import CancellationPolicy
from booking.numbers.counts import Measure, Tally, within

UNKNOWN = "–"
Both = tuple[int | None, int | None]  # of the month, and of the month before


class MonthFigure(NamedTuple):
    """A number of the month, beside that of the month before."""

    name: str
    now: str
    before: str
    change: str
    meaning: str


def figures(tally: Tally, before: Tally, policy: CancellationPolicy) -> list[MonthFigure]:
    """All numbers of a month, in the order in which they are read."""
    return [
        _counted(gettext("Visits"), Measure.VISITS, tally, before, _visits()),
        _counted(gettext("First visits"), Measure.FIRST_VISITS, tally, before, _first_visits()),
        _counted(gettext("No-shows"), Measure.NO_SHOWS, tally, before, _no_shows()),
        _share(gettext("No-show rate"), tally.no_show_share, before.no_show_share, _rate()),
        _counted(gettext("Not noted"), Measure.NOT_NOTED, tally, before, _not_noted()),
        _counted(
            gettext("Late cancellations"),
            Measure.LATE_CANCELLATIONS,
            tally,
            before,
            _late(policy.free_hours),
        ),
        _counted(gettext("Of these, online"), Measure.LATE_ONLINE, tally, before, _online()),
        _counted(gettext("Requests"), Measure.REQUESTS, tally, before, _requests()),
        _counted(gettext("Requests answered"), Measure.ANSWERED, tally, before, _answered()),
        *_answer_times(tally, before),
        *_lead_times(tally, before),
        _counted(gettext("Seats in classes"), Measure.SEATS, tally, before, _seats()),
        _share(gettext("Seats filled"), tally.seats_share, before.seats_share, _seats_filled()),
        _hours(gettext("Hours booked"), Measure.BOOKED_MINUTES, tally, before, _booked()),
        _hours(gettext("Hours open"), Measure.OPEN_MINUTES, tally, before, _open()),
        _share(gettext("Use of the hours"), tally.use, before.use, _use()),
    ]


def _answer_times(tally: Tally, before: Tally) -> list[MonthFigure]:
    return [
        _middle(
            gettext("Half answered within"),
            _both(tally.answer_minutes, before.answer_minutes, 50),
            gettext("Opening hours between a request and its first answer, nights left out."),
        ),
        _middle(
            gettext("9 in 10 answered within"),
            _both(tally.answer_minutes, before.answer_minutes, 90),
            gettext("The same for all but the slowest tenth."),
        ),
        _middle(
            gettext("Half answered within, by the clock"),
            _both(tally.answer_clock_minutes, before.answer_clock_minutes, 50),
            gettext("All hours between a request and its first answer, as patients wait them."),
        ),
        _middle(
            gettext("9 in 10 answered within, by the clock"),
            _both(tally.answer_clock_minutes, before.answer_clock_minutes, 90),
            gettext("The same for all but the slowest tenth."),
        ),
    ]


def _lead_times(tally: Tally, before: Tally) -> list[MonthFigure]:
    return [
        _ahead(
            gettext("Half book no more than"),
            _both(tally.lead_days, before.lead_days, 50),
            gettext("Days from the booking or request to the visit, of those who came."),
        ),
        _ahead(
            gettext("9 in 10 book no more than"),
            _both(tally.lead_days, before.lead_days, 90),
            gettext("The same for all but the earliest tenth."),
        ),
    ]


def _both(values: Counter[int], earlier: Counter[int], part: int) -> Both:
    return within(values, part), within(earlier, part)


def _counted(name: str, measure: Measure, tally: Tally, before: Tally, meaning: str) -> MonthFigure:
    now, then = tally.of(measure), before.of(measure)
    return MonthFigure(name, str(now), str(then), _signed(now - then), meaning)


def _hours(name: str, measure: Measure, tally: Tally, before: Tally, meaning: str) -> MonthFigure:
    now, then = tally.of(measure), before.of(measure)
    return MonthFigure(name, hours(now), hours(then), _signed_hours(now - then), meaning)


def _share(name: str, now: int | None, before: int | None, meaning: str) -> MonthFigure:
    change = "" if now is None or before is None else _signed(now - before)
    points = gettext("%(change)s points") % {"change": change} if change else ""
    return MonthFigure(name, share(now), share(before), points, meaning)


def _middle(name: str, middles: Both, meaning: str) -> MonthFigure:
    now, before = middles
    return MonthFigure(name, length(now), length(before), "", meaning)


def _ahead(name: str, middles: Both, meaning: str) -> MonthFigure:
    now, before = middles
    change = "" if now is None or before is None else _signed(now - before)
    return MonthFigure(name, days_ahead(now), days_ahead(before), change, meaning)


def share(percentage: int | None) -> str:
    return UNKNOWN if percentage is None else f"{percentage}%"


def hours(minutes: int) -> str:
    """Write minutes as hours with their tenths: "151.5"."""
    return f"{minutes / 60:.1f}"


def length(minutes: int | None) -> str:
    """Write a stretch of time as people say it: "3 hr 20 min"."""
    if minutes is None:
        return UNKNOWN
    whole, rest = divmod(minutes, 60)
    if not whole:
        return gettext("%(minutes)s min") % {"minutes": rest}
    if not rest:
        return gettext("%(hours)s hr") % {"hours": whole}
    return gettext("%(hours)s hr %(minutes)s min") % {"hours": whole, "minutes": rest}


def days_ahead(days: int | None) -> str:
    if days is None:
        return UNKNOWN
    return ngettext("%(days)s day ahead", "%(days)s days ahead", days) % {"days": days}


def _signed(change: int) -> str:
    return "0" if not change else f"{'+' if change > 0 else '−'}{abs(change)}"


def _signed_hours(minutes: int) -> str:
    return "0" if not minutes else f"{'+' if minutes > 0 else '−'}{hours(abs(minutes))}"


def _visits() -> str:
    return gettext("People who came: the front desk noted that they arrived.")


def _first_visits() -> str:
    return gettext(
        "Visits of people who were booked as new to the clinic. Someone new who books three visits "
        "at once and comes to all of them counts three times."
    )


def _no_shows() -> str:
    return gettext("Agreed visits to which nobody came.")


def _rate() -> str:
    return gettext("No-shows out of visits and no-shows together.")


def _not_noted() -> str:
    return gettext(
        "Agreed visits that are over, and nobody noted whether anyone came. The fewer, the truer "
        "the other numbers."
    )


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


def _online() -> str:
    return gettext(
        "Canceled by the patient with the private link. The others were canceled at the front desk."
    )


def _requests() -> str:
    return gettext("What patients asked for on the website this month and we have to answer.")


def _answered() -> str:
    return gettext(
        "Of these, how many the front desk has confirmed, declined or proposed times for."
    )


def _booked() -> str:
    return gettext(
        "The length of all agreed visits, no-shows included. A class counts once, if anyone comes."
    )


def _seats() -> str:
    return gettext("The seats of all classes that have begun and were not canceled.")


def _seats_filled() -> str:
    return gettext("Seats that someone had, whether they came or not, out of these.")


def _open() -> str:
    return gettext(
        "Practitioners’ hours as they’re set today, with extra hours, without days off, from the "
        "month of their first visit on. Blocked time counts as open."
    )


def _use() -> str:
    return gettext("Hours booked out of hours open.")
