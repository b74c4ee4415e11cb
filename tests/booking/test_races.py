"""Many want the same at once: the database gives it to one, and tells the others."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import pairwise

import pytest

from booking.actions.answers import confirm_appointment
from booking.actions.errors import JustTaken, StaleAppointment, TransitionNotAllowed
from booking.actions.holds import expire_due_holds
from booking.actions.visits import cancel_appointment, cancel_by_patient, move_appointment
from booking.models import Appointment, AppointmentEvent, Claim, Practitioner, Service
from clinic_site.accounts.models import User
from tests.booking.factories import MONDAY_MORNING, at, book, make_practitioner
from tests.threads import all_at_once, outcomes

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

MANY = 50
TEN = at(6, 10)


def assert_nothing_overlaps() -> None:
    """Every standing visit has its own cells, and nobody else has any."""
    claimed = Claim.objects.values_list("appointment_id", flat=True)
    standing = Appointment.objects.standing()
    assert Counter(claimed) == {visit.pk: visit.duration_minutes // 5 for visit in standing}
    visits = list(standing.order_by("practitioner", "starts_at"))
    for one, other in pairwise(visits):
        if one.practitioner_id == other.practitioner_id:
            assert one.ends_at <= other.starts_at


def test_of_fifty_for_one_time_one_gets_it(service: Service, robin: Practitioner) -> None:
    results = all_at_once(
        partial(book, service, TEN, idempotency_key=f"key {n}") for n in range(MANY)
    )
    assert outcomes(results) == {"Appointment": 1, "JustTaken": MANY - 1}
    assert all(result.nearest for result in results if isinstance(result, JustTaken))
    assert_nothing_overlaps()


def test_fifty_staggered_never_overlap(service: Service, robin: Practitioner) -> None:
    results = all_at_once(
        partial(book, service, TEN + (n % 10) * timedelta(minutes=15), idempotency_key=f"key {n}")
        for n in range(MANY)
    )
    assert set(outcomes(results)) == {"Appointment", "JustTaken"}
    assert_nothing_overlaps()


def test_of_fifty_for_anyone_three_free_ones_get_three(
    service: Service, robin: Practitioner
) -> None:
    others = {make_practitioner(name, service) for name in ("Dana Whitfield", "Theo Lindqvist")}
    results = all_at_once(
        partial(book, service, TEN, idempotency_key=f"key {n}") for n in range(MANY)
    )
    assert outcomes(results) == {"Appointment": 3, "JustTaken": MANY - 3}
    assert {visit.practitioner for visit in Appointment.objects.all()} == {robin, *others}
    assert_nothing_overlaps()


def test_one_form_sent_twenty_times_at_once_is_one(service: Service, robin: Practitioner) -> None:
    results = all_at_once([partial(book, service, TEN, idempotency_key="the same")] * 20)
    assert outcomes(results) == {"Appointment": 20}
    assert Appointment.objects.count() == AppointmentEvent.objects.count() == 1


def test_two_that_exchange_their_times_do_not_wait_for_each_other(
    service: Service, robin: Practitioner, staff: User
) -> None:
    first, second = book(service, TEN, by=staff), book(service, at(6, 14), by=staff)
    results = all_at_once(
        [
            partial(move_appointment, first, starts_at=at(6, 14), by=staff),
            partial(move_appointment, second, starts_at=TEN, by=staff),
        ]
    )
    assert outcomes(results) == {"JustTaken": 2}
    assert_nothing_overlaps()


TRANSITIONS: dict[str, Callable[[Appointment, User], object]] = {
    "confirm": lambda seen, by: confirm_appointment(seen, by=by),
    "confirm another time": lambda seen, by: confirm_appointment(seen, by=by, starts_at=at(6, 14)),
    "cancel": lambda seen, by: cancel_appointment(seen, by=by),
    "withdraw": lambda seen, by: cancel_by_patient(seen),
    "move": lambda seen, by: move_appointment(seen, starts_at=at(6, 14), by=by),
    "move elsewhere": lambda seen, by: move_appointment(seen, starts_at=at(6, 15), by=by),
}


@pytest.mark.parametrize(
    ("confirmed", "names"),
    [
        (False, ["confirm", "confirm"]),
        (False, ["confirm", "withdraw"]),
        (False, ["confirm another time", "withdraw"]),
        (True, ["cancel", "cancel"]),
        (True, ["move", "move elsewhere"]),
        (True, ["move", "withdraw"]),
    ],
)
def test_of_two_changes_at_once_one_counts(
    service: Service, robin: Practitioner, staff: User, confirmed: bool, names: list[str]
) -> None:
    visit = book(service, TEN, by=staff if confirmed else None)
    seen = [Appointment.objects.select_related("practitioner").get(pk=visit.pk) for _name in names]
    results = all_at_once(
        partial(TRANSITIONS[name], as_seen, staff)
        for name, as_seen in zip(names, seen, strict=True)
    )
    (refused,) = (result for result in results if isinstance(result, Exception))
    assert isinstance(refused, StaleAppointment)
    assert visit.events.count() == 2
    assert_nothing_overlaps()


def test_a_confirmation_and_the_end_of_its_hold_exclude_each_other(
    service: Service, robin: Practitioner, staff: User
) -> None:
    visit = book(service, TEN)
    confirmed, expired = all_at_once(
        [
            partial(confirm_appointment, visit, by=staff),
            partial(expire_due_holds, MONDAY_MORNING + timedelta(days=1)),
        ]
    )
    assert (type(confirmed), expired) in [
        (AppointmentEvent, 0),
        (StaleAppointment, 1),
        (TransitionNotAllowed, 1),
    ]
    assert_nothing_overlaps()
