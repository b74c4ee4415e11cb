"""What hangs on appointments is deleted by the clock, once nothing can be done with it."""

from datetime import datetime

from booking.models import (
    UNDO_FOR,
    AppointmentSnapshot,
    BookingDraft,
    BusyTime,
    Course,
    CourseInvitation,
    FreedTime,
    ManageLink,
)


def delete_expired(now: datetime) -> None:
    """Delete links that open nothing any more, courses of nobody, and notes of times past."""
    ManageLink.objects.spent(now).delete()
    CourseInvitation.objects.filter(revoked_at__lte=now).delete()
    Course.objects.of_nobody(now).delete()
    FreedTime.objects.filter(ends_at__lte=now).delete()
    BusyTime.objects.filter(ends_at__lt=now).delete()


def delete_ended_drafts(now: datetime) -> None:
    """Delete what was typed and not sent. Whoever reads it asks the clock, and does not wait."""
    BookingDraft.objects.ended(now).delete()


def delete_old_snapshots(now: datetime) -> None:
    """Delete what was kept to undo changes of the desk that cannot be undone any more."""
    AppointmentSnapshot.objects.filter(made_at__lte=now - UNDO_FOR).delete()
