from datetime import datetime

from django import template
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext, ngettext

from booking.models import Appointment, ProposedTime, Service, WaitingListOffer
from clinic_site import phone

register = template.Library()


@register.simple_tag
def services() -> list[Service]:
    """Return what patients may book, in the clinic's own order."""
    return list(Service.objects.bookable())


@register.filter
def readable_phone(number: str) -> str:
    """Write a stored number as people write it."""
    return phone.readable(number)


@register.filter
def phone_uri(number: str) -> str:
    """Make a stored number a link that rings it."""
    return phone.uri(number)


@register.filter
def length_and_price(promised: Service | Appointment) -> str:
    """Say how long a visit takes and what it costs: "45 minutes, $90"."""
    minutes = promised.duration_minutes
    length = ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    return f"{length}, {promised.price_text}" if promised.price_text else length


@register.filter
def agreed_time(appointment: Appointment | ProposedTime | WaitingListOffer) -> str:
    """Say when a visit begins on the clock of its location, with the name of the time zone."""
    return _in_words(appointment.starts_at_location)


@register.filter
def held_until(holder: Appointment | WaitingListOffer) -> str:
    """Say until when time is held, on the clock of its location."""
    until = holder.expires_at if isinstance(holder, WaitingListOffer) else holder.hold_expires_at
    return _in_words(until and until.astimezone(holder.location.zone))


def _in_words(time: datetime | None) -> str:
    # Formatted here: a template would turn the time to the zone that is active. And Django names
    # no zone in the hour that comes twice, just when it matters.
    return f"{format_date(time, gettext('l, F j, Y, g:i A'))} {time:%Z}" if time else ""
