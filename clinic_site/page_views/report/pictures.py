"""The sums as pictures, each with the table of what it shows."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext

from clinic_site.admin.charts import Amount, Picture, draw_chart
from clinic_site.page_views.report.reading import NamedSum, Sums

MOST_SHOWN = 20  # bars and rows; the spreadsheet has all
WIDER = 140  # names of pages need more room than days do


def page_view_pictures(sums: Sums) -> list[Picture]:
    return [
        _over_time(sums),
        _picture(
            "pages",
            gettext("Pages"),
            gettext("How often each page was opened: a bar for each, the longest first."),
            [gettext("Page"), gettext("Views")],
            sums.pages,
        ),
        _picture(
            "bookings",
            gettext("Bookings started, by page"),
            gettext("From which pages readers opened the booking form: a bar for each page."),
            [gettext("Page"), gettext("Bookings started")],
            sums.bookings,
        ),
        _picture(
            "sites",
            gettext("Other sites"),
            gettext("Which other websites readers came from: a bar for each."),
            [gettext("Site"), gettext("Views")],
            sums.sites,
        ),
        _picture(
            "words",
            gettext("Words people search for"),
            gettext("Words that were searched for on at least three days: a bar for each."),
            [gettext("Word"), gettext("Searches")],
            sums.words,
        ),
    ]


def called(line: NamedSum) -> str:
    return line.title or gettext("All others")


def _over_time(sums: Sums) -> Picture:
    named = [(_when(day, sums.is_by_month), number) for day, number in sums.over_time]
    by_month = sums.is_by_month
    return Picture(
        "over-time",
        gettext("Views, month by month") if by_month else gettext("Views, day by day"),
        gettext("How often pages were opened in each month.")
        if by_month
        else gettext("How often pages were opened on each day."),
        draw_chart([Amount(name, number) for name, number in named]),
        [gettext("Month") if by_month else gettext("Day"), gettext("Views")],
        [[name, str(number)] for name, number in named],
    )


def _when(day: date, by_month: bool) -> str:
    return date_format(day, "M Y" if by_month else "D, M j")


def _picture(key: str, title: str, text: str, heading: list[str], lines: list[NamedSum]) -> Picture:
    shown = lines[:MOST_SHOWN]
    return Picture(
        key,
        title,
        text,
        draw_chart([Amount(called(line), line.number) for line in shown], left=WIDER),
        heading,
        [[called(line), str(line.number)] for line in shown],
    )
