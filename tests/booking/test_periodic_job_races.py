"""Several workers at once, and patients who answer at that very moment: each thing happens once."""

from collections import Counter
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from booking.actions.calendars.busy_times import import_busy_times
from booking.actions.errors import JustTaken
from booking.actions.reminders import create_calls_for_undelivered, remind_patients
from booking.actions.visits import cancel_appointment
from booking.actions.waiting_list import (
    accept_offer,
    decline_offer,
    join_waiting_list,
    leave_waiting_list,
    offer_freed_times,
)
from booking.models import Appointment, CallTask, Claim, Practitioner, Service, WaitingListOffer
from clinic_site.accounts.models import User
from clinic_site.jobs.periodic import run_due_jobs
from clinic_site.mail.models import OutgoingEmail
from tests.booking.calendar_file import calendar
from tests.booking.factories import MONDAY_MORNING, at, book
from tests.outbox import emails_about, emails_to
from tests.threads import all_at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

WORKERS = 6


@pytest.fixture
def waiting(service: Service, robin: Practitioner, staff: User) -> Appointment:
    """Somebody who waits, and a time that has just been given back."""
    early = book(service, at(6, 10), by=staff)
    visit = book(service, at(12, 10), email="waiting@patient.example", by=staff)
    join_waiting_list(visit)
    cancel_appointment(early, by=staff)
    return visit


@pytest.fixture
def offer(waiting: Appointment) -> WaitingListOffer:
    offer_freed_times(timezone.now())
    return WaitingListOffer.objects.get()


def outcomes(results: list[Any]) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def assert_claims_are_of_visits() -> None:
    """No time is held by what is over, and each agreed visit has all of its own."""
    held = Counter(Claim.objects.values_list("appointment_id", flat=True))
    assert held == {visit.pk: 12 for visit in Appointment.objects.standing()}


def emails_saying(words: str) -> int:
    return emails_about(words).count()


def test_workers_together_remind_once(
    service: Service, robin: Practitioner, staff: User, clock: time_machine.Traveller
) -> None:
    for hour in (10, 11, 12):
        book(service, at(6, hour), email=f"jo{hour}@patient.example", by=staff)
    clock.move_to(at(5, 12))
    counts = all_at_once([partial(remind_patients, timezone.now())] * WORKERS)
    assert sum(counts) == emails_saying("reminder") == 3  # type: ignore[arg-type]


def test_workers_together_do_each_periodic_job_once(
    waiting: Appointment, clock: time_machine.Traveller
) -> None:
    emails_to(waiting.email).update(state=OutgoingEmail.State.FAILED)
    all_at_once([partial(run_due_jobs, timezone.now())] * WORKERS)
    assert WaitingListOffer.objects.count() == emails_saying("earlier time") == 1
    assert CallTask.objects.filter(reason="email").count() == 1


def test_workers_together_offer_a_time_once(waiting: Appointment) -> None:
    counts = all_at_once([partial(offer_freed_times, timezone.now())] * WORKERS)
    assert sum(counts) == emails_saying("earlier time") == 1  # type: ignore[arg-type]
    assert Claim.objects.filter(offer__isnull=False).count() == 12


def test_workers_together_ask_for_one_call(waiting: Appointment) -> None:
    emails_to(waiting.email).update(state=OutgoingEmail.State.FAILED)
    all_at_once([partial(create_calls_for_undelivered, timezone.now())] * WORKERS)
    assert CallTask.objects.filter(reason="email").count() == 1


def test_two_answers_to_an_offer_are_one(offer: WaitingListOffer) -> None:
    results = all_at_once([partial(accept_offer, offer), partial(decline_offer, offer)])
    assert outcomes(results) in (["Appointment", "OfferGone"], ["NoneType", "OfferGone"])
    assert not Claim.objects.filter(offer__isnull=False).exists()
    assert_claims_are_of_visits()


def test_an_offer_taken_twenty_times_at_once_moves_once(offer: WaitingListOffer) -> None:
    results = all_at_once([partial(accept_offer, offer)] * 20)
    assert Counter(outcomes(results)) == {"Appointment": 1, "OfferGone": 19}
    assert emails_saying("has moved") == 1
    assert_claims_are_of_visits()


@pytest.mark.parametrize("other", ["expire", "cancel", "leave"])
def test_an_answer_and_the_end_of_the_offer_exclude_each_other(
    offer: WaitingListOffer, waiting: Appointment, staff: User, other: str
) -> None:
    visit = Appointment.objects.get(pk=waiting.pk)
    ends = {
        "expire": partial(offer_freed_times, MONDAY_MORNING + timedelta(hours=5)),
        "cancel": partial(cancel_appointment, visit, by=staff),
        "leave": partial(leave_waiting_list, visit),
    }
    accepted, ended = all_at_once([partial(accept_offer, offer), ends[other]])
    if isinstance(accepted, Appointment):
        stands = not isinstance(ended, Exception) and other == "cancel"
        visit = Appointment.objects.get(pk=waiting.pk)
        assert (visit.state == "canceled") is stands
    else:
        assert outcomes([accepted]) in (["OfferGone"], ["StaleAppointment"])
    offer_freed_times(timezone.now() + timedelta(hours=6))  # what is moot by now ends
    assert (
        not Claim.objects.filter(offer__isnull=False, offer__state="open")
        .exclude(offer__entry__appointment__state="confirmed")
        .exists()
    )
    held = Claim.objects.filter(offer__isnull=True)
    assert Counter(held.values_list("appointment_id", flat=True)) == {
        visit.pk: 12 for visit in Appointment.objects.standing()
    }


def test_an_import_and_a_booking_take_a_time_once(
    service: Service, robin: Practitioner, staff: User
) -> None:
    file = calendar("DTSTART:20270106T180000Z DTEND:20270106T190000Z")
    booked, imported = all_at_once(
        [partial(book, service, at(6, 10), by=staff), partial(import_busy_times, robin, file)]
    )
    assert not isinstance(imported, Exception)
    assert Claim.objects.filter(practitioner=robin).count() == 12
    if isinstance(booked, JustTaken):
        assert imported.overlapping == []
    else:
        assert imported.overlapping == [booked]


def test_a_freed_time_is_booked_or_offered_never_both(
    service: Service, waiting: Appointment
) -> None:
    booked, made = all_at_once(
        [partial(book, service, at(6, 10)), partial(offer_freed_times, timezone.now())]
    )
    assert isinstance(booked, JustTaken) == (made == 1)
