"""What ends of visits, requests and patients' records when the periods of the owners are over.

Each is given an instant, ends what was over before it, at most `at_once` rows, and returns of how
many. Who changes a row at that moment is first, or finds it changed.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from booking.actions.patients.erasing import erase_record
from booking.actions.personal_data.erasing import empty_rows, erase_appointment
from booking.models import (
    Appointment,
    AppointmentEvent,
    CalendarFeed,
    CallTask,
    Patient,
    WaitingListEntry,
    WaitingListOffer,
)

State = Appointment.State


def end_notes(before: datetime, at_once: int) -> int:
    """Empty what was said of access needs, in notes and about calls, of visits long over."""
    over = Appointment.objects.filter(_over(before), erased_at=None)
    events = AppointmentEvent.objects.filter(appointment=OuterRef("pk")).exclude(note="")
    calls = CallTask.objects.filter(appointment=OuterRef("pk")).exclude(note="")
    told = ~Q(access_needs="") | ~Q(note="") | Q(Exists(events)) | Q(Exists(calls))
    ids = _keys(over.filter(told), at_once)
    Appointment.objects.filter(pk__in=ids).update(access_needs="", note="")
    AppointmentEvent._base_manager.filter(appointment__in=ids).exclude(note="").update(note="")
    CallTask.objects.filter(appointment__in=ids).update(note="")
    return len(ids)


def end_requests(before: datetime, at_once: int) -> int:
    """Empty requests and visits that came to nothing, a while after the last thing was done."""
    later = AppointmentEvent.objects.filter(appointment=OuterRef("pk"), at__gte=before)
    nothing = Appointment.objects.filter(
        ~Exists(later),
        state__in=[State.DECLINED, State.EXPIRED, State.CANCELED],
        requested_at__lt=before,
        erased_at=None,
    )
    ids = _keys(nothing, at_once)
    empty_rows(ids, timezone.now())
    return len(ids)


def end_appointments(before: datetime, at_once: int) -> int:
    """Empty visits that were over before, so that nothing says whose they were."""
    over = Appointment.objects.filter(_over(before), erased_at=None).order_by("pk")[:at_once]
    for appointment in (rows := list(over)):
        erase_appointment(appointment, by=None)
    return len(rows)


def end_patients(before: datetime, at_once: int) -> int:
    """Delete records of patients of whom nothing was heard since."""
    theirs = Q(patient=OuterRef("pk")) | Q(patient__merged_into=OuterRef("pk"))
    since = Q(requested_at__gte=before) | Q(ends_at__gte=before)
    visits = Appointment.objects.filter(theirs, since)
    silent = Patient.objects.filter(
        ~Exists(visits), merged_into=None, created_at__lt=before
    ).exclude(events__at__gte=before)
    for patient in (rows := list(silent.order_by("pk")[:at_once])):
        erase_record(patient, by=None)
    return len(rows)


def end_offers(before: datetime, at_once: int) -> int:
    """Delete offers of earlier times, wishes for them, and calendar feeds that were revoked."""
    answered = WaitingListOffer.objects.exclude(state=WaitingListOffer.State.OPEN)
    left = Q(left_at__lt=before) | Q(appointment__starts_at__lt=before)
    found: list[QuerySet] = [
        answered.filter(made_at__lt=before),
        WaitingListEntry.objects.filter(left),
        CalendarFeed.objects.filter(revoked_at__lt=before),
    ]
    ended = 0
    for rows in found:
        ids = _keys(rows, at_once - ended)
        rows.model._base_manager.filter(pk__in=ids).delete()
        ended += len(ids)
    return ended


def _over(before: datetime) -> Q:
    """Visits that ended before, and requests without a time that were made before."""
    return Q(ends_at__lt=before) | Q(ends_at=None, requested_at__lt=before)


def _keys(rows: QuerySet, at_once: int) -> list[int]:
    return [*rows.order_by("pk").values_list("pk", flat=True)[:at_once]]
