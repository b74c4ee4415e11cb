"""Whom a booking is for: a patient found while they are on the phone, or somebody new."""

import secrets
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.actions.errors import StaleAppointment
from booking.actions.patients.assigning import attach_new
from booking.actions.requests import Contact
from booking.desk.patients.access import note_found
from booking.desk.undo import is_number
from booking.models import Appointment, Patient
from booking.patients.matching import Candidate, candidates_for
from booking.patients.search import Found, FoundPatient, find_patients, visits_of
from clinic_site.access_log.looks import note_looks
from clinic_site.accounts.models import User
from clinic_site.forms.fields import EmailField, NameField, PhoneField, TextField
from clinic_site.search.words import MAX_QUERY

NEW = "new"  # in place of the number of a record: said to be nobody who is known


class PatientPart(forms.Form):
    """Goes before a form that books: with fields for the name and the contact."""

    record = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    find = forms.CharField(required=False, max_length=MAX_QUERY, strip=True)

    # Who may be meant by what was typed, to be chosen or said to be somebody else.
    known: list[Candidate] = []

    @property
    def patient(self) -> Patient | None:
        """The one who has been chosen."""
        if not hasattr(self, "_patient"):
            self._patient = find_record(str(self["record"].value() or ""))
        return self._patient

    @property
    def chosen_patient(self) -> FoundPatient | None:
        if self.patient is None:
            return None
        note_looks([self.patient])
        visits = visits_of([self.patient], now=timezone.now())[self.patient.pk]
        return FoundPatient(self.patient, visits)

    @property
    def is_new(self) -> bool:
        return str(self["record"].value() or "") == NEW

    def found(self) -> Found | None:
        """Whom the desk has looked for, if it has."""
        text = str(self["find"].value() or "")
        if not text or self.patient:
            return None
        found = find_patients(text, now=timezone.now())
        note_found(found)
        return found

    def ask_whether_known(self) -> None:
        """Refuse a booking for somebody who seems to be known, until the desk has said."""
        if self.patient or self.is_new or self.errors:
            return
        said = self.cleaned_data
        like = Appointment(
            name=said["name"],
            visitor_name=said["visitor_name"],
            phone=said["phone"],
            email=said["email"],
        )
        self.known = [one for one in candidates_for(like) if one.is_sure]
        note_looks(one.patient for one in self.known)
        if self.known:
            self.add_error("record", _("We seem to know this patient. Please say who it is."))

    def assign(self, appointment: Appointment, by: User) -> None:
        """Make a record of somebody new."""
        if appointment.patient_id is None:
            try:
                attach_new(appointment, by=by)
            except StaleAppointment:  # the same form, sent twice
                return


class ContactPart(PatientPart):
    """Goes before a form that books for somebody on the phone: who it is, and how to reach them."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    name = NameField(label=_("Name"), max_length=80)
    phone = PhoneField(label=_("Phone"), required=False)
    email = EmailField(label=_("Email"), required=False)
    new_patient = forms.BooleanField(label=_("New to the clinic"), required=False)
    visitor_name = NameField(label=_("Visit for, if someone else"), max_length=80, required=False)
    note = TextField(
        label=_("Note"),
        help_text=_("Please leave out medical details."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    required_css_class = "required"
    of_patient: tuple[str, ...] = (
        "name",
        "phone",
        "email",
        "new_patient",
        "visitor_name",
        "note",
    )

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial={"key": secrets.token_hex(16)} | initial)

    @property
    def patient_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.of_patient]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("phone") and not cleaned.get("email") and "phone" not in self.errors:
            self.add_error("phone", _("Please enter a phone number or an email address."))
        return cleaned

    @property
    def contact(self) -> Contact:
        said = {name: self.cleaned_data[name] for name in self.of_patient}
        return Contact(**said, for_somebody_else=bool(said["visitor_name"]))


def find_record(key: str) -> Patient | None:
    """Return the record that a form or an address names."""
    rows = Patient.objects.records().with_bookers()
    return rows.filter(pk=key).first() if is_number(key) else None


def contact_of(patient: Patient) -> dict[str, Any]:
    """Return what a booking for a patient says: who is reached, and who comes."""
    reached = patient
    if not patient.phone_numbers and not patient.email_addresses and patient.booked_by:
        reached = patient.booked_by[0]
    note_looks([patient, reached])
    visits = visits_of([patient], now=timezone.now())[patient.pk]
    last = Appointment.objects.of_patient(patient).filter(state__in=Appointment.AGREED).first()
    said: dict[str, Any] = {
        "record": str(patient.pk),
        "find": "",
        "name": reached.name,
        "phone": next(iter(reached.readable_numbers), ""),
        "email": next(iter(reached.email_addresses), ""),
        "visitor_name": "" if reached is patient else patient.name,
        "access_needs": "; ".join(patient.needs)[:300],
        "new_patient": not visits.came,
    }
    return said | ({"last_service": last.service_id} if last else {})
