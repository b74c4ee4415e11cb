"""The numbers as a spreadsheet: a row for each month, and for each who and what made the last."""

from collections.abc import Iterator

from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from booking.desk.numbers.pictures import Named, lines_by
from booking.numbers.counts import Measure, Tally
from booking.numbers.report import MonthReport
from clinic_site.admin import spreadsheets
from clinic_site.admin.spreadsheets import Row


def numbers_spreadsheet(kind: str, report: MonthReport, named: list[Named]) -> HttpResponseBase:
    name = f"numbers-{report.month.written}"
    response = spreadsheets.response(kind, name, _heading(), _rows(report, named))
    response["Cache-Control"] = "no-store"
    return response


def _heading() -> Row:
    return [
        gettext("Month"),
        gettext("Grouped by"),
        gettext("Name"),
        gettext("Visits"),
        gettext("First visits"),
        gettext("No-shows"),
        gettext("Not noted"),
        gettext("Late cancellations"),
        gettext("Late cancellations online"),
        gettext("Requests"),
        gettext("Requests answered"),
        gettext("Half answered within (opening minutes)"),
        gettext("9 in 10 answered within (opening minutes)"),
        gettext("Half answered within (minutes)"),
        gettext("9 in 10 answered within (minutes)"),
        gettext("Half book no more than (days ahead)"),
        gettext("9 in 10 book no more than (days ahead)"),
        gettext("Hours booked"),
        gettext("Hours open"),
        gettext("Use of the hours (percent)"),
        gettext("Seats in classes"),
        gettext("Seats taken"),
        gettext("Seats filled (percent)"),
    ]


def _rows(report: MonthReport, named: list[Named]) -> Iterator[Row]:
    for month in report.months:
        yield [month.written, gettext("month"), "", *_numbers(report.of_month(month))]
    for each in named:
        for name, tally in lines_by(report, each):
            yield [report.month.written, each.title, name, *_numbers(tally)]


def _numbers(tally: Tally) -> Row:
    """The numbers of one row."""
    measures = (
        Measure.VISITS,
        Measure.FIRST_VISITS,
        Measure.NO_SHOWS,
        Measure.NOT_NOTED,
        Measure.LATE_CANCELLATIONS,
        Measure.LATE_ONLINE,
        Measure.REQUESTS,
        Measure.ANSWERED,
    )
    middles = (tally.answered_within, tally.answered_by_the_clock_within, tally.booked_ahead)
    opened = tally.of(Measure.OPEN_MINUTES)
    return [
        *(tally.of(measure) for measure in measures),
        *(middle(part) for middle in middles for part in (50, 90)),
        round(tally.of(Measure.BOOKED_MINUTES) / 60, 2),
        round(opened / 60, 2) if opened else None,
        tally.use,
        tally.of(Measure.SEATS),
        tally.of(Measure.SEATS_TAKEN),
        tally.seats_share,
    ]
