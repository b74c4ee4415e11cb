"""Holds that run out, and time that is taken over them.

A hold ends at its second, whether or not the worker runs: whoever looks for free time asks the
clock (`Claim.objects.in_force`), and whoever takes time first ends what stands there and has run
out, just as the periodic job would have done.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from booking import emails
from booking.actions.claiming import Span, insert_claims, lock, release
from booking.actions.errors import StaleAppointment, TransitionNotAllowed
from booking.actions.transitions import Actor, EventType, make_transition, release_time
from booking.models import (
    Appointment,
    BookingRules,
    CallTask,
    Claim,
    WaitingListEntry,
    WaitingListOffer,
)
from booking.scheduling.opening import after_awake_hours, after_opening_hours


def claim_time(spans: Iterable[Span], **holder: Any) -> None:
    """Take every cell of `spans`, or none and raise JustTaken. Call it in a transaction.

    `holder` is one of `appointment`, `block`, `busy_time`, `offer`. Spans may overlap. Holds in
    the way that have run out end. One that is answered at this very moment stays, and so do its
    claims, which then refuse these.
    """
    spans = list(spans)
    end_lapsed(spans, timezone.now())
    insert_claims(spans, **holder)


def end_lapsed(spans: Iterable[Span], now: datetime) -> None:
    """End the holds that have run out and still claim some of `spans`. Call it in a transaction."""
    touched = (
        Q(practitioner=span.practitioner_id, cell__gte=span.cells.start, cell__lt=span.cells.stop)
        for span in spans
    )
    claims = Claim.objects.lapsed(now).filter(reduce(or_, touched, Q(pk__in=[])))
    holders = list(claims.values_list("appointment", "offer").distinct())
    requests = Appointment.objects.filter(pk__in=[visit for visit, _offer in holders if visit])
    # By key, so that two who end the same ones do not wait for each other.
    for appointment in requests.select_related("location").order_by("pk"):
        _expire(appointment)
    offers = WaitingListOffer.objects.filter(pk__in=[offer for _visit, offer in holders if offer])
    for offer in offers.order_by("pk"):
        end_offer(offer, WaitingListOffer.State.EXPIRED)


def end_lapsed_seats(
    session_id: int, now: datetime, *, ignoring: Appointment | None = None
) -> None:
    """End the seats of a class that were held and whose hold has run out.

    Call it in a transaction, the practitioner being locked.
    """
    lapsed = Appointment.objects.lapsed(now).filter(class_session=session_id)
    if ignoring:
        lapsed = lapsed.exclude(pk=ignoring.pk)
    for appointment in lapsed.select_related("location").order_by("pk"):
        _expire(appointment)


def end_lapsed_offers(entry: WaitingListEntry, span: Span, now: datetime) -> None:
    """End what has run out and is in the way of an offer: what they had, and what is held then.

    Call it in a transaction.
    """
    for offer in WaitingListOffer.objects.due(now).filter(entry=entry):
        end_offer(offer, WaitingListOffer.State.EXPIRED)
    end_lapsed([span], now)


def offer_ends_at(appointment: Appointment, starts_at: datetime, now: datetime) -> datetime:
    """Until when somebody on the waiting list may answer what they are offered now.

    The night counts for nobody. Whoever has to be called is asked in opening hours, so only these
    count.
    """
    after = after_awake_hours if appointment.email else after_opening_hours
    return min(after(appointment.location, now, BookingRules.load().offer_hours), starts_at)


@transaction.atomic
def expire_due_holds(now: datetime) -> int:
    """Give back the times whose hold has run out.

    The desk is told to call whom it has left without an answer. Returns how many expired.
    """
    lapsed = list(Appointment.objects.lapsed(now).select_related("location"))
    held = Claim.objects.filter(appointment__in=lapsed)
    lock(held.values_list("practitioner_id", flat=True).distinct())
    return sum(_expire(appointment) for appointment in lapsed)


def end_offer(offer: WaitingListOffer, state: WaitingListOffer.State) -> bool:
    """Close an offer and give its time back, the practitioner being locked.

    Returns whether it was open still.
    """
    ended = WaitingListOffer.objects.open().filter(pk=offer.pk).update(state=state)
    if ended:
        release(offer=offer)
    return bool(ended)


def _expire(appointment: Appointment) -> bool:
    try:
        with transaction.atomic():
            make_transition(appointment, EventType.EXPIRED, actor=Actor.SITE)
            release_time(appointment)
            _tell_of_end(appointment)
    except (TransitionNotAllowed, StaleAppointment):  # answered at this very moment
        return False
    return True


def _tell_of_end(appointment: Appointment) -> None:
    if appointment.class_session is None:
        CallTask.objects.create(appointment=appointment, reason=CallTask.Reason.EXPIRED)
        emails.appointment_expired(appointment)
    elif appointment.class_session.starts_at > timezone.now():
        # They were asked and did not answer; the seat goes to the next. Nobody need call.
        emails.seat_expired(appointment)
