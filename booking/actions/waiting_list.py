"""An earlier time for those who would come earlier: a freed one, offered to one at a time.

Every release of time leaves a note (`FreedTime`). A periodic job takes the notes and holds what
suits for whoever has waited longest. What they leave is released, which is a note again, for the
next one.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from booking import emails
from booking.actions.claiming import lock, span_of_query
from booking.actions.errors import OfferGone, WrongState
from booking.actions.holds import claim_time, end_offer
from booking.actions.transitions import Actor, EventType, make_transition, release_time
from booking.manage_links import find_appointment
from booking.models import (
    Appointment,
    BookingRules,
    Claim,
    FreedTime,
    WaitingListEntry,
    WaitingListOffer,
)
from booking.parts_of_day import PartOfDay
from booking.scheduling.slots import AvailabilityQuery, Slot, free_times, offered_times
from clinic_site.accounts.models import User

State = WaitingListOffer.State

# The hours, on the location's clock, in which people are asked: nobody loses an offer asleep.
AWAKE = range(8, 21)


@transaction.atomic
def join_waiting_list(
    appointment: Appointment,
    *,
    part_of_day: str = PartOfDay.ANY,
    any_practitioner: bool = False,
    first_day: date | None = None,
    last_day: date | None = None,
) -> WaitingListEntry:
    """Note that the patient would come earlier; or, who waits already, other wishes of theirs.

    Raises WrongState unless the visit is agreed and to come.
    """
    now = timezone.now()
    agreed = appointment.state == Appointment.State.CONFIRMED
    if not agreed or appointment.starts_at is None or appointment.starts_at <= now:
        raise WrongState
    entry, _created = WaitingListEntry.objects.get_or_create(appointment=appointment)
    if entry.left_at:
        entry.joined_at, entry.left_at = now, None
    entry.part_of_day, entry.any_practitioner = part_of_day, any_practitioner
    entry.first_day, entry.last_day = first_day, last_day
    entry.save()
    return entry


@transaction.atomic
def leave_waiting_list(appointment: Appointment) -> None:
    """Ask this patient no more. What is held for them at the moment goes to the next."""
    WaitingListEntry.objects.filter(appointment=appointment, left_at=None).update(
        left_at=timezone.now()
    )
    _end(WaitingListOffer.objects.open().filter(entry__appointment=appointment), State.PASSED)


def find_offer(token: str, *, now: datetime) -> WaitingListOffer | None:
    """Return what is held for the patient whose private link it is."""
    appointment = find_appointment(token, now=now)
    if appointment is None:
        return None
    held = WaitingListOffer.objects.open().filter(entry__appointment=appointment)
    offer = (
        held.filter(expires_at__gt=now)
        .select_related("entry__appointment__location", "location", "practitioner__person")
        .first()
    )
    return offer if offer and _can_be_had(offer, now) else None


@transaction.atomic
def accept_offer(offer: WaitingListOffer, *, by: User | None = None) -> Appointment:
    """Move the visit to the offered time; `by` is who of the desk does it for the patient.

    Raises OfferGone, changing nothing, if the time is not held any longer or is none the earlier.
    """
    now = timezone.now()
    appointment = Appointment.objects.select_related(
        "location", "service", "practitioner__person"
    ).get(waiting_list_entry=offer.entry_id)
    lock({offer.practitioner_id, appointment.practitioner_id or offer.practitioner_id})
    held = WaitingListOffer.objects.open().filter(pk=offer.pk, expires_at__gt=now)
    if not (_can_be_had(offer, now) and _is_earlier(offer, appointment)):
        raise OfferGone
    if not held.update(state=State.ACCEPTED):
        raise OfferGone
    make_transition(
        appointment,
        EventType.MOVED,
        actor=Actor.DESK if by else Actor.PATIENT,
        by=by,
        practitioner_id=offer.practitioner_id,
        starts_at=offer.starts_at,
        ends_at=offer.starts_at + timedelta(minutes=appointment.duration_minutes),
    )
    release_time(appointment)
    Claim.objects.filter(offer=offer).update(offer=None, appointment=appointment)
    WaitingListEntry.objects.filter(pk=offer.entry_id).update(left_at=now)
    emails.appointment_moved(appointment, news=by is not None)
    return appointment


def decline_offer(offer: WaitingListOffer) -> None:
    """Leave the offered time to the next one; the visit stays as it is, and so does the wish.

    Raises OfferGone if it is not held any longer.
    """
    with transaction.atomic():
        if not _end(WaitingListOffer.objects.open().filter(pk=offer.pk), State.PASSED):
            raise OfferGone


@transaction.atomic
def offer_freed_times(now: datetime) -> int:
    """End the offers that are over, and offer what is free again. Returns how many were made."""
    open_offers = WaitingListOffer.objects.open()
    moot = open_offers.filter(
        ~Q(entry__appointment__state=Appointment.State.CONFIRMED)
        | Q(entry__appointment__starts_at__lte=F("starts_at"))
    )
    _end(open_offers.due(now), State.EXPIRED)
    _end(moot, State.PASSED)
    left = open_offers.select_related("entry__appointment__service", "location", "practitioner")
    _end((offer for offer in left if not _can_be_had(offer, now)), State.PASSED)
    freed = list(FreedTime.objects.select_related("practitioner__person"))
    lock(time.practitioner for time in freed)
    return sum(_offer(time, now) for time in freed)


def _end(offers: Iterable[WaitingListOffer], state: WaitingListOffer.State) -> int:
    """Close open offers and give their time back. Returns how many were open still."""
    offers = list(offers)
    lock(offer.practitioner_id for offer in offers)
    return sum(end_offer(offer, state) for offer in offers)


def _offer(freed: FreedTime, now: datetime) -> int:
    """Offer a freed time to those whom it suits, as far as it goes. Keeps it over the night."""
    made, asleep = 0, False
    if freed.ends_at > now:
        for entry in _who_waits_for(freed):
            if now.astimezone(entry.appointment.location.zone).hour not in AWAKE:
                asleep = True
            elif slot := _first_that_suits(entry, freed, now):
                _hold(entry, freed, slot, now)
                made += 1
    if not asleep:
        freed.delete()
    return made


def _who_waits_for(freed: FreedTime) -> Iterable[WaitingListEntry]:
    """Those who may be asked, the longest waiting first: one offer at a time for everybody."""
    mine = Q(appointment__practitioner=freed.practitioner) | Q(any_practitioner=True)
    return (
        WaitingListEntry.objects.waiting()
        .filter(
            mine,
            appointment__state=Appointment.State.CONFIRMED,
            appointment__starts_at__gt=freed.starts_at,
        )
        .exclude(offers__state=State.OPEN)
        .select_related("appointment__location", "appointment__service")
    )


def _first_that_suits(entry: WaitingListEntry, freed: FreedTime, now: datetime) -> Slot | None:
    """The time closest to what was freed that suits the patient, and that is news to them.

    It needs some of what was freed, so it could not be had before; and it overlaps none that they
    were asked about, or had themselves.
    """
    appointment = entry.appointment
    length = timedelta(minutes=appointment.duration_minutes + appointment.buffer_minutes)
    zone = appointment.location.zone
    first, last = (
        instant.astimezone(zone).date() for instant in (freed.starts_at - length, freed.ends_at)
    )
    search = AvailabilityQuery(
        appointment.service, appointment.location, freed.practitioner, appointment=appointment
    )
    asked = entry.offers.filter(practitioner=freed.practitioner).values_list("starts_at", flat=True)
    had = appointment.events.filter(from_practitioner=freed.practitioner)
    known = [*asked, *had.values_list("from_starts_at", flat=True)]
    slots = [
        slot
        for slot in free_times(search, first, last, now=now)
        if freed.starts_at - length < slot.starts_at < freed.ends_at
        and appointment.starts_at
        and slot.starts_at + length <= appointment.starts_at
        and all(abs(slot.starts_at - time) >= length for time in known if time)
        and _suits(entry, slot.local)
    ]

    def distance(slot: Slot) -> tuple[bool, timedelta]:
        return slot.starts_at < freed.starts_at, abs(slot.starts_at - freed.starts_at)

    return min(slots, key=distance, default=None)


def _suits(entry: WaitingListEntry, local: datetime) -> bool:
    """Tell whether a time on the location's clock is as the patient wishes."""
    day = local.date()
    if (entry.first_day or day) > day or (entry.last_day or day) < day:
        return False
    return PartOfDay(entry.part_of_day).includes(local.time())


