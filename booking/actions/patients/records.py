"""Making and changing a record, and what each change leaves behind."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from wagtail.log_actions import log

from booking.actions.errors import StalePatient
from booking.models import Appointment, BookedBy, Patient, PatientEvent, SearchTerm
from clinic_site.accounts.models import User

EventType = PatientEvent.EventType


@dataclass(frozen=True)
class Details:
    """What a record says of somebody: cleaned, phone numbers E.164."""

    name: str
    other_names: str = ""
    phones: str = ""  # one a line
    emails: str = ""  # one a line
    access_needs: str = ""
    note: str = ""


@transaction.atomic
def create_patient(
    details: Details, *, by: User | None, booked_by: Patient | None = None
) -> Patient:
    """Make a record, of somebody for whom `booked_by` books, if there is such a person."""
    patient = Patient.objects.create(**asdict(details))
    SearchTerm.objects.write_for_patient(patient)
    if booked_by:
        BookedBy.objects.create(patient=patient, booker=booked_by)
    record_patient_event(patient, EventType.CREATED, by=by)
    return patient


@transaction.atomic
def change_patient(patient: Patient, details: Details, *, by: User) -> None:
    """Write what is known now. Raises StalePatient if it is no longer as `patient` shows it."""
    said = asdict(details)
    changed = [name for name, value in said.items() if getattr(patient, name) != value]
    if not changed:
        return
    bump(patient, **said)
    SearchTerm.objects.write_for_patient(patient)
    record_patient_event(patient, EventType.CHANGED, by=by, changed=changed)


def bump(patient: Patient, **fields: Any) -> None:
    """Write `fields`, unless the record is no longer as `patient` shows it: then StalePatient.

    Call it in a transaction: the row is locked from then on.
    """
    as_seen = Patient.objects.filter(
        pk=patient.pk, version=patient.version, merged_into=patient.merged_into_id
    )
    if not as_seen.update(version=F("version") + 1, **fields):
        raise StalePatient
    patient.refresh_from_db()


@transaction.atomic
def set_booker(patient: Patient, booker: Patient, *, by: User, books: bool) -> None:
    """Note that `booker` books for `patient`, or does so no longer."""
    if books:
        BookedBy.objects.get_or_create(patient=patient, booker=booker)
    else:
        BookedBy.objects.filter(
            patient__in=patient.family_ids, booker__in=booker.family_ids
        ).delete()
    record_patient_event(patient, EventType.CHANGED, by=by, other=booker, changed=["booked_by"])


def record_patient_event(
    patient: Patient,
    event_type: PatientEvent.EventType,
    *,
    by: User | None,
    appointment: Appointment | None = None,
    other: Patient | None = None,
    changed: list[str] | None = None,
) -> PatientEvent:
    """Add a line to the history, and one to the log if somebody of the staff did it."""
    event: PatientEvent = PatientEvent.objects.create(
        patient=patient,
        event_type=event_type,
        by=by,
        appointment=appointment,
        other=other,
        changed=changed or [],
    )
    if by:
        about = {"appointment": str(appointment)} if appointment else {}
        about |= {"other": str(other)} if other else {}
        about |= {"changed": ", ".join(changed)} if changed else {}
        log(patient, f"booking.patient_{event_type}", user=by, data=about)
    return event
