"""What owners read first: how the month is going, in a line."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from booking.desk.access import APPOINTMENTS
from booking.numbers.counts import Measure, Tally, total_of
from booking.numbers.months import Month
from booking.numbers.read import Selection
from booking.numbers.report import counts_of
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location


class MonthPanel(Component):
    name = "month_in_numbers"
    template_name = "booking/desk/numbers/start.html"
    order = 60

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @classmethod
    def is_for(cls, request: HttpRequest) -> bool:
        """Owners: whoever makes the booking rules."""
        sees = APPOINTMENTS.user_has_permission(request.user, "view")
        return bool(sees and request.user.has_perm("booking.change_bookingrules"))

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        now, main = timezone.now(), ClinicDetails.load().location
        month = Month.of(timezone.localdate(now, main.zone if main else None))
        places = {location.pk: location for location in Location.objects.all()}
        counts = counts_of([month], Selection(), places, now)
        tally = Tally.of_counts(total_of(counts.values()))
        return {
            "month": month,
            "visits": tally.of(Measure.VISITS),
            "no_shows": tally.of(Measure.NO_SHOWS),
            "use": tally.use,
        }
