"""Two at the desk decide about the same patient at once: one counts, and the other is told."""

from functools import partial
from typing import Any

import pytest

from booking.actions.errors import StaleAppointment, StalePatient, StillExpected
from booking.actions.patients.assigning import attach, attach_new
from booking.actions.patients.erasing import erase_patient
from booking.actions.patients.merging import merge
from booking.models import Appointment, Patient, SearchTerm, Service
from clinic_site.accounts.models import User
from tests.booking.factories import make_appointment
from tests.booking.patients.factories import make_patient
from tests.factories import make_user
from tests.threads import all_at_once

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def kinds_of(answers: list[Any]) -> list[type]:
    return sorted((type(answer) for answer in answers), key=str)


def test_two_merges_of_the_same_patients_make_one(service: Service) -> None:
    staff = make_user("Front desk")
    one, other = make_patient("One"), make_patient("Other")
    again = [Patient.objects.get(pk=patient.pk) for patient in (one, other)]
    answers = all_at_once(
        [partial(merge, one, other, by=staff), partial(merge, *reversed(again), by=staff)]
    )
    assert kinds_of(answers) == [type(None), StalePatient] or kinds_of(answers) == [
        StalePatient,
        type(None),
    ]
    record = Patient.objects.records().get()
    assert {record, *record.merged.all()} == {one, other}
    assert record.events.filter(event_type="merged").count() == 1


def test_merges_in_a_circle_leave_one_who_stands_for_all_that_were_merged(
    service: Service,
) -> None:
    staff = make_user("Front desk")
    ids = [make_patient(name).pk for name in ("One", "Two", "Three")]
    pairs = [(ids[0], ids[1]), (ids[1], ids[2]), (ids[2], ids[0])]
    all_at_once(
        partial(merge, Patient.objects.get(pk=into), Patient.objects.get(pk=gone), by=staff)
        for into, gone in pairs
    )
    merged = Patient.objects.exclude(merged_into=None).select_related("merged_into")
    assert merged
    assert all(one.merged_into and one.merged_into.merged_into_id is None for one in merged)


def test_a_booking_is_never_left_with_somebody_who_is_erased(
    service: Service,
) -> None:
    staff = make_user("Front desk")
    assert isinstance(staff, User)
    for _round in range(4):
        booking, patient = make_appointment(), make_patient("Jo O’Brien")
        answers = all_at_once(
            [
                partial(attach, booking, patient, by=staff),
                partial(erase_patient, Patient.objects.get(pk=patient.pk), by=staff),
            ]
        )
        booking.refresh_from_db()
        if booking.patient_id:
            assert isinstance(answers[1], StillExpected)
        else:
            assert isinstance(answers[0], StalePatient)
            assert SearchTerm.objects.filter(appointment=booking).exists()
        assert booking.name == "Jo O’Brien"


def test_of_two_who_make_a_record_of_one_booking_one_is_told(service: Service) -> None:
    staff = make_user("Front desk")
    booking = make_appointment()
    seen = [Appointment.objects.get(pk=booking.pk) for _desk in range(2)]
    answers = all_at_once(partial(attach_new, one, by=staff) for one in seen)
    assert sum(isinstance(answer, Patient) for answer in answers) == 1
    assert sum(isinstance(answer, StaleAppointment) for answer in answers) == 1
    assert Patient.objects.count() == 1
