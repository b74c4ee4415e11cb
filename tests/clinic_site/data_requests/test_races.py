"""Somebody is erased while they book, and while the desk changes their visit."""

from collections import Counter
from functools import partial

import pytest
from django.db.models import F

from booking.actions.errors import StaleAppointment, TransitionNotAllowed
from booking.actions.visits import move_appointment
from booking.models import Appointment, Claim, Service
from clinic_site.accounts.models import User
from clinic_site.data_requests.erasing import erase_findings
from clinic_site.data_requests.finding import find_person
from tests.booking.factories import at, book
from tests.clinic_site.data_requests.conftest import JO
from tests.threads import all_at_once

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def erase() -> int:
    everything = [one for person in find_person(JO) for one in person.findings if one.is_sure]
    return erase_findings(everything, by=None).erased


def assert_whole() -> None:
    """Each claim is of a visit that stands, and what is erased says nothing."""
    standing = {visit.pk: visit.duration_minutes // 5 for visit in Appointment.objects.standing()}
    assert Counter(Claim.objects.values_list("appointment_id", flat=True)) == standing
    erased = Appointment.objects.filter(erased_at__isnull=False)
    assert not erased.exclude(name="", phone="", email="", note="").exists()
    assert not erased.filter(state__in=Appointment.STANDING).exists()


def test_what_somebody_books_while_they_are_erased_is_whole_or_gone(
    jo: Appointment, service: Service
) -> None:
    again = partial(book, service, at(7, 10), name="Jo O’Brien", email=JO, idempotency_key="new")
    erased, booked = all_at_once([erase, again])
    assert isinstance(erased, int)
    assert isinstance(booked, Appointment)
    jo.refresh_from_db()
    assert jo.name == ""
    assert_whole()


def test_a_visit_is_moved_or_erased_and_never_half_of_both(jo: Appointment, owner: User) -> None:
    Appointment.objects.filter(pk=jo.pk).update(
        state=Appointment.State.CONFIRMED, hold_expires_at=None, version=F("version") + 1
    )
    jo.refresh_from_db()
    move = partial(move_appointment, jo, starts_at=at(7, 14), by=owner)
    erased, moved = all_at_once([erase, move])
    assert isinstance(erased, int)
    refused = isinstance(moved, StaleAppointment | TransitionNotAllowed)
    assert refused or not isinstance(moved, Exception)
    assert Appointment.objects.get(pk=jo.pk).name == ""
    assert_whole()


def test_two_owners_erase_the_same_person_at_once(jo: Appointment) -> None:
    results = all_at_once([erase, erase])
    assert all(isinstance(result, int) for result in results)
    assert_whole()
