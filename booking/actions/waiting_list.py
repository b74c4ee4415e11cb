"""An earlier time for those who would come earlier: a freed one, offered to one at a time.

Every release of time leaves a note (`FreedTime`). A periodic job takes the notes and holds what
suits for whoever has waited longest. What they leave is released, which is a note again, for the
next one.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from booking import emails
from booking.actions.claiming import lock, span_of_query
from booking.actions.errors import OfferGone, TransitionNotAllowed
from booking.actions.holds import claim_time, end_lapsed_offers, end_offer, offer_ends_at
from booking.actions.news import tell_of_change, tell_of_own_change
from booking.actions.transitions import Actor, EventType, make_transition, release_time
from booking.cells import cell_after, cell_of
from booking.manage_links import find_appointment
from booking.models import (
    Appointment,
    Claim,
    FreedTime,
    Practitioner,
    ServiceAssignment,
    WaitingListEntry,
    WaitingListOffer,
)
from booking.parts_of_day import PartOfDay
from booking.scheduling.opening import is_awake
from booking.scheduling.slots import AvailabilityQuery, Slot, free_times, offered_times
from clinic_site.accounts.models import User
from clinic_site.clinic.opening_hours import DAY

State = WaitingListOffer.State


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

    Raises TransitionNotAllowed unless the visit is agreed, to come, and in no class.
    """
    now = timezone.now()
    agreed = appointment.state == Appointment.State.CONFIRMED
    ahead = appointment.starts_at is not None and appointment.starts_at > now
    if appointment.class_session_id or not (agreed and ahead):
        raise TransitionNotAllowed
    entry, _created = WaitingListEntry.objects.get_or_create(appointment=appointment)
    if entry.left_at:
        entry.joined_at, entry.left_at = now, None
    entry.without_visit = False
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
    if not (_can_be_had(offer, now) and _is_wanted(offer, appointment)):
        raise OfferGone
    if not held.update(state=State.ACCEPTED):
        raise OfferGone
    has_visit = appointment.state == Appointment.State.CONFIRMED
    event = make_transition(
        appointment,
        EventType.MOVED if has_visit else EventType.CONFIRMED,
        actor=Actor.DESK if by else Actor.PATIENT,
        by=by,
        practitioner_id=offer.practitioner_id,
        starts_at=offer.starts_at,
        ends_at=offer.starts_at + timedelta(minutes=appointment.duration_minutes),
    )
    release_time(appointment)
    Claim.objects.filter(offer=offer).update(offer=None, appointment=appointment)
    WaitingListEntry.objects.filter(pk=offer.entry_id).update(left_at=event.at)
    if by:
        tell_of_change(appointment, event, patient_knows=True)
    elif has_visit:
        tell_of_own_change(appointment)
    else:
        emails.appointment_confirmed(appointment)
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
    later = Q(
        entry__appointment__state=Appointment.State.CONFIRMED,
        entry__appointment__starts_at__gt=F("starts_at"),
    )
    none_yet = Q(entry__without_visit=True, entry__appointment__state=Appointment.State.REQUESTED)
    moot = open_offers.exclude(later | none_yet)
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
            if not is_awake(entry.appointment.location, now):
                asleep = True
            elif _is_gone(freed, now):
                break
            elif slot := _first_that_suits(entry, freed, now):
                hold_offer(entry, freed.practitioner, slot.starts_at, now)
                made += 1
    if not asleep:
        freed.delete()
    return made


def _is_gone(freed: FreedTime, now: datetime) -> bool:
    """Whether all of it is taken again. One query, before the several that looking for times is."""
    claims = Claim.objects.in_force(now).filter(practitioner=freed.practitioner)
    taken = claims.between(freed.starts_at, freed.ends_at).count()
    return taken >= cell_after(freed.ends_at) - cell_of(freed.starts_at)


def _who_waits_for(freed: FreedTime) -> Iterable[WaitingListEntry]:
    """Those who may be asked, whom it might suit, the longest waiting first: one offer a person."""
    mine = Q(appointment__practitioner=freed.practitioner) | Q(any_practitioner=True)
    later = Q(
        appointment__state=Appointment.State.CONFIRMED, appointment__starts_at__gt=freed.starts_at
    )
    does = ServiceAssignment.objects.filter(
        practitioner=freed.practitioner,
        service=OuterRef("appointment__service"),
        location=OuterRef("appointment__location"),
    )
    # Wider on either side than any zone reaches and any visit is long.
    first, last = (freed.starts_at - 2 * DAY).date(), (freed.ends_at + DAY).date()
    days = Q(Q(first_day=None) | Q(first_day__lte=last), Q(last_day=None) | Q(last_day__gte=first))
    return (
        WaitingListEntry.objects.waiting()
        .filter(mine, later | Q(without_visit=True), days, Exists(does))
        .filter(appointment__class_session=None)
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
        and (appointment.starts_at is None or slot.starts_at + length <= appointment.starts_at)
        and all(abs(slot.starts_at - time) >= length for time in known if time)
        and suits_wishes(entry, slot.local)
    ]

    def distance(slot: Slot) -> tuple[bool, timedelta]:
        return slot.starts_at < freed.starts_at, abs(slot.starts_at - freed.starts_at)

    return min(slots, key=distance, default=None)


def suits_wishes(entry: WaitingListEntry, local: datetime) -> bool:
    """Tell whether a time on the location's clock is as the patient wishes."""
    day = local.date()
    if (entry.first_day or day) > day or (entry.last_day or day) < day:
        return False
    return PartOfDay(entry.part_of_day).includes(local.time())


def hold_offer(
    entry: WaitingListEntry, practitioner: Practitioner, starts_at: datetime, now: datetime
) -> WaitingListOffer:
    """Hold a time for somebody who waits, and offer it. Call it in a transaction.

    Raises JustTaken, or IntegrityError if they have an open offer.
    """
    appointment = entry.appointment
    search = AvailabilityQuery(appointment.service, appointment.location, appointment=appointment)
    span = span_of_query(search, practitioner, starts_at)
    end_lapsed_offers(entry, span, now)
    offer = WaitingListOffer.objects.create(
        entry=entry,
        practitioner=practitioner,
        location=appointment.location,
        starts_at=starts_at,
        made_at=now,
        expires_at=offer_ends_at(appointment, starts_at, now),
    )
    claim_time([span], offer=offer)
    emails.earlier_time_offered(offer)
    return offer


def _can_be_had(offer: WaitingListOffer, now: datetime) -> bool:
    """Whether patients could have its time, were it not held: nothing has been closed since.

    Notice and horizon were kept when it was offered.
    """
    visit = offer.entry.appointment
    search = AvailabilityQuery(visit.service, offer.location, offer.practitioner, appointment=visit)
    day = offer.starts_at.astimezone(offer.location.zone).date()
    without_notice = replace(search, by_desk=True)
    times = offered_times(without_notice, search.practitioners, day, day, now=now)
    return any(slot.starts_at == offer.starts_at for slot in times)


def _is_wanted(offer: WaitingListOffer, appointment: Appointment) -> bool:
    """Tell whether it is earlier than what is agreed, or nothing is agreed yet."""
    if offer.entry.without_visit:
        return appointment.state == Appointment.State.REQUESTED
    agreed = appointment.state == Appointment.State.CONFIRMED
    return agreed and appointment.starts_at is not None and offer.starts_at < appointment.starts_at
