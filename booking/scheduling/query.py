"""What is looked for when somebody is to come, and what is found."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from booking.models import Appointment, Practitioner, Service
from booking.scheduling.availability import VisitLength
from clinic_site.clinic.models.locations import Location


@dataclass(frozen=True)
class Slot:
    """A time, in UTC, at which a visit can begin, and who is free for it, by their keys."""

    starts_at: datetime
    practitioners: tuple[int, ...]
    zone: ZoneInfo
    seats_left: int | None = None  # in a class

    @property
    def local(self) -> datetime:
        """The time on the clock of the location."""
        return self.starts_at.astimezone(self.zone)


@dataclass(frozen=True)
class AvailabilityQuery:
    """What is looked for: a service at a place, by somebody in particular or by anybody.

    `by_desk` leaves notice, horizon and way of booking aside, which bind patients alone; of these
    notice alone binds whom the desk has `invited`.
    `appointment` is one that is to get another time: its length is as promised, and what it
    holds counts as free.
    """

    service: Service
    location: Location
    practitioner: Practitioner | None = None
    by_desk: bool = False
    appointment: Appointment | None = None
    invited: bool = False

    @property
    def visit(self) -> VisitLength:
        promised, service = self.appointment or self.service, self.service
        minutes, buffer = promised.duration_minutes, promised.buffer_minutes
        if self.by_desk:
            return VisitLength(minutes, buffer, service.grid_minutes)
        return VisitLength(
            minutes,
            buffer,
            service.grid_minutes,
            notice=timedelta(hours=service.notice_hours),
            horizon_days=None if self.invited else service.horizon_days,
        )

    @property
    def own_time(self) -> datetime | None:
        """The time that `appointment` has with the same person: free, and no other time."""
        with_whom = self.practitioner and self.practitioner.pk
        if self.appointment is None:
            return None
        # A class is the same whoever gives it, and another one at the same time is none.
        same = self.appointment.practitioner_id == with_whom or self.service.is_class
        return self.appointment.starts_at if same else None

    @property
    def is_offered(self) -> bool:
        """Whether it can be booked by whoever asks."""
        bookable = self.service.active and self.service.mode != Service.Mode.BY_PHONE
        return bookable or self.by_desk or self.invited

    @property
    def practitioners(self) -> list[Practitioner]:
        """Those who come into question, in the order of the team."""
        if not self.is_offered:
            return []
        offering = Practitioner.objects.providing(self.service, self.location)
        if self.practitioner:
            offering = offering.filter(pk=self.practitioner.pk)
        return list(offering)
