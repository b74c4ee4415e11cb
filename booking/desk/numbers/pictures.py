"""The pictures, each with the table of what it shows."""

from typing import NamedTuple

from django.utils.translation import gettext

from booking.numbers.counts import Measure, Tally
from booking.numbers.report import MonthReport
from booking.numbers.written import UNKNOWN, days_ahead, hours, length, share
from clinic_site.admin.charts import Amount, Picture, draw_chart

WIDER = 140  # names of people and services need more room than months do


class Named(NamedTuple):
    """What the month is told apart by: "practitioner", what it is called, and the name of each."""

    what: str
    title: str
    names: dict[int, str]


class Line(NamedTuple):
    name: str
    tally: Tally


def pictures_of(report: MonthReport, named: list[Named]) -> list[Picture]:
    year = [Line(month.short_name, report.of_month(month)) for month in report.months]
    pictures = [_visits(year), _missed(year), _requests(year), _answers(year), _lead(year)]
    if any(tally.of(Measure.SEATS) for _name, tally in year):
        pictures.append(_seats(year))
    return [*pictures, _use(year)] + [
        _by(report, each) for each in named if each.what != "location" or len(each.names) > 1
    ]


def lines_by(report: MonthReport, named: Named) -> list[Line]:
    """What the month is made of, in the order of the names, with those of nobody last."""
    tallies = report.by(named.what)
    order = [key for key in named.names if key in tallies] + [None] * (None in tallies)
    return [Line(named.names.get(key or 0, gettext("Nobody yet")), tallies[key]) for key in order]


def _visits(year: list[Line]) -> Picture:
    return Picture(
        "visits",
        gettext("Visits, month by month"),
        gettext("Visits in each of twelve months, and how many of them were first visits."),
        draw_chart(_amounts(year, Measure.VISITS, Measure.FIRST_VISITS)),
        [gettext("Month"), gettext("Visits"), gettext("First visits"), gettext("Not noted")],
        _counted(year, Measure.VISITS, Measure.FIRST_VISITS, Measure.NOT_NOTED),
        gettext("first visits"),
    )


def _missed(year: list[Line]) -> Picture:
    amounts = [
        Amount(
            name,
            tally.of(Measure.NO_SHOWS) + tally.of(Measure.LATE_CANCELLATIONS),
            tally.of(Measure.NO_SHOWS),
        )
        for name, tally in year
    ]
    rows = _counted(year, Measure.NO_SHOWS, Measure.LATE_CANCELLATIONS, Measure.LATE_ONLINE)
    for row, line in zip(rows, year, strict=True):
        row.insert(2, share(line.tally.no_show_share))
    return Picture(
        "missed",
        gettext("No-shows and late cancellations, month by month"),
        gettext("No-shows and late cancellations together in each of twelve months."),
        draw_chart(amounts),
        [
            gettext("Month"),
            gettext("No-shows"),
            gettext("No-show rate"),
            gettext("Late cancellations"),
            gettext("Of these, online"),
        ],
        rows,
        gettext("no-shows"),
    )


def _requests(year: list[Line]) -> Picture:
    return Picture(
        "requests",
        gettext("Requests, month by month"),
        gettext("Requests from the website in each of twelve months."),
        draw_chart(_amounts(year, Measure.REQUESTS)),
        [gettext("Month"), gettext("Requests")],
        _counted(year, Measure.REQUESTS),
    )


def _answers(year: list[Line]) -> Picture:
    amounts = [
        Amount(name, *_whole_hours(tally.answered_within(90), tally.answered_within(50)))
        for name, tally in year
    ]
    return Picture(
        "answers",
        gettext("Time to the answer, month by month, in opening hours"),
        gettext("The hours in which 9 in 10 requests were answered, in each of twelve months."),
        draw_chart(amounts),
        [
            gettext("Month"),
            gettext("Requests answered"),
            gettext("Half answered within"),
            gettext("9 in 10 answered within"),
            gettext("Half answered within, by the clock"),
            gettext("9 in 10 answered within, by the clock"),
        ],
        [
            [
                name,
                str(tally.of(Measure.ANSWERED)),
                *(length(tally.answered_within(part)) for part in (50, 90)),
                *(length(tally.answered_by_the_clock_within(part)) for part in (50, 90)),
            ]
            for name, tally in year
        ],
        gettext("half of the requests"),
    )


