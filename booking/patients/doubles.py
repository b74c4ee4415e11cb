"""The same person twice on one day, or at two places at once: found before it is stored."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cached_property

from django.db.models import Q

from booking.models import Appointment, Patient
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.opening_hours import DAY
from clinic_site.clinic.search_terms import mailbox, name_words

State = Appointment.State
COUNT = (*Appointment.STANDING, State.ARRIVED, State.COMPLETED)


@dataclass(frozen=True)
class Visitor:
    """Who is to come: a patient, or whom a booking names."""

    name: str
    phone: str = ""
    email: str = ""
    patient: Patient | None = None

    @cached_property
    def record_ids(self) -> frozenset[int]:
        """The records that stand for this person, asked for once."""
        return frozenset(self.patient.family_ids if self.patient else ())

    def is_of(self, appointment: Appointment) -> bool:
        """Whether an appointment is this person's: by the record, or by name and contact."""
        if self.patient and appointment.patient_id:
            return appointment.patient_id in self.record_ids
        same_phone = bool(self.phone) and self.phone == appointment.phone
        same_email = bool(self.email) and mailbox(self.email) == mailbox(appointment.email)
        named = name_words(self.name) == name_words(appointment.visitor)
        return named and (same_phone or same_email)


def visitor_of(appointment: Appointment) -> Visitor:
    return Visitor(appointment.visitor, appointment.phone, appointment.email, appointment.patient)


def doubles_of(
    visitor: Visitor,
    starts_at: datetime,
    minutes: int,
    location: Location,
    *,
    ignoring: Appointment | None = None,
) -> list[Appointment]:
    """Return what somebody has on that day at `location`, or anywhere at that time; one query."""
    day = starts_at.astimezone(location.zone).date()
    begins, ends = (
        datetime.combine(each, time(), location.zone).astimezone(UTC) for each in (day, day + DAY)
    )
    until = starts_at + timedelta(minutes=minutes)
    longest = timedelta(minutes=Appointment.LONGEST_MINUTES)
    near = Q(starts_at__gte=begins, starts_at__lt=ends) | Q(
        starts_at__gt=starts_at - longest, starts_at__lt=until, ends_at__gt=starts_at
    )
    rows = Appointment.objects.filter(near, state__in=COUNT).select_related(
        "location", "practitioner__person"
    )
    if ignoring:
        rows = rows.exclude(pk=ignoring.pk)
    return [one for one in rows.order_by("starts_at", "pk") if visitor.is_of(one)]


def fingerprint_of(doubles: Iterable[Appointment]) -> str:
    """Stands for what somebody has been warned of: of anything else they are warned anew."""
    listed = ",".join(f"{one.pk}:{one.version}" for one in doubles)
    return hashlib.sha256(listed.encode()).hexdigest()[:16]
