"""A free time is booked, held, confirmed, moved, proposed and given back."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from booking.actions.answers import (
    accept_proposal,
    confirm_appointment,
    decline_appointment,
    propose_times,
)
from booking.actions.errors import JustTaken, NotOffered, TimeIsPast
from booking.actions.holds import expire_due_holds
from booking.actions.visits import cancel_appointment, move_appointment
from booking.models import Appointment, CallTask, Claim, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from tests.booking.factories import at, book, make_practitioner

TUESDAY_TEN = at(5, 10)


def test_a_booked_time_is_held_until_it_is_moved_and_free_again_once_canceled(
    service: Service, robin: Practitioner, staff: User
) -> None:
    appointment = book(service, TUESDAY_TEN)
    assert (appointment.state, appointment.practitioner) == ("requested", robin)
    assert appointment.hold_expires_at == at(4, 17)
    assert Claim.objects.count() == 12
    confirm_appointment(appointment, by=staff)
    assert (appointment.state, appointment.hold_expires_at) == ("confirmed", None)
    move_appointment(appointment, starts_at=at(5, 10, 30), by=staff)
    assert appointment.starts_at == at(5, 10, 30)
    assert {claim.starts_at for claim in Claim.objects.all()} == {
        at(5, 10, 30) + n * timedelta(minutes=5) for n in range(12)
    }
    cancel_appointment(appointment, by=staff)
    assert not Claim.objects.exists()
    assert [event.event_type for event in appointment.events.all()] == [
        "requested",
        "confirmed",
        "moved",
        "canceled",
    ]


def test_a_time_is_given_once_and_the_next_free_ones_are_named(
    service: Service, robin: Practitioner
) -> None:
    book(service, TUESDAY_TEN)
    with pytest.raises(JustTaken) as taken:
        book(service, at(5, 10, 30))
    times = [slot.starts_at for slot in taken.value.nearest]
    assert times == [at(5, 11), at(5, 11, 15), at(5, 11, 30), at(5, 11, 45)]
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize(
    "when",
    [
        at(5, 10, 7),  # off the grid
        at(5, 8),  # before hours
        at(5, 16, 15),  # not over at closing time
        at(9, 10),  # a Saturday
        at(4, 10),  # too soon
        at(4, 10) + timedelta(weeks=52),  # too far ahead
        datetime.max.replace(tzinfo=at(4, 10).tzinfo),
    ],
)
def test_a_time_that_is_not_offered_is_refused(
    service: Service, robin: Practitioner, when: datetime
) -> None:
    with pytest.raises(NotOffered):
        book(service, when)
    assert not Appointment.objects.exists()


def test_a_time_gone_by_is_refused(service: Service, robin: Practitioner) -> None:
    with pytest.raises(TimeIsPast):
        book(service, at(1, 10))


def test_of_proposed_times_one_is_kept(service: Service, robin: Practitioner, staff: User) -> None:
    appointment = book(service, TUESDAY_TEN)
    propose_times(appointment, [(at(6, 9), robin), (at(6, 10), robin)], by=staff)
    assert (appointment.state, appointment.starts_at) == ("proposed", None)
    assert Claim.objects.count() == 24
    accept_proposal(appointment, appointment.proposed_times.get(starts_at=at(6, 10)))
    assert (appointment.state, appointment.starts_at) == ("confirmed", at(6, 10))
    assert Claim.objects.count() == 12
    assert not appointment.proposed_times.exists()


def test_a_hold_that_runs_out_gives_its_time_back(service: Service, robin: Practitioner) -> None:
    appointment = book(service, TUESDAY_TEN)
    assert expire_due_holds(at(4, 17) - timedelta(seconds=1)) == 0
    assert expire_due_holds(at(4, 17)) == 1
    appointment.refresh_from_db()
    assert appointment.state == "expired"
    assert not Claim.objects.exists()
    assert CallTask.objects.open(timezone.now()).count() == 1


def test_a_declined_request_gives_its_time_back(
    service: Service, robin: Practitioner, staff: User
) -> None:
    decline_appointment(book(service, TUESDAY_TEN), by=staff)
    assert book(service, TUESDAY_TEN).state == "requested"


def test_the_same_form_again_is_the_same_appointment(service: Service, robin: Practitioner) -> None:
    first, again = (book(service, TUESDAY_TEN, idempotency_key="k") for _time in range(2))
    assert first == again
    assert OutgoingEmail.objects.count() == 1  # the front desk's: the patient left a phone number


def test_anyone_is_whoever_has_least_to_do(service: Service, robin: Practitioner) -> None:
    dana = make_practitioner("Dana Whitfield", service)
    booked = [book(service, TUESDAY_TEN).practitioner for _visit in range(2)]
    booked += [book(service, at(5, 14)).practitioner, book(service, at(5, 14)).practitioner]
    assert set(booked[:2]) == set(booked[2:]) == {robin, dana}
    with pytest.raises(JustTaken):
        book(service, TUESDAY_TEN)
