"""The public holidays ahead, as suggestions: nothing is closed by itself."""

from datetime import timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from booking.desk.times import today_at
from booking.scheduling.holidays import Holiday, public_holidays
from clinic_site.clinic.models import Closure
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location

AHEAD = timedelta(days=366)


class Suggestion(NamedTuple):
    holiday: Holiday
    url: str
    is_closed: bool


def holidays_ahead() -> list[Suggestion]:
    """Each with the address of a form for it, and whether the clinic is closed then already."""
    location = ClinicDetails.load().location or Location.objects.first()
    if location is None:
        return []
    today = today_at(location)
    closed = list(
        Closure.objects.touching(today, today + AHEAD).filter(
            kind=Closure.Kind.CLOSED, person=None, begins=None
        )
    )
    return [
        Suggestion(
            holiday,
            _form_for(holiday),
            any(closure.first_day <= holiday.day <= closure.last_day for closure in closed),
        )
        for holiday in public_holidays(location.country, location.region, today, today + AHEAD)
    ]


def _form_for(holiday: Holiday) -> str:
    day = holiday.day.isoformat()
    query = {"first_day": day, "last_day": day, "reason": holiday.name}
    return f"{reverse('closures:add')}?{urlencode(query)}"
