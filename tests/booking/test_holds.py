"""A hold ends at its second, with the worker stopped."""

from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from booking.actions.answers import accept_proposal, confirm_appointment, propose_times
from booking.actions.calendars.closures import block_time
from booking.actions.errors import JustTaken, NotOffered
from booking.actions.holds import expire_due_holds
from booking.actions.visits import cancel_appointment
from booking.actions.waiting_list import join_waiting_list, offer_freed_times
from booking.manage_links import issue_link
from booking.models import Appointment, CallTask, Claim, Practitioner, Service, WaitingListOffer
from booking.scheduling.slots import AvailabilityQuery, is_free
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from clinic_site.mail.models import OutgoingEmail
from tests.booking.factories import MONDAY_MORNING, at, book, form_for, said, send, was_sent
from tests.outbox import emails_to
from tests.threads import all_at_once

TEN = at(7, 10)
# Eight opening hours later.
OVER = at(4, 17)


@pytest.fixture
def held(service: Service, robin: Practitioner) -> Appointment:
    """A request that holds Thursday at ten until the clinic closes; it is Monday, nine o'clock."""
    return book(service, TEN, email="jo@patient.example")


def is_offered(service: Service) -> bool:
    search = AvailabilityQuery(service, Location.objects.get())
    return is_free(search, TEN, now=timezone.now())


def test_a_time_is_offered_from_the_second_at_which_its_hold_ends(
    service: Service, held: Appointment, clock: time_machine.Traveller
) -> None:
    clock.move_to(OVER - timedelta(seconds=1))
    assert not is_offered(service)
    with pytest.raises(JustTaken):
        book(service, TEN)
    clock.move_to(OVER)
    assert is_offered(service)


def test_booked_over_it_is_expired_as_the_worker_would_have_done(
    client: Client, service: Service, held: Appointment, clock: time_machine.Traveller
) -> None:
    clock.move_to(OVER)
    OutgoingEmail.objects.all().delete()
    assert was_sent(send(client, form_for(TEN, email="sam@patient.example")))
    held.refresh_from_db()
    assert held.state == "expired"
    assert held.events.last().event_type == "expired"  # type: ignore[union-attr]
    assert CallTask.objects.get().reason == CallTask.Reason.EXPIRED
    assert emails_to("jo@patient.example").count() == 1
    assert {claim.appointment_id for claim in Claim.objects.all()} == {
        Appointment.objects.get(state="requested").pk
    }
    assert expire_due_holds(OVER) == 0


def test_proposed_times_are_free_once_they_are_held_no_longer(
    client: Client,
    service: Service,
    robin: Practitioner,
    held: Appointment,
    staff: User,
    clock: time_machine.Traveller,
) -> None:
    propose_times(held, [(TEN, robin), (at(7, 14), robin)], by=staff)
    link = f"/book/mine/{issue_link(held)}/"
    clock.move_to(MONDAY_MORNING + timedelta(hours=48))
    words = said(client.get(link))
    assert "We’re no longer holding this time" in words
    assert "Thu, Jan 7" not in words
    with pytest.raises(NotOffered):
        accept_proposal(held, held.proposed_times.all()[0])
    book(service, TEN, by=staff)
    held.refresh_from_db()
    assert (held.state, held.proposed_times.count()) == ("expired", 0)


def test_an_offered_earlier_time_is_free_once_it_is_held_no_longer(
    service: Service, robin: Practitioner, staff: User, clock: time_machine.Traveller
) -> None:
    freed = book(service, TEN, by=staff)
    later = book(service, at(12, 10), by=staff, email="jo@patient.example")
    join_waiting_list(later)
    cancel_appointment(freed, by=staff)
    assert offer_freed_times(MONDAY_MORNING) == 1
    assert not is_offered(service)
    clock.shift(timedelta(hours=4))
    assert is_offered(service)
    book(service, TEN)
    assert WaitingListOffer.objects.get().state == "expired"


def test_the_desk_blocks_and_moves_over_a_hold_that_has_run_out(
    service: Service,
    robin: Practitioner,
    held: Appointment,
    staff: User,
    clock: time_machine.Traveller,
) -> None:
    clock.move_to(OVER)
    block_time(robin, starts_at=TEN, ends_at=TEN + timedelta(hours=1), by=staff)
    held.refresh_from_db()
    assert held.state == "expired"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_many_who_book_over_a_hold_that_has_run_out_one_gets_it(
    service: Service, held: Appointment, clock: time_machine.Traveller
) -> None:
    clock.move_to(OVER)
    results = all_at_once(partial(book, service, TEN, idempotency_key=f"new {n}") for n in range(8))
    names = sorted(type(result).__name__ for result in results)
    assert names == ["Appointment", *["JustTaken"] * 7]
    assert held.events.filter(event_type="expired").count() == 1
    assert Claim.objects.count() == 12


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_desk_that_confirms_and_a_patient_who_books_exclude_each_other(
    service: Service, held: Appointment, staff: User, clock: time_machine.Traveller
) -> None:
    clock.move_to(OVER)
    all_at_once(
        [
            partial(confirm_appointment, held, by=staff),
            partial(book, service, TEN, idempotency_key="other"),
        ]
    )
    claimed = {claim.appointment for claim in Claim.objects.select_related("appointment")}
    assert len(claimed) == 1
    assert Appointment.objects.filter(state__in=["requested", "confirmed"]).count() == 1
