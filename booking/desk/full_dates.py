"""The dates of a class that are full, for the desk to put somebody on their waiting list."""

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, ngettext

from booking.desk.times import Choice, Week, value_of
from booking.scheduling.class_dates import ClassDate, class_dates


def full_dates(week: Week) -> list[Choice]:
    """Those of a week that are not chosen already; of anything but a class there are none."""
    if not week.search.service.is_class:
        return []
    found = class_dates(week.search, week.first, week.last, now=timezone.now())
    choices = [_choice(one) for one in found if one.is_full]
    return [choice for choice in choices if choice.value not in week.chosen]


def _choice(one: ClassDate) -> Choice:
    time = format_date(one.local, gettext("l, F j, g:i A"))
    waits = ngettext("%(count)s person waits", "%(count)s people wait", one.waiting)
    label = f"{time} · {waits % {'count': one.waiting}}" if one.waiting else time
    return Choice(value_of(one.starts_at, one.session.practitioner_id), label)
