"""An offer that has run out is in nobody's way, and whoever undoes one waits as before."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking.actions.undo import undo_change
from booking.actions.visits import cancel_appointment
from booking.actions.waiting.callers import TimeWished
from booking.actions.waiting_list import accept_offer, join_waiting_list, offer_freed_times
from booking.models import Practitioner, Service, WaitingListEntry, WaitingListOffer
from booking.scheduling.opening import after_awake_hours
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from tests.booking.factories import at, book, make_service, said
from tests.booking.waiting.factories import WAITING, call_in, names, press, slot


def states() -> list[str]:
    return list(WaitingListOffer.objects.order_by("pk").values_list("state", flat=True))


def test_who_has_let_an_offer_run_out_can_be_offered_another_at_once(
    desk: Client,
    user: User,
    service: Service,
    robin: Practitioner,
    clock: time_machine.Traveller,
) -> None:
    kim = call_in(service, user, email="kim@patient.example")
    press(desk, kim, "offer", slot=slot(robin))
    clock.shift(timedelta(hours=5))
    assert "Offered to Kim Park" in said(press(desk, kim, "offer", slot=slot(robin, hour=14)))
    assert states() == ["expired", "open"]


def test_a_time_whose_offer_has_run_out_can_be_offered_to_the_next_at_once(
    desk: Client,
    user: User,
    service: Service,
    robin: Practitioner,
    clock: time_machine.Traveller,
) -> None:
    press(desk, call_in(service, user, email="kim@patient.example"), "offer", slot=slot(robin))
    lee = call_in(service, user, "Lee Chan", email="lee@patient.example")
    clock.shift(timedelta(hours=5))
    assert "Offered to Lee Chan" in said(press(desk, lee, "offer", slot=slot(robin)))
    assert states() == ["expired", "open"]


@pytest.mark.parametrize(
    ("address", "until"), [("kim@patient.example", at(3, 12)), ("", at(4, 13))]
)
def test_who_must_be_called_has_until_somebody_is_there_to_call(
    desk: Client,
    user: User,
    service: Service,
    robin: Practitioner,
    clock: time_machine.Traveller,
    address: str,
    until: datetime,
) -> None:
    clock.move_to(at(3, 8))  # a Sunday
    press(desk, call_in(service, user, email=address), "offer", slot=slot(robin))
    assert WaitingListOffer.objects.get().expires_at == until


@pytest.mark.parametrize(
    ("since", "hours", "until"),
    [
        (at(4, 10), 4, at(4, 14)),
        (at(4, 20, 59), 4, at(5, 11, 59)),
        (at(4, 22), 1, at(5, 9)),
        (at(4, 6), 1, at(4, 9)),
        (at(4, 8), 39, at(6, 21)),
    ],
)
def test_the_night_does_not_count(
    service: Service, since: datetime, hours: int, until: datetime
) -> None:
    assert after_awake_hours(Location.objects.get(), since, hours) == until


def test_who_is_moved_earlier_by_mistake_waits_again_once_that_is_undone(
    desk: Client, user: User, service: Service, robin: Practitioner
) -> None:
    early = book(service, at(6, 10), by=user, name="Early Bird")
    visit = book(service, at(12, 10), by=user, name="Kim Park", email="kim@patient.example")
    join_waiting_list(visit)
    cancel_appointment(early, by=user)
    offer_freed_times(timezone.now())
    accept_offer(WaitingListOffer.objects.get(), by=user)
    assert names(desk.get(WAITING)) == []
    undo_change(visit.events.get(event_type="moved"), by=user)
    visit.refresh_from_db()
    assert (visit.starts_at, names(desk.get(WAITING))) == (at(12, 10), ["Kim Park"])


def test_no_times_are_looked_for_once_all_that_was_freed_is_taken(
    user: User, service: Service, robin: Practitioner
) -> None:
    costs = []
    for wait in (2, 12):
        WaitingListEntry.objects.all().delete()
        early = book(service, at(6, 10), by=user)
        for n in range(wait):
            call_in(service, user, f"Kim {n}", email=f"kim{n}@patient.example")
        cancel_appointment(early, by=user)
        with CaptureQueriesContext(connection) as asked:
            assert offer_freed_times(timezone.now()) == 1
        costs.append(len(asked))
        WaitingListOffer.objects.get().claims.all().delete()
    assert costs[1] <= costs[0]


def test_no_times_are_looked_for_for_whom_the_person_or_the_day_cannot_suit(
    user: User, service: Service, robin: Practitioner
) -> None:
    other = make_service("Training", sign="TR")
    costs = []
    for wait in (0, 6):
        for n in range(wait):
            call_in(service, user, f"Later {n}", wished=TimeWished(first_day=date(2027, 1, 20)))
            call_in(service, user, f"Past {n}", wished=TimeWished(last_day=date(2027, 1, 3)))
            call_in(other, user, f"Other {n}")
        visit = book(service, at(6, 10), by=user)
        cancel_appointment(visit, by=user)
        with CaptureQueriesContext(connection) as asked:
            assert offer_freed_times(timezone.now()) == 0
        costs.append(len(asked))
    assert costs[1] <= costs[0]
