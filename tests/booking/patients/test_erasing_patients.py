"""After an erasure nothing in the database says who somebody was."""

import pytest
from django.apps import apps
from django.db import connection

from booking.actions.errors import StalePatient, StillExpected
from booking.actions.patients.assigning import attach, attach_new
from booking.actions.patients.erasing import erase_patient
from booking.actions.patients.merging import merge
from booking.actions.patients.records import Details, change_patient
from booking.actions.visits import cancel_appointment
from booking.models import Appointment, BookedBy, Patient, PatientEvent, SearchTerm, Service
from booking.patients.search import find_patients
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from tests.booking.factories import MONDAY_MORNING, make_appointment
from tests.booking.patients.factories import make_patient

pytestmark = pytest.mark.django_db
WORDS = ("Urial", "tapir", "5550177", "Ramp", "mornings", "knocks")


def dump() -> str:
    told = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')  # noqa: S608
            told += map(str, cursor.fetchall())
    return "\n".join(told)


def erased(service: Service, staff: User) -> Patient:
    said = {"name": "Uma Urial", "phone": "+18055550177", "email": "tapir@patient.example"}
    booking = make_appointment(**said, access_needs="Ramp", note="knocks twice")
    patient = attach_new(booking, by=staff)
    other = make_patient("Uma Urial-Serval", phones="+18055550177", note="mornings")
    merge(patient, other, by=staff)
    cancel_appointment(booking, reason="Ms. Urial knocks no more", by=staff)
    erase_patient(patient, by=staff)
    return patient


def test_no_word_of_theirs_is_left_in_any_table(service: Service, staff: User) -> None:
    make_patient("Priya Nair", phones="+18055550110")
    erased(service, staff)
    # What the desk itself was written leaves with the next round of the worker.
    OutgoingEmail.objects.exclude(subject_ref="none").delete()
    kept = dump()
    assert [word for word in WORDS if word.lower() in kept.lower()] == []
    assert "Nair" in kept
    assert set(SearchTerm.objects.values_list("patient__name", flat=True)) == {"Priya Nair"}
    assert not PatientEvent.objects.exclude(patient__name="Priya Nair").exists()


def test_that_a_visit_took_place_stays(service: Service, staff: User) -> None:
    erased(service, staff)
    booking = Appointment.objects.get()
    assert (booking.name, booking.phone, booking.patient) == ("", "", None)
    assert booking.erased_at is not None
    assert not Appointment.objects.unmatched().exists()


def test_nobody_is_erased_who_is_expected(appointment: Appointment, staff: User) -> None:
    patient = attach_new(appointment, by=staff)
    with pytest.raises(StillExpected):
        erase_patient(patient, by=staff)
    assert find_patients("0123", now=MONDAY_MORNING).patients


def test_a_record_that_has_changed_meanwhile_is_looked_at_first(staff: User) -> None:
    patient = make_patient()
    stale = Patient.objects.get()
    change_patient(patient, Details("Priya Menon"), by=staff)
    with pytest.raises(StalePatient):
        erase_patient(stale, by=staff)


def test_who_was_booked_for_stays(staff: User) -> None:
    parent = make_patient("Maria Lopez")
    child = make_patient("Leo Lopez", booked_by=parent)
    erase_patient(parent, by=staff)
    assert Patient.objects.get() == child
    assert not BookedBy.objects.exists()


def test_nothing_can_be_attached_to_what_is_erased(appointment: Appointment, staff: User) -> None:
    patient = make_patient()
    erase_patient(Patient.objects.get(), by=staff)
    with pytest.raises(StalePatient):
        attach(appointment, patient, by=staff)
