"""Private links to one appointment. Only the hash of a token is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.utils import timezone

from booking.models import Appointment, BookingRules, ManageLink

A_MOMENT = timedelta(minutes=2)


def issue_link(appointment: Appointment, *, rotate: bool = True) -> str:
    """Return the token of a new link, in place of every earlier one or, without `rotate`, beside.

    Call it in the transaction of the letter that carries it.
    """
    now = timezone.now()
    if rotate:
        revoke_links(appointment)
    token = secrets.token_urlsafe(24)
    ManageLink.objects.create(
        appointment=appointment,
        token_hash=token_hash(token),
        created_at=now,
        expires_at=_expiry(appointment, now),
    )
    return token


def find_appointment(token: str, *, now: datetime) -> Appointment | None:
    """Return whose link it is; None if the token is unknown, expired or revoked alike."""
    links = ManageLink.objects.usable(now).filter(token_hash=token_hash(token))
    link = links.select_related(
        "appointment__location", "appointment__service", "appointment__practitioner__person"
    ).first()
    return link.appointment if link else None


def find_replaced(token: str, *, now: datetime) -> Appointment | None:
    """Return whose link it was a moment ago: a form posted by it twice has done its work."""
    links = ManageLink.objects.filter(token_hash=token_hash(token), revoked_at__gt=now - A_MOMENT)
    link = links.select_related("appointment").first()
    return link.appointment if link else None


def revoke_links(appointment: Appointment) -> None:
    links = ManageLink.objects.filter(appointment=appointment, revoked_at__isnull=True)
    links.update(revoked_at=timezone.now())


def token_hash(token: str) -> str:
    """What is kept of a token. It is random and long, so a plain hash will do."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _expiry(appointment: Appointment, now: datetime) -> datetime:
    last = max(appointment.ends_at or now, now)
    return last + timedelta(days=BookingRules.load().link_days)
