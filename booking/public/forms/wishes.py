"""Whether a wished day, and a part of it, is one on which a location is open."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booking.parts_of_day import PartOfDay
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.opening_hours import OpenHours

DAYS_AHEAD = 90


def check_day(day: date, location: Location, today: date) -> list[OpenHours] | None:
    """Return the hours of a wished day, None if they are not known. `today` is the location's.

    Raises ValidationError for a day on which nobody could come.
    """
    if day < today:
        raise ValidationError(_("That day has passed. Please choose today or a later day."))
    if day > today + timedelta(days=DAYS_AHEAD):
        raise ValidationError(
            _("Please choose a day within the next %(days)s days, or call us."),
            params={"days": DAYS_AHEAD},
        )
    hours = location.open_on(day)
    if hours == [] and day.weekday() not in {span.weekday for span in location.opening_hours.all()}:
        raise ValidationError(
            _("We’re closed that day. We’re open %(days)s."),
            params={"days": _opening_days(location)},
        )
    if hours == []:
        raise ValidationError(_("We’re closed that day. Please choose another."))
    return hours


def check_part(part: str, hours: list[OpenHours] | None) -> None:
    """Raise ValidationError if a location is never open at a part of a day with these hours."""
    wished = PartOfDay(part)
    if hours and not any(wished.overlaps(span.opens, span.closes) for span in hours):
        raise ValidationError(_("We’re not open at that time of day. Please choose another."))


def _opening_days(location: Location) -> str:
    days = [run.days for run in location.hours if not run.closed]
    return get_text_list(days, gettext("and"))
