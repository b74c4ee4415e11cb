"""The desk takes somebody off the waiting list, and puts them back."""

from django.db import transaction
from django.utils import timezone

from booking.actions.claiming import lock
from booking.actions.errors import CannotUndo, StaleEntry
from booking.actions.holds import end_offer
from booking.actions.visits import cancel_appointment
from booking.actions.waiting.trace import Act, record_waiting, undoable_act
from booking.models import (
    Appointment,
    AppointmentEvent,
    WaitingListEntry,
    WaitingListEvent,
    WaitingListOffer,
)
from clinic_site.accounts.models import User


@transaction.atomic
def take_off_list(
    entry: WaitingListEntry, *, by: User
) -> tuple[WaitingListEvent, AppointmentEvent | None]:
    """Ask them no more. What is held for them goes to the next; a visit of theirs stays as it is.

    Whoever has none yet has nothing left: what they asked for is called off, which the second
    event tells and undoes. Raises StaleEntry if they wait no longer, or StaleAppointment.
    """
    now, appointment = timezone.now(), entry.appointment
    if not WaitingListEntry.objects.still_waiting(now).filter(pk=entry.pk).exists():
        raise StaleEntry
    offers = list(WaitingListOffer.objects.open().filter(entry=entry))
    lock(offer.practitioner_id for offer in offers)
    canceled = None
    if appointment.state in Appointment.HOLDING:
        canceled = cancel_appointment(appointment, by=by, patient_knows=True)
    elif not WaitingListEntry.objects.filter(pk=entry.pk, left_at=None).update(left_at=now):
        raise StaleEntry
    for offer in offers:
        end_offer(offer, WaitingListOffer.State.WITHDRAWN)
    return record_waiting(entry, Act.REMOVED, by=by), canceled


@transaction.atomic
def undo_take_off_list(event: WaitingListEvent, *, by: User) -> None:
    """Put somebody back who has a visit. Raises CannotUndo if it is too late."""
    undoable_act(event, Act.REMOVED)
    left = WaitingListEntry.objects.filter(
        pk=event.entry_id,
        left_at__isnull=False,
        appointment__state=Appointment.State.CONFIRMED,
        appointment__starts_at__gt=timezone.now(),
    )
    ids = list(left.values_list("pk", flat=True))
    if not WaitingListEntry.objects.filter(pk__in=ids, left_at__isnull=False).update(left_at=None):
        raise CannotUndo
    record_waiting(event.entry, Act.RESTORED, by=by)
