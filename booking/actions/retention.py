"""What hangs on appointments is deleted once it is of no use to anybody."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from booking.models import (
    BookingDraft,
    BusyTime,
    CalendarFeed,
    FreedTime,
    ManageLink,
    WaitingListEntry,
    WaitingListOffer,
)

# As long as somebody might ask why they were, or were not, offered a time.
ASKED_ABOUT = timedelta(days=30)


@transaction.atomic
def delete_expired(now: datetime) -> None:
    """Delete links that open nothing, old offers and wishes for earlier times, and past notes."""
    ManageLink.objects.spent(now).delete()
    long_ago = now - ASKED_ABOUT
    WaitingListOffer.objects.exclude(state=WaitingListOffer.State.OPEN).filter(
        made_at__lt=long_ago
    ).delete()
    WaitingListEntry.objects.filter(
        Q(left_at__lt=long_ago) | Q(appointment__starts_at__lt=long_ago)
    ).delete()
    FreedTime.objects.filter(ends_at__lte=now).delete()
    CalendarFeed.objects.filter(revoked_at__lt=long_ago).delete()
    BusyTime.objects.filter(ends_at__lt=now).delete()


def delete_ended_drafts(now: datetime) -> None:
    """Delete what was typed and not sent. Whoever reads it asks the clock, and does not wait."""
    BookingDraft.objects.ended(now).delete()
