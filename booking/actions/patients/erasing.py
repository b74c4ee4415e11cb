"""Taking a patient's record away, and what their visits say of them."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log

from booking.actions.errors import StalePatient, StillExpected
from booking.actions.personal_data.erasing import erase_appointment
from booking.models import Appointment, Course, Patient, PatientEvent, SearchTerm
from clinic_site.accounts.models import User
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.outbox import delete_emails
from clinic_site.sqlite.wal import empty_log_after_commit


@transaction.atomic
def erase_patient(patient: Patient, *, by: User) -> None:
    """Erase the record and all bookings of this patient.

    Raises StillExpected while a visit or request of theirs stands, and StalePatient if the record
    has been changed since it was read.
    """
    family = _locked_family(patient)
    if not any(one.pk == patient.pk and one.version == patient.version for one in family):
        raise StalePatient
    bookings = Appointment.objects.filter(patient__in=[one.pk for one in family])
    ahead = Q(starts_at=None) | Q(ends_at__gt=timezone.now())
    if bookings.standing().filter(ahead).exists():
        raise StillExpected
    for booking in bookings.order_by("pk"):
        erase_appointment(booking, by=by)
    _delete(family, by)


@transaction.atomic
def erase_record(patient: Patient, *, by: User | None) -> None:
    """Erase the record alone, with all merged into it; bookings stay, and are nobody's again."""
    family = _locked_family(patient)
    for booking in Appointment.objects.filter(patient__in=[one.pk for one in family]):
        Appointment.objects.filter(pk=booking.pk).update(patient=None)
        booking.patient = None
        SearchTerm.objects.write_for_booking(booking)
    _delete(family, by)


def _locked_family(patient: Patient) -> list[Patient]:
    """The record and those merged into it, these first; nobody changes them meanwhile."""
    family = Patient.objects.filter(Q(pk=patient.pk) | Q(merged_into=patient)).order_by("pk")
    return sorted(family.select_for_update(), key=lambda one: one.merged_into_id is None)


def _delete(family: list[Patient], by: User | None) -> None:
    # Past the guard of lines that are only added: those of others who were merged stay.
    PatientEvent._base_manager.filter(other__in=family).update(other=None)
    courses = Course.objects.filter(patient__in=family)
    emails = OutgoingEmail.objects.filter(subject_ref__in=[one.subject for one in courses])
    delete_emails(emails)
    for patient in family:
        log(patient, "booking.patient_erased", user=by)
        patient.delete()
    empty_log_after_commit()
