"""What the desk sees first: today, what waits, what runs out."""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from booking.desk.access import APPOINTMENTS
from booking.desk.inbox import counts
from booking.desk.times import today_at
from booking.models import Appointment, Practitioner
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.opening_hours import DAY


class TodayPanel(Component):
    name = "desk_today"
    template_name = "booking/desk/home.html"
    order = 50

    class Media:
        css = {"all": ["css/admin/desk.css"]}

    @classmethod
    def is_for(cls, request: HttpRequest) -> bool:
        return bool(APPOINTMENTS.user_has_permission(request.user, "view"))

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        now, location = timezone.now(), ClinicDetails.load().location
        beyond = Practitioner.objects.booked_beyond_their_file(now)
        if location is None:
            return {"counts": counts(now), "beyond": beyond}
        today = today_at(location)
        begins, ends = (
            datetime.combine(day, time(), location.zone).astimezone(UTC)
            for day in (today, today + DAY)
        )
        visits = Appointment.objects.filter(
            location=location,
            state__in=Appointment.AGREED,
            starts_at__gte=begins,
            starts_at__lt=ends,
        )
        upcoming = Appointment.objects.upcoming(now).filter(location=location)
        return {
            "counts": counts(now),
            "beyond": beyond,
            "visits": visits.count(),
            "next": upcoming.select_related("location", "practitioner__person").first(),
            "location": location,
        }
