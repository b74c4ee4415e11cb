"""Whether a wished day, and a part of it, is one on which a location is open."""

from datetime import date, time, timedelta

from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booking.models import PartOfDay
from clinic_site.clinic.models import Closure
from clinic_site.clinic.models.locations import Location

DAYS_AHEAD = 90
PARTS: dict[str, tuple[time, time]] = {
    PartOfDay.MORNING: (time.min, time(12)),
    PartOfDay.AFTERNOON: (time(12), time(17)),
    PartOfDay.EVENING: (time(17), time.max),
}


def check_day(day: date, location: Location, today: date) -> None:
    """Raise ValidationError for a day on which nobody could come. `today` is the location's."""
    if day < today:
        raise ValidationError(_("This day is over. Please choose today or a later day."))
    if day > today + timedelta(days=DAYS_AHEAD):
        raise ValidationError(
            _("Please choose a day within the next %(days)s days, or ring us."),
            params={"days": DAYS_AHEAD},
        )
    open_weekdays = {span.weekday for span in location.opening_hours.all()}
    if open_weekdays and day.weekday() not in open_weekdays:
        raise ValidationError(
            _("We are closed on that day. We are open on %(days)s."),
            params={"days": _opening_days(location)},
        )
    if Closure.objects.touching(day, day).of_all(location).exists():
        raise ValidationError(_("We are closed on that day. Please choose another."))


def check_part(day: date, part: str, location: Location) -> None:
    """Raise ValidationError if the location is never open at a part of a day."""
    begins, ends = PARTS.get(part, (time.min, time.max))
    spans = list(location.opening_hours.all())
    on_that_day = [span for span in spans if span.weekday == day.weekday()]
    if spans and not any(span.opens < ends and span.closes > begins for span in on_that_day):
        raise ValidationError(_("We are not open at that part of that day. Please choose another."))


def _opening_days(location: Location) -> str:
    days = [run.days for run in location.hours if not run.closed]
    return get_text_list(days, gettext("and"))
