"""How what booking holds of somebody is found, handed over and erased."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booking.actions.patients.erasing import erase_record
from booking.actions.personal_data.erasing import erase_appointment
from booking.models import Appointment, BookingDraft, Course, Patient
from booking.models.appointments import SUBJECT
from booking.patients.matching import find_records
from clinic_site.accounts.models import User
from clinic_site.clinic.phone import normalize_phone
from clinic_site.mail.outbox import export_emails
from clinic_site.privacy.tables import (
    Exported,
    PersonalDataTable,
    RowSummary,
    Sought,
    export_fields,
    export_value,
)

FIELDS = (
    "reference state requested_at location service_name price_text practitioner starts_at "
    "duration_minutes name phone email new_patient for_somebody_else visitor_name access_needs "
    "note wants_call"
)


class AppointmentTable(PersonalDataTable[Appointment]):
    title = _("Appointments")
    model = Appointment

    def rows(self) -> Iterable[Appointment]:
        return Appointment.objects.filter(erased_at=None)

    def find(self, sought: Sought) -> Iterable[Appointment]:
        found = Q(email_index__of=sought.emails) | Q(phone_index__of=sought.phones)
        if sought.name:
            named = Appointment.objects.all()
            found |= named.having("name_words", sought.name)
            found |= named.having("visitor_words", sought.name)
        return Appointment.objects.filter(found, erased_at=None).order_by("-requested_at", "-pk")

    def summary(self, row: Appointment) -> RowSummary:
        at = export_value(row.starts_at or row.requested_at)
        return RowSummary(
            f"{row.reference}, {at}, {row.get_state_display()}",
            _filled(row.visitor_name, row.name),
            _filled(row.email),
            _filled(row.phone),
        )

    def export(self, row: Appointment) -> Exported:
        exported: dict[str, Any] = dict(export_fields(row, FIELDS))
        exported[gettext("Times that would suit")] = [
            f"{export_value(wish.day)}, {wish.part}" for wish in row.wishes
        ]
        if row.course:
            exported[gettext("One of several visits")] = row.course.reference
        if row.class_session:
            exported[gettext("Class on")] = export_value(row.class_session.starts_at)
        exported[gettext("History")] = [
            export_fields(event, "at event_type actor starts_at note") for event in row.events.all()
        ]
        exported[gettext("Calls")] = [
            export_fields(call, "reason created_at done_at note") for call in row.call_tasks.all()
        ]
        entry = getattr(row, "waiting_list_entry", None)
        if entry:
            exported[gettext("Waiting list")] = [
                export_fields(entry, "joined_at left_at part_of_day first_day last_day"),
                *(export_fields(offer, "made_at starts_at state") for offer in entry.offers.all()),
                *(export_fields(event, "at event_type reason") for event in entry.events.all()),
            ]
        emails = export_emails(f"{SUBJECT}{row.pk}")
        exported[gettext("Emails")] = emails + (
            export_emails(row.course.subject) if row.course else []
        )
        return exported

    def identity(self, row: Appointment) -> str:
        return row.reference

    def erase(self, row: Appointment, *, by: User | None) -> None:
        erase_appointment(row, by=by)


class BookingDraftTable(PersonalDataTable[BookingDraft]):
    """There are as many as people have begun in the last two hours."""

    title = _("Bookings not sent yet")
    model = BookingDraft

    def summary(self, row: BookingDraft) -> RowSummary:
        answers = row.content.get("answers", {})
        phone = answers.get("phone", "")
        with suppress(ValueError):
            phone = normalize_phone(phone)
        return RowSummary(
            export_value(row.last_step_at),
            _filled(answers.get("visitor_name", ""), answers.get("name", "")),
            _filled(answers.get("email", "").strip()),
            _filled(phone),
        )

    def export(self, row: BookingDraft) -> Exported:
        return {name: text for name, text in row.content.get("answers", {}).items() if text}

    def identity(self, row: BookingDraft) -> str:
        return row.token_hash

    def erase(self, row: BookingDraft, *, by: User | None) -> None:
        BookingDraft.objects.filter(pk=row.pk).delete()


def _filled(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


class PatientTable(PersonalDataTable[Patient]):
    title = _("Patients’ records")
    model = Patient

    def rows(self) -> Iterable[Patient]:
        return Patient.objects.records()

    def find(self, sought: Sought) -> Iterable[Patient]:
        return find_records(sought.emails, sought.phones, sought.name)

    def summary(self, row: Patient) -> RowSummary:
        names, emails, phones = row.names, row.email_addresses, row.phone_numbers
        return RowSummary(str(row), tuple(names), tuple(emails), tuple(phones))

    def export(self, row: Patient) -> Exported:
        exported: dict[str, Any] = {
            gettext("Record"): [
                export_fields(one, "created_at name other_names phones emails access_needs note")
                for one in row.family
            ]
        }
        exported[gettext("Booked by")] = [one.name for one in row.booked_by]
        exported[gettext("Books for")] = [one.name for one in row.books_for]
        courses = Course.objects.filter(patient__in=row.family_ids)
        exported[gettext("Visits booked together")] = [
            export_fields(course, "reference made_at size service booked_at") for course in courses
        ]
        visits = Appointment.objects.of_patient(row)
        exported[gettext("Appointments")] = [visit.reference for visit in visits]
        return exported

    def seen_as(self, row: Patient) -> Mapping[str, Iterable[int]]:
        visits = Appointment.objects.of_patient(row).values_list("pk", flat=True)
        return {Patient._meta.label_lower: row.family_ids, Appointment._meta.label_lower: visits}

    def identity(self, row: Patient) -> str:
        return f"patient {row.pk} of {row.created_at.isoformat()}"

    def erase(self, row: Patient, *, by: User | None) -> None:
        erase_record(row, by=by)


TABLES: list[PersonalDataTable[Any]] = [PatientTable(), AppointmentTable(), BookingDraftTable()]
