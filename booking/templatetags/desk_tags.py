"""What the desk's templates say in more than one place."""

from datetime import datetime
from typing import Any

from django import template
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, gettext_lazy

from booking.desk import labels
from booking.formatting import short_day
from booking.models import Appointment, AppointmentEvent
from booking.scheduling.agenda import AgendaEntry, Kind
from clinic_site.clinic.clock_times import clock, time_span

register = template.Library()

register.filter(clock)


@register.filter
def day_and_clock(local: datetime) -> str:
    """Say a day and time of the coming weeks: "Tue, Jan 5, 10:30 AM"."""
    return f"{short_day(local)}, {clock(local)}"


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
    if event.appointment.class_session_id and not event.starts_at:
        return ""  # who waits for a seat has no time of their own
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
    "email": "mail",
    "closure": "calendar-alt",
    "expired": "history",
    "course": "list-ol",
}


@register.filter
def call_icon(reason: str) -> str:
    return CALL_ICONS.get(reason, "mobile-alt")


TAKEN = {
    Kind.PROPOSED: ("comment", gettext_lazy("proposed")),
    Kind.OFFER: ("group", gettext_lazy("offered to the waiting list")),
    Kind.CLASS: ("group", gettext_lazy("class")),
    Kind.BLOCK: ("lock", gettext_lazy("blocked")),
    Kind.BUSY: ("no-view", gettext_lazy("busy elsewhere")),
}


@register.filter
def seats_taken(session: Any) -> str:
    """Say how full a class is: "4 of 6". Needs a session with its counts."""
    told = {"taken": session.taken, "seats": session.seats}
    if session.waiting:
        return gettext("%(taken)s of %(seats)s, %(waiting)s waiting") % (
            told | {"waiting": session.waiting}
        )
    return gettext("%(taken)s of %(seats)s") % told


@register.filter
def entry_icon(entry: AgendaEntry) -> str:
    if entry.kind == Kind.APPOINTMENT and entry.appointment:
        return state_icon(entry.appointment)
    return TAKEN[entry.kind][0]


@register.filter
def entry_words(entry: AgendaEntry) -> Any:
    if entry.kind == Kind.APPOINTMENT and entry.appointment:
        return entry.appointment.get_state_display()
    if entry.session:
        return seats_taken(entry.session)
    return TAKEN[entry.kind][1]


@register.filter
def entry_class(entry: AgendaEntry) -> str:
    if entry.kind == Kind.APPOINTMENT and entry.appointment:
        return entry.appointment.state
    return str(entry.kind)


register.simple_tag(time_span, name="clock_span")
