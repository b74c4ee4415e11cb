"""The desk offers a time to somebody who waits, by email or by phone, and takes the offer back."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from booking.actions.claiming import find_free, lock, span_of_query, to_utc
from booking.actions.errors import CannotUndo, JustTaken, OfferGone, StaleEntry, TimeIsPast
from booking.actions.holds import claim_time, end_lapsed_offers, end_offer
from booking.actions.waiting.seats import undo_seat
from booking.actions.waiting.trace import Act, record_waiting, undoable_act
from booking.actions.waiting_list import hold_offer
from booking.models import (
    Appointment,
    CallTask,
    Practitioner,
    WaitingListEntry,
    WaitingListEvent,
    WaitingListOffer,
)
from booking.scheduling.query import AvailabilityQuery
from clinic_site.accounts.models import User

State = WaitingListOffer.State


def offer_time(
    entry: WaitingListEntry, practitioner: Practitioner, starts_at: datetime, *, by: User
) -> WaitingListEvent:
    """Hold a time for somebody who waits; they get an email, or a call to make.

    Raises TimeIsPast, NotOffered if the practitioner is not there for it, JustTaken if the time has
    gone, or StaleEntry if they wait no longer or have an open offer.
    """
    now, starts_at = timezone.now(), to_utc(starts_at)
    if starts_at <= now:
        raise TimeIsPast
    appointment = entry.appointment
    search = AvailabilityQuery(
        appointment.service,
        appointment.location,
        practitioner,
        by_desk=True,
        appointment=appointment,
    )
    try:
        with transaction.atomic():
            find_free(search, starts_at, now=now)
            waits = WaitingListEntry.objects.still_waiting(now).filter(pk=entry.pk)
            if not waits.exists() or _is_no_earlier(appointment, starts_at):
                raise StaleEntry
            offer = hold_offer(entry, practitioner, starts_at, now)
            return record_waiting(entry, Act.OFFERED, by=by, offer=offer)
    except IntegrityError as error:  # another one has just been offered to them
        raise StaleEntry from error


@transaction.atomic
def withdraw_offer(offer: WaitingListOffer, *, by: User) -> WaitingListEvent:
    """Take an offer back; nobody need call about it. Raises OfferGone if it is answered or over."""
    lock([offer.practitioner_id])
    if not end_offer(offer, State.WITHDRAWN):
        raise OfferGone
    _end_call(offer.entry.appointment, by)
    return record_waiting(offer.entry, Act.WITHDRAWN, by=by, offer=offer)


def undo_offer(event: WaitingListEvent, *, by: User) -> None:
    """Take back that an offer was made or withdrawn. Raises CannotUndo, or JustTaken."""
    undoable_act(event, Act.OFFERED, Act.WITHDRAWN)
    offer = event.offer
    if offer is None:  # it was of a seat
        undo_seat(event, by=by)
        return
    if event.event_type == Act.OFFERED:
        try:
            withdraw_offer(offer, by=by)
        except OfferGone as gone:
            raise CannotUndo from gone
    else:
        _offer_again(offer, by)


def _offer_again(offer: WaitingListOffer, by: User) -> None:
    """Hold the time once more, as long as it would have been held."""
    now, appointment = timezone.now(), offer.entry.appointment
    search = AvailabilityQuery(appointment.service, offer.location, appointment=appointment)
    withdrawn = WaitingListOffer.objects.filter(
        pk=offer.pk, state=State.WITHDRAWN, expires_at__gt=now
    )
    try:
        with transaction.atomic():
            lock([offer.practitioner_id])
            span = span_of_query(search, offer.practitioner, offer.starts_at)
            end_lapsed_offers(offer.entry, span, now)
            waits = WaitingListEntry.objects.still_waiting(now).filter(pk=offer.entry_id)
            if not waits.exists() or not withdrawn.update(state=State.OPEN):
                raise CannotUndo
            claim_time([span], offer=offer)
            if not appointment.email:
                CallTask.objects.ask(appointment, CallTask.Reason.NO_EMAIL)
            record_waiting(offer.entry, Act.REOFFERED, by=by, offer=offer)
    except JustTaken:
        raise
    except IntegrityError as error:  # they, or somebody else, have another offer meanwhile
        raise CannotUndo from error


def _is_no_earlier(appointment: Appointment, starts_at: datetime) -> bool:
    return appointment.starts_at is not None and appointment.starts_at <= starts_at


def _end_call(appointment: Appointment, by: User) -> None:
    """Nobody need call about what is offered no longer, if nobody has yet."""
    calls = CallTask.objects.filter(appointment=appointment, done_at=None, tries=0)
    calls.filter(reason=CallTask.Reason.NO_EMAIL).delete()
