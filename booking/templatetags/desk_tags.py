"""What the desk's templates say in more than one place."""

from datetime import datetime
from typing import Any

from django import template
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, gettext_lazy

from booking.desk import labels
from booking.formatting import clock
from booking.models import Appointment, AppointmentEvent
from booking.scheduling.agenda import AgendaEntry, Kind

register = template.Library()

register.filter(clock)


@register.filter
def staff_name(user: Any) -> str:
    """The name of a member of staff, who may have left."""
    if user is None:
        return gettext("a former staff member")
    return str(user.display_name)


@register.filter
def desk_time(appointment: Appointment) -> str:
    return labels.when(appointment)


@register.filter
def state_icon(appointment: Appointment) -> str:
    return labels.ICONS[Appointment.State(appointment.state)]


@register.filter
def changed_time(event: AppointmentEvent) -> str:
    """Say the time that an event gave, and before it the one that it took away."""
    zone = event.appointment.location.zone
    times = []
    for starts_at, who in (
        (event.from_starts_at, event.from_practitioner),
        (event.starts_at, event.practitioner),
    ):
        if starts_at:
            time = format_date(starts_at.astimezone(zone), gettext("M j, Y, g:i A"))
            times.append(f"{time}, {who.name}" if who else time)
    if len(times) == 2 and times[0] == times[1]:
        times = times[1:]
    return f": {' → '.join(times)}" if times else ""


CALL_ICONS = {
    "asked": "mobile-alt",
    "mail": "mail",
    "closure": "calendar-alt",
    "expired": "history",
}


@register.filter
def call_icon(reason: str) -> str:
    return CALL_ICONS.get(reason, "mobile-alt")


TAKEN = {
    Kind.PROPOSED: ("comment", gettext_lazy("proposed")),
    Kind.OFFER: ("group", gettext_lazy("offered to the waiting list")),
    Kind.BLOCK: ("lock", gettext_lazy("blocked")),
    Kind.BUSY: ("no-view", gettext_lazy("busy elsewhere")),
}


@register.filter
def entry_icon(entry: AgendaEntry) -> str:
    if entry.kind == Kind.APPOINTMENT and entry.appointment:
        return state_icon(entry.appointment)
    return TAKEN[entry.kind][0]


@register.filter
def entry_words(entry: AgendaEntry) -> Any:
    if entry.kind == Kind.APPOINTMENT and entry.appointment:
        return entry.appointment.get_state_display()
    return TAKEN[entry.kind][1]


@register.filter
def entry_class(entry: AgendaEntry) -> str:
    if entry.kind == Kind.APPOINTMENT and entry.appointment:
        return entry.appointment.state
    return str(entry.kind)


@register.simple_tag
def clock_span(begins: datetime, ends: datetime) -> str:
    """Two times of a day, with one "AM" or "PM" if it is the same: "9:00–10:15 AM"."""
    same_half = begins.date() == ends.date() and (begins.hour < 12) == (ends.hour < 12)
    first = format_date(begins, gettext("g:i") if same_half else gettext("g:i\u00a0A"))
    return f"{first}–{clock(ends)}"
