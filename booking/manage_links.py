"""Private links to one appointment."""

from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone

from booking.models import Appointment, BookingRules, ManageLink

A_MOMENT = timedelta(minutes=2)


def issue_link(
    appointment: Appointment,
    *,
    rotate: bool = True,
    after: timedelta = timedelta(0),
    expires_at: datetime | None = None,
) -> str:
    """Return the token of a new link, in place of every earlier one or, without `rotate`, beside.

    Earlier ones still work until `after`, when the email that carries it leaves.

    It works until some weeks after the visit, or until `expires_at`. Call it in the transaction of
    the email that carries it.
    """
    links = ManageLink.objects.filter(appointment=appointment)
    make = partial(links.rotate, after=after) if rotate else links.issue
    expires_at = expires_at or expiry_of(appointment, timezone.now())
    token: str = make(appointment=appointment, expires_at=expires_at)
    return token


def find_appointment(token: str, *, now: datetime) -> Appointment | None:
    """Return whose link it is; None if the token is unknown, expired or revoked alike."""
    links = ManageLink.objects.usable(now).with_token(token)
    link = links.select_related(
        "appointment__location", "appointment__service", "appointment__practitioner__person"
    ).first()
    return link.appointment if link else None


def find_replaced(token: str, *, now: datetime) -> Appointment | None:
    """Return whose link it was a moment ago: a form posted by it twice has done its work."""
    links = ManageLink.objects.with_token(token).filter(revoked_at__gt=now - A_MOMENT)
    link = links.select_related("appointment").first()
    return link.appointment if link else None


def restore_links(appointment: Appointment, *, since: datetime) -> None:
    """Have the links open it again that an email has taken the place of that never left."""
    ManageLink.objects.filter(appointment=appointment).restore(since=since)


def revoke_links(appointment: Appointment) -> None:
    ManageLink.objects.filter(appointment=appointment).revoke()


def expiry_of(appointment: Appointment, made_at: datetime) -> datetime:
    """Return when what was made to open an appointment no longer does."""
    last = max(appointment.ends_at or made_at, made_at)
    return last + timedelta(days=BookingRules.load().link_days)
