"""The sums as a spreadsheet: a row for each page, site, word, and day or month."""

from collections.abc import Iterator

from django.http.response import HttpResponseBase
from django.utils.translation import gettext

from clinic_site.admin import spreadsheets
from clinic_site.admin.spreadsheets import Row
from clinic_site.page_views.report.pictures import called
from clinic_site.page_views.report.reading import Sums


def spreadsheet(kind: str, sums: Sums) -> HttpResponseBase:
    name = f"page-views-{sums.first}-to-{sums.last}"
    heading = [gettext("What"), gettext("Name"), gettext("Address"), gettext("Number")]
    response = spreadsheets.response(kind, name, heading, _rows(sums))
    response["Cache-Control"] = "no-store"
    return response


def _rows(sums: Sums) -> Iterator[Row]:
    for what, lines in (
        (gettext("Views of a page"), sums.pages),
        (gettext("Bookings started from a page"), sums.bookings),
        (gettext("Views that came from another site"), sums.sites),
        (gettext("Searches with a word"), sums.words),
    ):
        for line in lines:
            yield [what, called(line), line.address, line.number]
    what = gettext("Views in a month") if sums.is_by_month else gettext("Views on a day")
    for day, number in sums.over_time:
        yield [what, f"{day:%Y-%m}" if sums.is_by_month else f"{day}", "", number]
