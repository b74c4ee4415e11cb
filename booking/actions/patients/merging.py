"""Two records of one person, and one record of two."""

from django.db import transaction

from booking.actions.errors import StalePatient
from booking.actions.patients.records import EventType, bump, record_patient_event
from booking.models import Patient, SearchTerm
from clinic_site.accounts.models import User


@transaction.atomic
def merge(patient: Patient, other: Patient, *, by: User) -> None:
    """Let `patient` stand for `other` as well, and for all that is merged into it.

    Nothing of either is lost: records keep what they say, and bookings stay with theirs. Raises
    StalePatient if one of them has been changed, merged or erased since it was read.
    """
    if patient.pk == other.pk:
        raise ValueError("a record is not merged with itself")
    _lock(patient, other)
    if patient.merged_into_id or other.merged_into_id:
        raise StalePatient
    bump(patient)
    bump(other, merged_into=patient)
    Patient.objects.filter(merged_into=other).update(merged_into=patient)
    SearchTerm.objects.filter(record=other).update(record=patient)
    record_patient_event(patient, EventType.MERGED, by=by, other=other)


@transaction.atomic
def take_apart(patient: Patient, other: Patient, *, by: User) -> None:
    """Let `other`, which was merged into `patient`, stand for itself again. Raises StalePatient."""
    _lock(patient, other)
    if other.merged_into_id != patient.pk:
        raise StalePatient
    bump(other, merged_into=None)
    SearchTerm.objects.filter(patient=other).update(record=other)
    bump(patient)
    record_patient_event(patient, EventType.TAKEN_APART, by=by, other=other)


def _lock(*patients: Patient) -> None:
    """Always in the same order, so that two who merge the same do not wait for each other."""
    ids = [patient.pk for patient in patients]
    list(Patient.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
