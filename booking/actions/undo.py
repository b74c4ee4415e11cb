"""Taking back what the desk has done: once, for a while, and only while nothing has followed."""

from contextlib import nullcontext
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from booking.actions.claiming import Span, lock
from booking.actions.classes.seats import take_seat_again
from booking.actions.errors import CannotUndo, StaleAppointment
from booking.actions.holds import claim_time
from booking.actions.news import tell_of_undo
from booking.actions.patients.first_visits import has_come_before, pass_on_first_visit
from booking.actions.times import nearest_instead
from booking.actions.transitions import Actor, EventType, release_time, write_change
from booking.cells import instant_of
from booking.models import (
    UNDO_FOR,
    Appointment,
    AppointmentEvent,
    AppointmentSnapshot,
    Claim,
    Practitioner,
    ProposedTime,
    WaitingListEntry,
)
from booking.scheduling.availability import runs_of
from clinic_site.accounts.models import User
from clinic_site.privacy.encryption import CannotDecrypt


def undoable_changes(now: datetime) -> QuerySet[AppointmentSnapshot]:
    """What can be undone still, the last first; each names its event."""
    return (
        AppointmentSnapshot.objects.filter(
            made_at__gt=now - UNDO_FOR, version=F("event__appointment__version")
        )
        .select_related("event__by", "event__appointment__location")
        .order_by("-pk")
    )


def undo_change(event: AppointmentEvent, *, by: User) -> Appointment:
    """Take back what the desk did; return the appointment as it stands again.

    Raises CannotUndo if it is too long ago, undone already or damaged, or its class has changed
    since, StaleAppointment if something has been done since, or JustTaken, with the nearest free
    times, if its time has gone to others.
    """
    with transaction.atomic():
        appointment, undone = take_back(event, by=by)
        tell_of_undo(appointment, undone)
    return appointment


def take_back(event: AppointmentEvent, *, by: User) -> tuple[Appointment, AppointmentSnapshot]:
    """The same without a word to the patient; return what was kept of the change as well.

    Call it in a transaction, and tell them.
    """
    appointment = Appointment.objects.select_related(
        "location", "service", "practitioner__person"
    ).get(pk=event.appointment_id)
    lately = AppointmentSnapshot.objects.filter(made_at__gt=timezone.now() - UNDO_FOR)
    snapshot = lately.select_related("event", "untold").filter(event=event).first()
    if snapshot is None:
        raise CannotUndo
    if snapshot.version != appointment.version:
        raise StaleAppointment
    try:
        columns = snapshot.columns
    except CannotDecrypt:
        raise CannotUndo from None
    starts_at = columns.get("starts_at", appointment.starts_at)
    person = columns.get("practitioner_id", appointment.practitioner_id)
    practitioner = Practitioner.objects.filter(pk=person).first() if person else None
    instead = nearest_instead(appointment, starts_at, practitioner) if starts_at else nullcontext()
    with instead, transaction.atomic():
        _write_back(appointment, snapshot, by)
    return appointment, snapshot


def _write_back(appointment: Appointment, snapshot: AppointmentSnapshot, by: User) -> None:
    spans = [
        Span(person, instant_of(run.start), instant_of(run.stop))
        for person, cells in snapshot.claims
        for run in runs_of(cells)
    ]
    had = snapshot.columns.get("practitioner_id")
    has = [person for person in (appointment.practitioner_id, had) if person]
    lock([*(span.practitioner_id for span in spans), *has])
    columns = snapshot.columns
    if snapshot.event.event_type == EventType.ARRIVED:
        pass_on_first_visit(appointment)
    elif snapshot.event.event_type == EventType.REOPENED:
        columns = columns | {"came_before": has_come_before(appointment)}
    write_change(
        appointment,
        EventType.UNDONE,
        columns,
        actor=Actor.DESK,
        by=by,
        undoes=snapshot.event,
    )
    release_time(appointment, then=spans)
    for span in spans:  # what a practitioner's own calendar has got back, the visit stood over
        busy = Claim.objects.filter(practitioner=span.practitioner_id, busy_time__isnull=False)
        busy.between(span.starts_at, span.ends_at).delete()
    claim_time(spans, appointment=appointment)
    ProposedTime.objects.bulk_create(
        ProposedTime(
            appointment=appointment,
            location=appointment.location,
            practitioner_id=person,
            starts_at=starts_at,
        )
        for person, starts_at in snapshot.proposed
    )
    take_seat_again(appointment)
    # Whoever left the waiting list by this change waits again.
    left = WaitingListEntry.objects.filter(appointment=appointment, left_at=snapshot.event.at)
    left.update(left_at=None)
    snapshot.delete()
