"""Several at the desk at once: a time goes to one person, and a person gets one offer."""

from functools import partial

import pytest

from booking.actions.requests import Contact
from booking.actions.waiting.callers import TimeWished, add_caller
from booking.actions.waiting.leaving import take_off_list
from booking.actions.waiting.offers import offer_time, withdraw_offer
from booking.actions.waiting_list import accept_offer
from booking.models import (
    Appointment,
    Claim,
    Practitioner,
    Service,
    WaitingListEntry,
    WaitingListOffer,
)
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from tests.booking.factories import at, make_practitioner
from tests.booking.waiting.factories import call_in
from tests.threads import all_at_once, outcomes

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

DESKS = 8


def test_a_time_that_many_desks_offer_is_held_for_one(
    staff: User, service: Service, robin: Practitioner
) -> None:
    entries = [call_in(service, staff, f"Caller {n}") for n in range(DESKS)]
    results = all_at_once(partial(offer_time, one, robin, at(6, 10), by=staff) for one in entries)
    assert outcomes(list(results)) == {"WaitingListEvent": 1, "JustTaken": DESKS - 1}
    assert Claim.objects.filter(offer__isnull=False).count() == 12


def test_whoever_is_offered_many_times_at_once_has_one_offer(
    staff: User, service: Service, robin: Practitioner
) -> None:
    dana = make_practitioner("Dana Whitfield", service)
    entry = call_in(service, staff)
    times = [(person, hour) for person in (robin, dana) for hour in (9, 11, 13, 15)]
    results = all_at_once(
        partial(offer_time, entry, person, at(6, hour), by=staff) for person, hour in times
    )
    assert outcomes(list(results)) == {"WaitingListEvent": 1, "StaleEntry": DESKS - 1}
    assert Claim.objects.filter(offer__isnull=False).count() == 12


def test_an_offer_is_taken_or_withdrawn(staff: User, service: Service, robin: Practitioner) -> None:
    offer_time(call_in(service, staff), robin, at(6, 10), by=staff)
    offer = WaitingListOffer.objects.select_related("entry__appointment").get()
    results = all_at_once(
        [partial(accept_offer, offer, by=staff), partial(withdraw_offer, offer, by=staff)]
    )
    assert outcomes(list(results))["OfferGone"] == 1
    taken = Appointment.objects.get().state == "confirmed"
    assert Claim.objects.count() == (12 if taken else 0)


def test_nothing_stays_held_for_whoever_is_taken_off_the_list_meanwhile(
    staff: User, service: Service, robin: Practitioner
) -> None:
    entry = call_in(service, staff)
    all_at_once(
        [
            partial(offer_time, entry, robin, at(6, 10), by=staff),
            partial(take_off_list, WaitingListEntry.objects.get(), by=staff),
        ]
    )
    open_offers = WaitingListOffer.objects.open()
    gone = Appointment.objects.get().state == "canceled"
    assert Claim.objects.count() == 12 * open_offers.count()
    assert not (gone and open_offers.filter(entry__appointment__state="requested").exists())


def test_one_form_sent_many_times_adds_a_caller_once(
    staff: User, service: Service, robin: Practitioner
) -> None:
    add = partial(
        add_caller,
        service,
        Location.objects.get(),
        TimeWished(),
        contact=Contact("Kim Park", "+18055550142"),
        idempotency_key="the same form",
        by=staff,
    )
    results = all_at_once([add] * DESKS)
    assert outcomes(list(results)) == {"Appointment": DESKS}
    assert WaitingListEntry.objects.count() == 1
