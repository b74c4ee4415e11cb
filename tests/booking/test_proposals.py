"""Other times are proposed as often as it takes; a request has one place in which it ends."""

from datetime import timedelta

import pytest
from django.test import Client

from booking.actions.answers import accept_proposal, propose_times
from booking.actions.errors import JustTaken, NotOffered, StaleAppointment, TransitionNotAllowed
from booking.actions.undo import undo_change
from booking.actions.visits import cancel_by_patient
from booking.desk.times import value_of
from booking.models import Appointment, CallTask, Claim, Practitioner, Service
from clinic_site.accounts.models import User
from tests.booking.factories import at, book, make_practitioner, page_of, said
from tests.outbox import emails_to

FIRST, SECOND = at(6, 9), at(7, 14)


@pytest.fixture
def proposed(service: Service, robin: Practitioner, staff: User) -> Appointment:
    """A request for Wednesday at ten, for which nine was proposed."""
    asked = book(service, at(6, 10), email="jo@patient.example")
    propose_times(asked, [(FIRST, robin)], by=staff)
    return asked


@pytest.fixture
def desk(client: Client, staff: User) -> Client:
    client.force_login(staff)
    return client


def times_of(appointment: Appointment) -> list[object]:
    return [time.starts_at for time in appointment.proposed_times.order_by("starts_at")]


def test_a_second_proposal_takes_the_place_of_the_first(
    proposed: Appointment, robin: Practitioner, service: Service, staff: User
) -> None:
    propose_times(proposed, [(SECOND, robin)], by=staff)
    assert (proposed.state, times_of(proposed)) == ("proposed", [SECOND])
    assert book(service, FIRST).practitioner == robin
    with pytest.raises(JustTaken):
        book(service, SECOND)


def test_what_was_proposed_first_may_be_proposed_again(
    proposed: Appointment, robin: Practitioner, staff: User
) -> None:
    propose_times(proposed, [(FIRST, robin), (SECOND, robin)], by=staff)
    assert times_of(proposed) == [FIRST, SECOND]
    assert Claim.objects.count() == 24


def test_the_patient_can_no_longer_choose_what_was_proposed_before(
    proposed: Appointment, robin: Practitioner, staff: User
) -> None:
    seen = Appointment.objects.get(pk=proposed.pk)
    earlier = seen.proposed_times.get()
    propose_times(proposed, [(SECOND, robin)], by=staff)
    with pytest.raises((StaleAppointment, NotOffered)):
        accept_proposal(seen, earlier)
    proposed.refresh_from_db()
    assert (proposed.state, times_of(proposed)) == ("proposed", [SECOND])


def test_undone_the_earlier_proposal_stands_again(
    proposed: Appointment, robin: Practitioner, staff: User
) -> None:
    event = propose_times(proposed, [(SECOND, robin)], by=staff)
    undo_change(event, by=staff)
    assert times_of(proposed) == [FIRST]
    assert {claim.appointment_id for claim in Claim.objects.all()} == {proposed.pk}


def test_two_proposals_within_the_grace_are_one_email(
    proposed: Appointment, robin: Practitioner, staff: User
) -> None:
    before = set(emails_to("jo@patient.example").values_list("pk", flat=True))
    propose_times(proposed, [(SECOND, robin)], by=staff)
    after = emails_to("jo@patient.example")
    assert after.count() == len(before)
    new = after.exclude(pk__in=before).get()
    [time] = [line for line in new.text.splitlines() if line.startswith("- ")]
    assert "January 7" in time


@pytest.mark.parametrize("minutes", [0, 15, 59])
def test_proposed_times_never_overlap_whoever_they_are_with(
    service: Service, proposed: Appointment, robin: Practitioner, staff: User, minutes: int
) -> None:
    dana = make_practitioner("Dana Whitfield", service)
    for other in (robin, dana):
        near = SECOND + timedelta(minutes=minutes)
        with pytest.raises(ValueError, match="overlap"):
            propose_times(proposed, [(SECOND, robin), (near, other)], by=staff)
    assert times_of(proposed) == [FIRST]


def test_the_time_that_was_asked_for_is_not_among_those_to_propose(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    asked = book(service, at(6, 10))
    week = desk.get(page_of(asked, "proposed")).context["form"].week
    offered = {choice.value for _day, choices in week.days for choice in choices}
    assert value_of(at(6, 10), robin.pk) not in offered
    assert value_of(at(6, 10, 15), robin.pk) in offered


def test_the_page_tells_what_is_proposed_so_far(desk: Client, proposed: Appointment) -> None:
    page = desk.get(page_of(proposed, "proposed"))
    assert "Proposed so far: Wednesday, January 6" in said(page)


def test_a_request_ends_in_one_place(desk: Client, proposed: Appointment) -> None:
    page = desk.get(page_of(proposed))
    assert [form.event_type for form in page.context["panels"]] == ["declined"]


def test_a_request_that_the_patient_takes_back_is_withdrawn_not_declined(
    desk: Client, proposed: Appointment
) -> None:
    told = desk.post(page_of(proposed, "declined"), {"version": 2, "ready": "asked"}, follow=True)
    assert "Withdrawn." in said(told)
    proposed.refresh_from_db()
    assert proposed.state == "canceled"
    assert not CallTask.objects.exists()
    assert not Claim.objects.exists()


def test_words_for_a_decision_that_came_too_late_are_kept(
    desk: Client, proposed: Appointment
) -> None:
    cancel_by_patient(proposed)
    words = "We are so sorry, Dana is away all week."
    told = desk.post(page_of(proposed, "declined"), {"version": 2, "reason": words})
    assert told.status_code == 409
    assert words in said(told)
    note = "Either would be lovely for Dana."
    told = desk.post(page_of(proposed, "proposed"), {"version": 2, "note": note})
    assert note in said(told)


def test_nothing_is_proposed_once_it_is_decided(
    proposed: Appointment, robin: Practitioner, staff: User
) -> None:
    cancel_by_patient(proposed)
    with pytest.raises(TransitionNotAllowed):
        propose_times(proposed, [(SECOND, robin)], by=staff)