def _hold(entry: WaitingListEntry, freed: FreedTime, slot: Slot, now: datetime) -> None:
    appointment = entry.appointment
    search = AvailabilityQuery(appointment.service, appointment.location, appointment=appointment)
    offer = WaitingListOffer.objects.create(
        entry=entry,
        practitioner=freed.practitioner,
        location=appointment.location,
        starts_at=slot.starts_at,
        made_at=now,
        expires_at=min(now + BookingRules.load().offer, slot.starts_at),
    )
    claim_time([span_of_query(search, freed.practitioner, slot.starts_at)], offer=offer)
    emails.earlier_time_offered(offer)


def _can_be_had(offer: WaitingListOffer, now: datetime) -> bool:
    """Whether patients could have its time, were it not held: nothing has been closed since.

    Notice and horizon were kept when it was offered.
    """
    search = AvailabilityQuery(
        offer.entry.appointment.service,
        offer.location,
        offer.practitioner,
        appointment=offer.entry.appointment,
    )
    day = offer.starts_at.astimezone(offer.location.zone).date()
    without_notice = replace(search, by_desk=True)
    times = offered_times(without_notice, search.practitioners, day, day, now=now)
    return any(slot.starts_at == offer.starts_at for slot in times)


def _is_earlier(offer: WaitingListOffer, appointment: Appointment) -> bool:
    agreed = appointment.state == Appointment.State.CONFIRMED
    return agreed and appointment.starts_at is not None and offer.starts_at < appointment.starts_at