def _whole_hours(most: int | None, half: int | None) -> tuple[int | None, int]:
    """Both in hours, rounded up, as a bar shows them."""
    return None if most is None else -(-most // 60), -(-(half or 0) // 60)


def _lead(year: list[Line]) -> Picture:
    amounts = [
        Amount(name, tally.booked_ahead(90), tally.booked_ahead(50) or 0) for name, tally in year
    ]
    return Picture(
        "lead",
        gettext("How far ahead people book, month by month, in days"),
        gettext("The most days ahead that 9 in 10 of those who came had booked, month by month."),
        draw_chart(amounts),
        [
            gettext("Month"),
            gettext("Half book no more than"),
            gettext("9 in 10 book no more than"),
        ],
        [
            [name, *(days_ahead(tally.booked_ahead(part)) for part in (50, 90))]
            for name, tally in year
        ],
        gettext("half of those who came"),
    )


def _seats(year: list[Line]) -> Picture:
    return Picture(
        "seats",
        gettext("Seats filled in classes, month by month, in percent"),
        gettext("The percentage of the seats in classes that someone had, month by month."),
        draw_chart([Amount(name, tally.seats_share) for name, tally in year], full=100),
        [
            gettext("Month"),
            gettext("Seats in classes"),
            gettext("Seats taken"),
            gettext("Seats filled"),
        ],
        [
            [*row, share(tally.seats_share)]
            for row, (_name, tally) in zip(
                _counted(year, Measure.SEATS, Measure.SEATS_TAKEN), year, strict=True
            )
        ],
    )


def _use(year: list[Line]) -> Picture:
    return Picture(
        "use",
        gettext("Use of the hours, month by month, in percent"),
        gettext("The percentage of the open hours that was booked, in each of twelve months."),
        draw_chart([Amount(name, tally.use) for name, tally in year], full=100),
        [
            gettext("Month"),
            gettext("Hours booked"),
            gettext("Hours open"),
            gettext("Use of the hours"),
        ],
        [[name, *_hours_of(tally)] for name, tally in year],
    )


def _by(report: MonthReport, named: Named) -> Picture:
    lines = lines_by(report, named)
    words = {"what": named.title, "month": report.month.name}
    return Picture(
        named.what,
        gettext("%(what)s: visits in %(month)s") % words,
        gettext("Visits in %(month)s, a bar for each, and how many were first visits.") % words,
        draw_chart(_amounts(lines, Measure.VISITS, Measure.FIRST_VISITS), left=WIDER),
        [
            named.title,
            gettext("Visits"),
            gettext("First visits"),
            gettext("No-shows"),
            gettext("Late cancellations"),
            gettext("Requests"),
            gettext("Half answered within"),
            gettext("Half book no more than"),
            gettext("Hours booked"),
            gettext("Hours open"),
            gettext("Use of the hours"),
            gettext("Seats filled"),
        ],
        [[name, *_cells(tally)] for name, tally in lines],
        gettext("first visits"),
    )


def _cells(tally: Tally) -> list[str]:
    counted = (
        Measure.VISITS,
        Measure.FIRST_VISITS,
        Measure.NO_SHOWS,
        Measure.LATE_CANCELLATIONS,
        Measure.REQUESTS,
    )
    return [
        *(str(tally.of(measure)) for measure in counted),
        length(tally.answered_within(50)),
        days_ahead(tally.booked_ahead(50)),
        *_hours_of(tally),
        share(tally.seats_share),
    ]


def _hours_of(tally: Tally) -> list[str]:
    opened = tally.of(Measure.OPEN_MINUTES)
    return [
        hours(tally.of(Measure.BOOKED_MINUTES)),
        hours(opened) if opened else UNKNOWN,
        share(tally.use),
    ]


def _counted(lines: list[Line], *measures: Measure) -> list[list[str]]:
    return [[name, *(str(tally.of(measure)) for measure in measures)] for name, tally in lines]


def _amounts(lines: list[Line], measure: Measure, part: Measure | None = None) -> list[Amount]:
    return [Amount(name, tally.of(measure), tally.of(part) if part else 0) for name, tally in lines]
