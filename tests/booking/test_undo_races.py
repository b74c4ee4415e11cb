"""An undo that meets something else at the same moment: one of the two counts, and is told."""

from collections import Counter
from functools import partial

import pytest
import time_machine

from booking.actions.errors import (
    CannotUndo,
    JustTaken,
    StaleAppointment,
    TransitionNotAllowed,
)
from booking.actions.undo import undo_change
from booking.actions.visits import cancel_appointment, cancel_by_patient, move_appointment
from booking.models import Appointment, AppointmentEvent, Claim, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.sending import send_due_emails
from tests.booking.factories import at, book
from tests.outbox import emails_about
from tests.threads import all_at_once

TEN = at(6, 10)
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
REFUSED = (CannotUndo, StaleAppointment, TransitionNotAllowed)


@pytest.fixture
def visit(service: Service, robin: Practitioner, staff: User) -> Appointment:
    visit = book(service, TEN, by=staff, email="jo@patient.example")
    OutgoingEmail.objects.all().delete()
    return visit


def fresh(visit: Appointment) -> Appointment:
    return Appointment.objects.select_related("location", "service", "practitioner").get(
        pk=visit.pk
    )


def outcome(results: list[object]) -> Counter[str]:
    for result in results:
        assert not isinstance(result, Exception) or isinstance(result, (*REFUSED, JustTaken))
    return Counter("refused" if isinstance(each, Exception) else "done" for each in results)


def check_claims(visit: Appointment) -> None:
    """The time that is claimed is that of the visit."""
    visit = fresh(visit)
    claimed = Claim.objects.filter(appointment=visit)
    if visit.state == "canceled":
        assert not claimed.exists()
    else:
        assert claimed.count() == 12
        assert visit.starts_at is not None
        assert claimed.between(visit.starts_at, visit.ends_at).count() == 12


def test_of_two_undos_at_once_one_counts(visit: Appointment, staff: User) -> None:
    event = move_appointment(visit, starts_at=at(7, 15), by=staff)
    results = all_at_once([partial(undo_change, event, by=staff)] * 6)
    assert outcome(results) == {"done": 1, "refused": 5}
    assert AppointmentEvent.objects.filter(undoes=event).count() == 1
    check_claims(visit)


@pytest.mark.parametrize("act", ["cancel", "move"])
@pytest.mark.parametrize("told", [False, True])
def test_an_undo_and_the_patients_own_act_at_once_are_one_after_the_other(
    visit: Appointment, staff: User, clock: time_machine.Traveller, told: bool, act: str
) -> None:
    event = move_appointment(visit, starts_at=at(7, 15), by=staff)
    if told:  # the email about it has left
        clock.move_to(at(4, 9, 4))
        send_due_emails()
        assert emails_about("has moved").filter(state="sent").exists()
    seen = fresh(visit)
    acts = {
        "cancel": partial(cancel_by_patient, seen),
        "move": partial(move_appointment, seen, starts_at=at(8, 11)),
    }
    results = all_at_once([partial(undo_change, event, by=staff), acts[act]])
    assert outcome(results) == {"done": 1, "refused": 1}
    check_claims(visit)


def test_an_undo_and_another_change_of_the_desk_at_once_are_one_after_the_other(
    visit: Appointment, staff: User
) -> None:
    event = move_appointment(visit, starts_at=at(7, 15), by=staff)
    seen = fresh(visit)
    results = all_at_once(
        [partial(undo_change, event, by=staff), partial(cancel_appointment, seen, by=staff)]
    )
    assert outcome(results) == {"done": 1, "refused": 1}
    check_claims(visit)


def test_an_undo_and_a_booking_of_the_same_time_at_once_give_it_once(
    service: Service, visit: Appointment, staff: User
) -> None:
    event = cancel_appointment(visit, by=staff)
    results = all_at_once(
        [partial(undo_change, event, by=staff), partial(book, service, TEN, by=staff)]
    )
    assert outcome(results) == {"done": 1, "refused": 1}
    assert Claim.objects.count() == 12
    check_claims(visit)


def test_two_who_drag_the_same_visit_at_once_move_it_once(visit: Appointment, staff: User) -> None:
    results = all_at_once(
        partial(move_appointment, fresh(visit), starts_at=at(7, hour), by=staff)
        for hour in (11, 14)
    )
    assert outcome(results) == {"done": 1, "refused": 1}
    check_claims(visit)


@pytest.mark.parametrize("attempt", range(4))
def test_an_email_that_leaves_as_its_cause_is_undone_is_corrected_or_never_left(
    visit: Appointment, staff: User, clock: time_machine.Traveller, attempt: int
) -> None:
    event = move_appointment(visit, starts_at=at(7, 15), by=staff)
    clock.move_to(at(4, 9, 3))
    results = all_at_once([partial(undo_change, event, by=staff), send_due_emails])
    assert [each for each in results if isinstance(each, Exception)] == []
    moved = emails_about("has moved")
    corrections = emails_about("^Please ignore")
    assert moved.count() == corrections.count()
    assert fresh(visit).starts_at == TEN
