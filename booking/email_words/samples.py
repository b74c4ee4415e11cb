"""Appointments that nobody has made, for previews of emails. Nothing of them is ever stored."""

from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from booking.models import (
    Appointment,
    ClassSession,
    Course,
    Practitioner,
    ProposedTime,
    WaitingListEntry,
    WaitingListOffer,
)
from clinic_site.clinic.current import read_clinic, today_at_clinic
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.models.people import Person

AHEAD = timedelta(days=7)


def sample_appointment(**fields: Any) -> Appointment:
    """A confirmed visit in a week, at the clinic's main location."""
    begins = _at(10, 30)
    defaults = {
        "reference": "SAMPLE-1",
        "state": Appointment.State.CONFIRMED,
        "location": _location(),
        "practitioner": _practitioner(),
        "service_name": _("First visit"),
        "duration_minutes": 45,
        "starts_at": begins,
        "ends_at": begins + timedelta(minutes=45),
        "name": "Casey Morgan",
        "email": "casey@patient.example",
        "phone": "+18055550123",
        "new_patient": True,
    }
    return Appointment(**defaults | fields)


def sample_request(**fields: Any) -> Appointment:
    """A request of which the time is held."""
    defaults = {"state": Appointment.State.REQUESTED, "hold_expires_at": _at(12, ahead=1)}
    return sample_appointment(**defaults | fields)


def without_time(**fields: Any) -> Appointment:
    """A request for a morning or so, of no practitioner."""
    wished = {
        "hold_expires_at": None,
        "starts_at": None,
        "ends_at": None,
        "practitioner": None,
        "any_practitioner": True,
        "preferred_date": today_at_clinic() + AHEAD,
    }
    return sample_request(**wished | fields)


def context_of(appointment: Appointment, **more: Any) -> dict[str, Any]:
    """Return what the emails about `appointment` are drawn with."""
    defaults = {
        "appointment": appointment,
        "location": appointment.location,
        "button_url": f"{settings.BASE_URL}{reverse('booking:start')}",
        "button_label": _("See your appointment"),
        "calendar_file": True,
    }
    return defaults | more


def sample_session() -> ClassSession:
    return ClassSession(location=_location(), practitioner=_practitioner(), starts_at=_at(17))


def sample_course() -> Course:
    return Course(reference="SAMPLE-C", size=6, location=_location())


def sample_until() -> datetime:
    """Return when an invitation would end, on the clinic's clock."""
    return _at(12)


def sample_offer(appointment: Appointment) -> WaitingListOffer:
    return WaitingListOffer(
        entry=WaitingListEntry(),
        location=appointment.location,
        practitioner=_practitioner(),
        starts_at=_at(9, ahead=2),
        expires_at=_at(12, ahead=1),
    )


def sample_times(hours: tuple[int, ...] = (9, 14)) -> list[ProposedTime]:
    return [
        ProposedTime(location=_location(), practitioner=_practitioner(), starts_at=_at(hour))
        for hour in hours
    ]


def _at(hour: int, minute: int = 0, ahead: int = AHEAD.days) -> datetime:
    day = today_at_clinic() + timedelta(days=ahead)
    return datetime.combine(day, time(hour, minute), tzinfo=_location().zone)


def _location() -> Location:
    """The main location, or one like it while the clinic has none."""
    return read_clinic().location or Location(
        name=_("Main office"),
        street="1 Example Street",
        city="Example",
        postcode="00000",
        phone="805-555-0100",
        email="desk@clinic.example",
    )


def _practitioner() -> Practitioner:
    return Practitioner(person=Person(name="Robin Alvarez"))
