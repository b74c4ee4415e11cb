"""Links that put a visit into a calendar on the web, made here: nothing is loaded from there.

Whoever presses one hands its words to that company. So it says what the calendar file says, which
names nobody and nothing that is done, and holds no private link.
"""

from datetime import UTC
from typing import NamedTuple
from urllib.parse import urlencode

from booking.ical.export import description_of, place_of, summary_of
from booking.models import Appointment

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose"


class CalendarLink(NamedTuple):
    name: str
    url: str


def calendar_links(appointment: Appointment) -> list[CalendarLink]:
    """Return the links for an appointment that has a time."""
    if appointment.starts_at is None or appointment.ends_at is None:
        raise ValueError("a calendar entry needs a time")
    begins, ends = appointment.starts_at.astimezone(UTC), appointment.ends_at.astimezone(UTC)
    summary, place = summary_of(appointment), place_of(appointment)
    text = description_of(appointment)
    google = {
        "action": "TEMPLATE",
        "text": summary,
        "dates": f"{begins:%Y%m%dT%H%M%SZ}/{ends:%Y%m%dT%H%M%SZ}",
        "location": place,
        "details": text,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": summary,
        "startdt": f"{begins:%Y-%m-%dT%H:%M:%SZ}",
        "enddt": f"{ends:%Y-%m-%dT%H:%M:%SZ}",
        "location": place,
        "body": text,
    }
    return [
        CalendarLink("Google Calendar", f"{GOOGLE}?{urlencode(google)}"),
        CalendarLink("Outlook", f"{OUTLOOK}?{urlencode(outlook)}"),
    ]
