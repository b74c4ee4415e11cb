"""Taking all away that says who somebody was; that somebody came, and when, stays for the books."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from booking.actions.claiming import lock
from booking.actions.holds import end_offer
from booking.actions.transitions import Actor, EventType, make_transition, release_time
from booking.models import (
    Appointment,
    AppointmentEvent,
    AppointmentSnapshot,
    CallTask,
    Claim,
    Course,
    ManageLink,
    ReturnCode,
    SearchTerm,
    WaitingListEntry,
    WaitingListOffer,
)
from booking.models.appointments import SUBJECT
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.outbox import delete_emails
from clinic_site.sqlite.wal import empty_log_after_commit

# What an erased appointment still says of a person.
NOTHING = {
    "name": "",
    "phone": "",
    "email": "",
    "visitor_name": "",
    "access_needs": "",
    "note": "",
    "patient": None,
}


@transaction.atomic
def erase_appointment(appointment: Appointment, *, by: User | None) -> None:
    """Call the appointment off if it still stands, telling nobody, and empty its row.

    The time goes to the waiting list. One that is erased already is left alone. Whoever changes it
    at this moment is either first, or is told that it has been changed.
    """
    claims = Claim.objects.filter(
        Q(appointment=appointment.pk) | Q(offer__entry__appointment=appointment.pk)
    )
    lock(claims.values_list("practitioner_id", flat=True).distinct())
    rows = Appointment.objects.filter(pk=appointment.pk, erased_at=None).select_for_update()
    row = rows.first()
    if row is None:
        return
    if row.state in Appointment.STANDING:
        actor = Actor.DESK if by else Actor.SITE
        make_transition(row, EventType.CANCELED, actor=actor, by=by)
    release_time(row)
    for offer in WaitingListOffer.objects.open().filter(entry__appointment=row):
        end_offer(offer, WaitingListOffer.State.PASSED)
    empty_rows([row.pk], timezone.now())


def empty_rows(ids: Iterable[int], now: datetime) -> int:
    """Empty these appointments and delete what hangs on them; return how many there were.

    Call it in a transaction, for those that stand no longer.
    """
    ids = list(ids)
    for model in (ManageLink, ReturnCode, WaitingListEntry, CallTask, SearchTerm):
        model._base_manager.filter(appointment__in=ids).delete()
    AppointmentSnapshot.objects.filter(event__appointment__in=ids).delete()
    courses = Course.objects.filter(appointments__in=ids).distinct()
    refs = [*(f"{SUBJECT}{pk}" for pk in ids), *(course.subject for course in courses)]
    told_of = Q(subject_ref__in=refs)
    delete_emails(OutgoingEmail.objects.filter(told_of))
    # A note is no history of what was done; past the guard of lines that are only added.
    AppointmentEvent._base_manager.filter(appointment__in=ids).exclude(note="").update(note="")
    AppointmentSnapshot.objects.filter(event__appointment__in=ids).delete()
    emptied = Appointment.objects.filter(pk__in=ids).update(
        erased_at=now, version=F("version") + 1, **NOTHING
    )
    empty_log_after_commit()
    return emptied
