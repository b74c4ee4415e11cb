"""What is in the way of a time, in words: whose visit, which buffer, what else."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from booking.models import Appointment, Claim, ClassSession, Practitioner
from clinic_site.access_log.looks import note_looks
from clinic_site.clinic.clock_times import time_span
from clinic_site.clinic.models.locations import Location

HOLDERS = (
    "appointment",
    "block",
    "busy_time",
    "offer__entry__appointment",
    "class_session__service",
)


def in_the_way(
    practitioner: Practitioner,
    starts_at: datetime,
    ends_at: datetime,
    location: Location,
    *,
    ignoring: Appointment | ClassSession | None = None,
) -> list[str]:
    """Name all that takes time of somebody between two instants, in the order of time."""
    claims = Claim.objects.in_force(timezone.now()).filter(practitioner=practitioner)
    claims = claims.between(starts_at, ends_at).select_related(*HOLDERS).order_by("cell")
    if isinstance(ignoring, ClassSession):
        claims = claims.exclude(class_session=ignoring)
    elif ignoring:
        claims = claims.exclude(appointment=ignoring)
    return list(dict.fromkeys(_words(claim, starts_at, location) for claim in claims))


def clash_of(
    practitioner: Practitioner | None,
    starts_at: datetime,
    minutes: int,
    location: Location,
    *,
    ignoring: Appointment | ClassSession | None = None,
) -> str:
    """Say in a sentence what is in the way; nothing if nobody in particular was asked for."""
    if practitioner is None:
        return ""
    ends_at = starts_at + timedelta(minutes=minutes)
    found = in_the_way(practitioner, starts_at, ends_at, location, ignoring=ignoring)
    if not found:
        return ""
    return gettext("In the way: %(what)s.") % {"what": "; ".join(found)}


def _words(claim: Claim, starts_at: datetime, location: Location) -> str:
    def span(holder: Any, begins: str = "starts_at", ends: str = "ends_at") -> str:
        zone = location.zone
        return time_span(
            getattr(holder, begins).astimezone(zone), getattr(holder, ends).astimezone(zone)
        )

    if claim.block:
        reason = f" ({claim.block.reason})" if claim.block.reason else ""
        return gettext("blocked time, %(span)s") % {"span": span(claim.block)} + reason
    if claim.busy_time:
        words = gettext("busy in their own calendar, %(span)s")
        return words % {"span": span(claim.busy_time)}
    if claim.class_session:
        meets = {"name": claim.class_session.service.name, "span": span(claim.class_session)}
        return gettext("%(name)s, %(span)s") % meets
    if claim.offer:
        return gettext("a time that’s offered to someone on the waiting list")
    visit = claim.appointment
    note_looks([visit])
    if visit is None or visit.starts_at is None or visit.ends_at is None:
        return gettext("a time that’s proposed to %(name)s") % {"name": visit and visit.visitor}
    told = {"name": visit.visitor, "span": span(visit), "minutes": visit.buffer_minutes}
    if visit.ends_at <= starts_at:
        return gettext("the %(minutes)s minutes kept free after %(name)s, %(span)s") % told
    return gettext("%(name)s, %(span)s") % told
