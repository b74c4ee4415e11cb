"""What hangs on appointments is deleted by the clock, once nothing can be done with it."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

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
    _delete_invitations(now)
    Course.objects.of_nobody(now).delete()
    FreedTime.objects.filter(ends_at__lte=now).delete()
    BusyTime.objects.filter(ends_at__lt=now).delete()


def _delete_invitations(now: datetime) -> None:
    """Delete those that another has taken the place of, and those that have done their work.

    The last one of a course without times stays, even if it opens nothing: from it is counted how
    long the course is kept, in which the desk can send another.
    """
    later = CourseInvitation.objects.filter(course=OuterRef("course"), pk__gt=OuterRef("pk"))
    replaced = Q(Exists(later), revoked_at__lte=now)
    CourseInvitation.objects.filter(
        replaced | Q(course__booked_at__isnull=False, expires_at__lte=now)
    ).delete()


def delete_ended_drafts(now: datetime) -> None:
    """Delete what was typed and not sent. Whoever reads it asks the clock, and does not wait."""
    BookingDraft.objects.ended(now).delete()


def delete_old_snapshots(now: datetime) -> None:
    """Delete what was kept to undo changes of the desk that cannot be undone any more."""
    AppointmentSnapshot.objects.filter(made_at__lte=now - UNDO_FOR).delete()
