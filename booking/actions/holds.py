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
from booking.actions.errors import StaleAppointment, WrongState
from booking.actions.transitions import Actor, EventType, make_transition, release_time
from booking.models import Appointment, CallTask, Claim, WaitingListOffer


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
            CallTask.objects.create(appointment=appointment, reason=CallTask.Reason.EXPIRED)
            emails.appointment_expired(appointment)
    except (WrongState, StaleAppointment):  # answered at this very moment
        return False
    return True
