"""The screen of the numbers: a month, the one before, the year, and who and what made them."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from booking.desk.access import DeskMixin
from booking.desk.numbers.filters import NumbersForm
from booking.desk.numbers.pictures import Named, pictures_of
from booking.desk.numbers.sheet import numbers_spreadsheet
from booking.desk.own.access import OwnMixin
from booking.models import BookingRules, Practitioner, Service
from booking.numbers.meanings import figures
from booking.numbers.months import Month
from booking.numbers.report import MonthReport, report_of
from clinic_site.admin import spreadsheets
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location


class NumbersView(DeskMixin, TemplateView):
    template_name = "booking/desk/numbers/page.html"
    page_title = _("Numbers")
    header_icon = "order"

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> Any:
        kind = self.request.GET.get("export", "")
        if kind in spreadsheets.FORMATS:
            return numbers_spreadsheet(kind, self.report, self.named)
        return super().render_to_response(context, **kwargs)

    @property
    def whose(self) -> Practitioner | None:
        """Whose numbers these are, if somebody's own."""
        return None

    @cached_property
    def now(self) -> datetime:
        return timezone.now()

    @cached_property
    def form(self) -> NumbersForm:
        asked = self.request.GET.copy()
        asked.setdefault("month", self.this_month.written)
        form = NumbersForm(asked, own=self.whose)
        form.full_clean()
        return form

    @cached_property
    def this_month(self) -> Month:
        main = ClinicDetails.load().location
        return Month.of(timezone.localdate(self.now, main.zone if main else None))

    @cached_property
    def month(self) -> Month:
        return self.form.cleaned_data.get("month") or self.this_month

    @cached_property
    def locations(self) -> dict[int, Location]:
        places = Location.objects.prefetch_related("opening_hours")
        return {location.pk: location for location in places}

    @cached_property
    def report(self) -> MonthReport:
        return report_of(self.month, self.form.selection, self.locations, self.now)

    @cached_property
    def named(self) -> list[Named]:
        """What the month is grouped by, with the names of each."""
        people = Practitioner.objects.select_related("person")
        return [
            Named("practitioner", gettext("Practitioner"), {p.pk: p.name for p in people}),
            Named("service", gettext("Service"), {s.pk: s.name for s in Service.objects.all()}),
            Named("location", gettext("Location"), {p.pk: p.name for p in self.locations.values()}),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        tally = self.report.of_month(self.month)
        before = self.report.of_month(self.month.plus(-1))
        return context | {
            "form": self.form,
            "month": self.month,
            "before": self.month.plus(-1),
            "is_over": self.month < self.this_month,
            "figures": figures(tally, before, BookingRules.load().cancellation_policy),
            "pictures": pictures_of(self.report, self.named),
            "previous_url": self.url_of(self.month.plus(-1)),
            "this_url": self.url_of(self.this_month),
            "next_url": self.url_of(self.month.plus(1)),
            "downloads": [
                (kind, self.url_of(self.month, export=kind)) for kind in spreadsheets.FORMATS
            ],
        }

    def url_of(self, month: Month, **more: str) -> str:
        asked = self.request.GET
        kept = {name: asked[name] for name in self.form.fields if asked.get(name)}
        return f"{self.request.path}?{urlencode(kept | {'month': month.written} | more)}"


class OwnNumbersView(OwnMixin, NumbersView):
    """What came of a practitioner's own time."""

    page_title = _("My numbers")

    @property
    def whose(self) -> Practitioner | None:
        return self.own_practitioner
