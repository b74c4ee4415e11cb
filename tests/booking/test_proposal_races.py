"""A proposal that is changed as its patient answers it: one of the two counts, and is told."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from booking.actions.answers import accept_proposal, propose_times
from booking.actions.errors import (
    CannotUndo,
    NotOffered,
    StaleAppointment,
    TransitionNotAllowed,
)
from booking.actions.undo import undo_change
from booking.actions.visits import cancel_by_patient
from booking.models import Appointment, AppointmentEvent, Claim, Practitioner, ProposedTime, Service
from clinic_site.accounts.models import User
from tests.booking.factories import at, book, make_practitioner
from tests.threads import all_at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
REFUSED = (CannotUndo, NotOffered, StaleAppointment, TransitionNotAllowed)
NINE, TWO, FOUR = at(6, 9), at(7, 14), at(7, 16)


@pytest.fixture
def proposal(
    service: Service, robin: Practitioner, staff: User
) -> tuple[Appointment, AppointmentEvent]:
    """A request for Wednesday at ten, for which two times of two people are proposed."""
    dana = make_practitioner("Dana Whitfield", service)
    asked = book(service, at(6, 10), practitioner=robin, email="jo@patient.example")
    event = propose_times(asked, [(NINE, robin), (TWO, dana)], by=staff)
    return fresh(asked), event


def fresh(visit: Appointment) -> Appointment:
    rows = Appointment.objects.select_related("location", "service", "practitioner")
    return rows.get(pk=visit.pk)


def one_counts(visit: Appointment, *acts: Callable[[], Any]) -> Appointment:
    """Do all at once; check that one was done, the others were refused, and no time is left over.

    Returns the visit as it stands.
    """
    before = visit.events.count()
    results = all_at_once(acts)
    refused = [result for result in results if isinstance(result, Exception)]
    assert [type(result) for result in refused if not isinstance(result, REFUSED)] == []
    assert len(refused) == len(acts) - 1
    assert visit.events.count() == before + 1
    visit = fresh(visit)
    held = [(visit.practitioner_id, visit.starts_at)] if visit.starts_at else []
    if visit.state == "canceled":
        held = []
    elif visit.state == "proposed":
        held = list(visit.proposed_times.values_list("practitioner_id", "starts_at"))
    else:
        assert not ProposedTime.objects.filter(appointment=visit).exists()
    assert Claim.objects.filter(appointment=visit).count() == 12 * len(held)
    for person, starts_at in held:
        span = Claim.objects.filter(appointment=visit, practitioner=person)
        assert span.between(starts_at, starts_at + timedelta(hours=1)).count() == 12
    return visit


def test_another_proposal_and_an_acceptance_at_once_are_one(
    proposal: tuple[Appointment, AppointmentEvent], staff: User
) -> None:
    visit, _event = proposal
    people = list(Practitioner.objects.order_by("pk"))
    chosen = visit.proposed_times.get(starts_at=TWO)
    seen = fresh(visit)
    visit = one_counts(
        visit,
        partial(propose_times, fresh(visit), [(FOUR, people[0])], by=staff),
        partial(accept_proposal, seen, chosen),
    )
    assert (visit.state, visit.starts_at) in [("proposed", None), ("confirmed", TWO)]


def test_an_acceptance_and_the_undoing_of_its_proposal_at_once_are_one(
    proposal: tuple[Appointment, AppointmentEvent], staff: User
) -> None:
    visit, event = proposal
    chosen = visit.proposed_times.get(starts_at=TWO)
    visit = one_counts(
        visit,
        partial(undo_change, event, by=staff),
        partial(accept_proposal, fresh(visit), chosen),
    )
    assert (visit.state, visit.starts_at) in [("requested", at(6, 10)), ("confirmed", TWO)]


def test_two_proposals_and_a_withdrawal_at_once_are_one(
    proposal: tuple[Appointment, AppointmentEvent], staff: User
) -> None:
    visit, _event = proposal
    people = list(Practitioner.objects.order_by("pk"))
    one_counts(
        visit,
        partial(propose_times, fresh(visit), [(FOUR, people[0])], by=staff),
        partial(propose_times, fresh(visit), [(FOUR, people[1])], by=staff),
        partial(cancel_by_patient, fresh(visit)),
    )


def test_two_times_of_one_proposal_chosen_at_once_are_one(
    proposal: tuple[Appointment, AppointmentEvent],
) -> None:
    visit, _event = proposal
    seen = [fresh(visit) for _tab in range(2)]
    times = visit.proposed_times.order_by("starts_at")
    visit = one_counts(
        visit, *(partial(accept_proposal, *each) for each in zip(seen, times, strict=True))
    )
    assert visit.state == "confirmed"
