"""How the desk's screens say what they show: states by icon, times on the location's clock."""

from django.utils.dateformat import format as format_date
from django.utils.translation import gettext

from booking.models import Appointment

State = Appointment.State

ICONS = {
    State.REQUESTED: "time",
    State.PROPOSED: "comment",
    State.CONFIRMED: "check",
    State.DECLINED: "cross",
    State.EXPIRED: "history",
    State.CANCELED: "no-view",
    State.ARRIVED: "user",
    State.COMPLETED: "success",
    State.NO_SHOW: "warning",
}


def when(appointment: Appointment) -> str:
    """Say the agreed time, or else the wish, on the clock of the location."""
    if appointment.starts_at_location:
        return format_date(appointment.starts_at_location, gettext("D, M j, Y, g:i A"))
    for wish in appointment.wishes:
        return f"{format_date(wish.day, gettext('D, M j, Y'))}, {wish.part}"
    return gettext("wants a call") if appointment.wants_call else ""


def requested(appointment: Appointment) -> str:
    at = appointment.requested_at.astimezone(appointment.location.zone)
    return format_date(at, gettext("M j, Y, g:i A"))


def practitioner(appointment: Appointment) -> str:
    if appointment.practitioner:
        return appointment.practitioner.name
    return gettext("anyone") if appointment.any_practitioner else ""
