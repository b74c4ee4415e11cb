"""What there is to choose from when somebody is to come, and whether what was chosen has gone."""

from django.http import HttpRequest
from django.utils import timezone

from booking.public.class_timetable import SEAT_OPENED, ClassTimetable, dates_instead, read_dates
from booking.public.forms.booking import BookingForm
from booking.public.timetable import (
    NOT_FREE,
    Timetable,
    next_times,
    read_week,
    times_instead,
    times_of_week,
)
from booking.scheduling.class_dates import is_full
from booking.scheduling.slots import is_free, nearest_free_times


def times_to_choose(request: HttpRequest, form: BookingForm) -> Timetable | ClassTimetable:
    """Free times or, of a class, its dates."""
    return _class_timetable(request, form) if form.is_class else _timetable(request, form)


def has_gone(form: BookingForm) -> bool:
    starts, now = form.starts, timezone.now()
    if starts is None:
        return False
    can_be_had = is_full if form.waits else is_free
    return not can_be_had(form.search, starts, now=now)


def _class_timetable(request: HttpRequest, form: BookingForm) -> ClassTimetable:
    """The dates from the day that is asked for; if the one chosen has gone, the nearest first."""
    now, chosen, search = timezone.now(), form.starts, form.search
    since = read_week(request.GET.get("week", ""))
    if chosen is None or since or "soonest" in request.GET:
        return read_dates(search, now=now, since=since, chosen=chosen)
    if not has_gone(form):
        return read_dates(search, now=now, chosen=chosen)
    if is_free(search, chosen, now=now):
        form.add_error("starts_at", SEAT_OPENED)
        return read_dates(search, now=now)
    table, why = dates_instead(search, chosen, now=now)
    form.add_error("starts_at", why)
    return table


def _timetable(request: HttpRequest, form: BookingForm) -> Timetable:
    """The week that is asked for, or that of the time chosen, or the next free times.

    If the time chosen has gone meanwhile, the nearest to it.
    """
    now, chosen = timezone.now(), form.starts
    asked = read_week(request.GET.get("week", ""))
    if asked:
        return times_of_week(form.search, asked, now=now, chosen=chosen)
    if chosen is None or "soonest" in request.GET:
        return next_times(form.search, now=now)
    day = chosen.astimezone(form.chosen_location.zone).date()
    week = times_of_week(form.search, day, now=now, chosen=chosen)
    if week.has(chosen):
        return week
    form.add_error("starts_at", NOT_FREE)
    nearest = nearest_free_times(form.search, chosen, now=now)
    return times_instead(form.search, chosen, nearest, now=now)
