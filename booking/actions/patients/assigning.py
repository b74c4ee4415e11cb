"""Whose a booking is: the site proposes, the front desk decides."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from booking.actions.errors import CannotUndo, StaleAppointment, StalePatient
from booking.actions.patients.erasing import erase_record
from booking.actions.patients.records import (
    Details,
    EventType,
    create_patient,
    record_patient_event,
)
from booking.models import UNDO_FOR, Appointment, Patient, PatientEvent, SearchTerm
from booking.patients.matching import candidates_for, sure_matches
from clinic_site.accounts.models import User

# What stands among the changes of an assignment that has made a record.
MADE = "record"
# A booker's record that is older was there before.
ONE_PRESS = timedelta(seconds=5)


@transaction.atomic
def attach(
    appointment: Appointment, patient: Patient, *, by: User, made: bool = False
) -> PatientEvent:
    """Say that a booking is a patient's; `made`: of whom a record has just been made for it.

    Raises StaleAppointment if somebody has said so meanwhile, or the booking has been erased;
    StalePatient if the record is gone or merged.
    """
    # Locked first, so that whoever erases or merges the record waits, or is seen.
    if not Patient.objects.select_for_update().filter(pk=patient.pk, merged_into=None).exists():
        raise StalePatient
    seen = Appointment.objects.filter(
        pk=appointment.pk, patient=appointment.patient_id, erased_at=None
    )
    if not seen.update(patient=patient):
        raise StaleAppointment
    before, appointment.patient = appointment.patient, patient
    SearchTerm.objects.write_for_booking(appointment)
    return record_patient_event(
        patient,
        EventType.ATTACHED,
        by=by,
        appointment=appointment,
        other=before,
        changed=[MADE] if made else [],
    )


@transaction.atomic
def detach(appointment: Appointment, *, by: User) -> PatientEvent:
    """Take a booking out of the patient's record again. Raises StaleAppointment."""
    patient = appointment.patient
    seen = Appointment.objects.filter(pk=appointment.pk, patient=patient, erased_at=None)
    if patient is None or not seen.update(patient=None):
        raise StaleAppointment
    appointment.patient = None
    SearchTerm.objects.write_for_booking(appointment)
    return record_patient_event(patient, EventType.DETACHED, by=by, appointment=appointment)


@transaction.atomic
def attach_new(appointment: Appointment, *, by: User) -> Patient:
    """Make a record of what a booking says, and say that it is theirs."""
    patient = record_of_new(appointment, by=by)
    attach(appointment, patient, by=by, made=True)
    return patient


@transaction.atomic
def record_of_new(appointment: Appointment, *, by: User) -> Patient:
    """Make a record of whom a booking names, stored or not.

    If somebody books for somebody else, the contact is the booker's: their record is the one of
    this name with this contact, or a new one.
    """
    contact = {"phones": appointment.phone, "emails": appointment.email}
    booker = None
    if appointment.visitor_name:
        booker = _booker(appointment) or create_patient(
            Details(name=appointment.name, **contact), by=by
        )
        contact = {}
    details = Details(name=appointment.visitor, access_needs=appointment.access_needs, **contact)
    return create_patient(details, by=by, booked_by=booker)


@transaction.atomic
def undo_assignment(event: PatientEvent, *, by: User) -> None:
    """Take back that a booking was assigned or taken out; it is then whose it was before.

    A record that was made for it goes again, if nothing has come to it since. Raises CannotUndo
    if it is too long ago or not the last that was said of this booking; StaleAppointment,
    StalePatient.
    """
    said = PatientEvent.objects.filter(appointment=event.appointment_id).last()
    lately = event.at > timezone.now() - UNDO_FOR
    booking = event.appointment
    if booking is None or said != event or not lately:
        raise CannotUndo
    appointment = Appointment.objects.select_related("patient").get(pk=booking.pk)
    if event.event_type == EventType.DETACHED:
        attach(appointment, event.patient, by=by)
    elif event.other:
        attach(appointment, event.other, by=by)
    else:
        detach(appointment, by=by)
        made = (event.patient, *event.patient.booked_by) if MADE in event.changed else ()
        for record in made:
            if _was_made_for(record, event):
                erase_record(record, by=by)


def _was_made_for(patient: Patient, event: PatientEvent) -> bool:
    """Whether a record was made with this assignment, in one press, and has been left alone."""
    made, *since = patient.events.order_by("pk")
    in_one_press = made.event_type == EventType.CREATED and event.at - made.at < ONE_PRESS
    used = Appointment.objects.filter(patient=patient).exists()
    return (
        in_one_press
        and not used
        and all(one.appointment_id == event.appointment_id for one in since)
    )


def attach_sure(appointments: Iterable[Appointment], *, by: User) -> int:
    """Attach each of those of which there is no doubt whose they are. Returns how many."""
    waiting = list(appointments)
    sure, attached = sure_matches(waiting), 0
    for appointment in waiting:
        if appointment.pk not in sure:
            continue
        try:
            attach(appointment, sure[appointment.pk], by=by)
        except (StaleAppointment, StalePatient):  # somebody else has just decided
            continue
        attached += 1
    return attached


def _booker(appointment: Appointment) -> Patient | None:
    as_visitor = Appointment(
        name=appointment.name, phone=appointment.phone, email=appointment.email
    )
    sure = [one.patient for one in candidates_for(as_visitor) if one.is_sure]
    return sure[0] if len(sure) == 1 else None
