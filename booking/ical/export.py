"""Visits as iCalendar (RFC 5545): for an email, for download, for a practitioner's own calendar.

People's calendars are shared, synchronized and shown on locked screens. An entry therefore names
the clinic and the reference, and nobody, and nothing that is done there.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from booking.models import Appointment
from clinic_site.clinic.current import read_clinic

PRODUCT = "-//Clinic site//Booking//EN"
# Names the entries of all calendars made here; never to be changed, or entries would double.
OURS = UUID("6f3a8f7e-3d0b-4b43-9a53-0c5d1d0f8a11")

STATUS = {
    Appointment.State.REQUESTED: "TENTATIVE",
    Appointment.State.PROPOSED: "TENTATIVE",
    Appointment.State.DECLINED: "CANCELLED",
    Appointment.State.EXPIRED: "CANCELLED",
    Appointment.State.CANCELED: "CANCELLED",
}


@dataclass(frozen=True)
class CalendarEntry:
    """One line of a practitioner's calendar, in UTC. `version` grows when the entry changes."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    summary: str
    version: int = 0
    tentative: bool = False
    appointment_id: int | None = None  # whose time it is; nothing of it is written


def appointment_ics(appointment: Appointment) -> bytes:
    """The calendar file of an appointment that has a time, for its patient to add by themselves."""
    return _calendar([_visit(appointment)], method="PUBLISH")


def visits_file(appointments: Iterable[Appointment]) -> bytes:
    """The calendar file of several visits: read again, it moves them or takes them out.

    It is published, not an invitation, which may be about one visit alone (RFC 5546, 3.2.2).
    """
    return _calendar([_visit(each) for each in appointments], method="PUBLISH")


def invitation(appointment: Appointment) -> str:
    """The same as part of an email: calendars add it, move it, or take it out by themselves.

    They want to know who asks whom, so it also names the address that the email goes to.
    """
    event = _visit(appointment)
    organizer = vCalAddress(f"mailto:{appointment.location.email}")
    organizer.params["CN"] = vText(read_clinic().name)
    event.add("organizer", organizer)
    attendee = vCalAddress(f"mailto:{appointment.email}")
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    event.add("attendee", attendee)
    return _calendar([event], method=method_of(appointment)).decode()


def method_of(appointment: Appointment) -> str:
    """What a calendar is to do with the entry of an appointment: REQUEST or CANCEL."""
    return "CANCEL" if _status(appointment) == "CANCELLED" else "REQUEST"


def feed_ics(name: str, entries: Iterable[CalendarEntry]) -> bytes:
    """A calendar of many entries that others subscribe to."""
    calendar = _new_calendar("PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("name", name)
    for entry in entries:
        event = _event(entry.uid, entry.version, entry.starts_at, entry.ends_at, entry.summary)
        event.add("status", "TENTATIVE" if entry.tentative else "CONFIRMED")
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return calendar.to_ical()


def uid_of(appointment: Appointment) -> str:
    """The same for good, whatever changes, and telling nothing."""
    return str(uuid5(OURS, f"appointment {appointment.idempotency_key}"))


def busy_uid(kind: str, key: int) -> str:
    """The same for other time that is taken, such as a block."""
    return str(uuid5(OURS, f"{kind} {key}"))


def _status(appointment: Appointment) -> str:
    return STATUS.get(Appointment.State(appointment.state), "CONFIRMED")


def _visit(appointment: Appointment) -> Event:
    if appointment.starts_at is None or appointment.ends_at is None:
        raise ValueError("a calendar entry needs a time")
    event = _event(
        uid_of(appointment),
        appointment.version,
        appointment.starts_at,
        appointment.ends_at,
        summary_of(appointment),
    )
    event.add("status", _status(appointment))
    event.add("class", "PRIVATE")
    event.add("location", place_of(appointment))
    event.add("description", description_of(appointment))
    # The clinic's own page. A private link would go wherever the calendar is shared.
    event.add("url", f"{settings.BASE_URL}/")
    if _status(appointment) != "CANCELLED":
        event.add_component(_alarm(summary_of(appointment)))
    return event


def summary_of(appointment: Appointment) -> str:
    return f"{read_clinic().name}: {appointment.reference}"


def place_of(appointment: Appointment) -> str:
    return appointment.location.address


def description_of(appointment: Appointment) -> str:
    told = {"phone": appointment.location.phone, "reference": appointment.reference}
    words = gettext("To change or cancel it, call %(phone)s. Your reference is %(reference)s.")
    return words % told


def _alarm(words: str) -> Alarm:
    """Time to set out: the reminders of days before come by email."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", -timedelta(hours=2))
    return alarm


def _event(uid: str, version: int, starts_at: datetime, ends_at: datetime, summary: str) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("sequence", version)
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("dtend", ends_at.astimezone(UTC))
    event.add("summary", summary)
    event.add("transp", "OPAQUE")
    return event


def _new_calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _calendar(events: Iterable[Event], *, method: str) -> bytes:
    calendar = _new_calendar(method)
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()
