"""Whose a booking may be: by phone, email and name. The desk decides."""

from collections.abc import Iterable
from typing import NamedTuple

from booking.models import Appointment, Patient, SearchTerm
from booking.patients.search import LOOKED_AT, records_reached_by
from clinic_site.clinic.search_terms import NAME, Term, contact_terms, mailbox, name_words


class Candidate(NamedTuple):
    """Whose a booking may be, and what tells so."""

    patient: Patient
    same_name: bool
    same_phone: bool
    same_email: bool

    @property
    def is_sure(self) -> bool:
        """Whether the name and a contact are the same; families share contacts alone."""
        return self.same_name and (self.same_phone or self.same_email)

    @property
    def strength(self) -> int:
        return 4 * self.is_sure + 2 * self.same_name + self.same_phone + self.same_email


def candidates_for(appointment: Appointment) -> list[Candidate]:
    """Return whose a booking may be, by phone, email and name, the likeliest first."""
    phones, emails = [*filter(None, [appointment.phone])], [*filter(None, [appointment.email])]
    ids = _who_is_reached(contact_terms(phones, emails)) | _of_this_name(appointment.visitor)
    patients = Patient.objects.records().with_bookers().filter(pk__in=ids)
    return _judged(appointment, patients)


def sure_matches(appointments: list[Appointment]) -> dict[int, Patient]:
    """Return, by the number of the booking, whose those are of which there is no doubt.

    That is one patient of this name with this phone number or email address, and no other.
    """
    phones = [one.phone for one in appointments if one.phone]
    emails = [one.email for one in appointments if one.email]
    ids = _who_is_reached(contact_terms(phones, emails))
    patients = list(Patient.objects.records().with_bookers().filter(pk__in=ids))
    sure: dict[int, Patient] = {}
    for appointment in appointments:
        found = [one for one in _judged(appointment, patients) if one.is_sure]
        if len(found) == 1:
            sure[appointment.pk] = found[0].patient
    return sure


def find_records(emails: Iterable[str], phones: Iterable[str], name: str) -> list[Patient]:
    """Return the records with one of these contacts, or this name; not those booked for."""
    terms = SearchTerm.objects.any_of(contact_terms(phones, emails)).exclude(record=None)
    ids = {*terms.values_list("record", flat=True), *_of_this_name(name)}
    return list(Patient.objects.records().with_bookers().filter(pk__in=ids))


def _who_is_reached(terms: set[Term]) -> set[int]:
    """Return the records of those who have one of these contacts, or are booked for by them."""
    owners = Patient.objects.filter(
        pk__in=SearchTerm.objects.any_of(terms).exclude(patient=None).values("patient")
    )
    reached = records_reached_by(list(owners.only("pk", "merged_into")[:LOOKED_AT]))
    return {next(iter(row.values())) for row in reached}


def _of_this_name(name: str) -> set[int]:
    """Return the records of those who go by all words of `name`."""
    words = name_words(name)
    if not words:
        return set()
    first, *others = (
        SearchTerm.objects.filter(kind=NAME, term=word).exclude(record=None) for word in words
    )
    for terms in others:
        first = first.filter(record__in=terms.values("record"))
    return set(first.order_by("pk").values_list("record", flat=True)[:LOOKED_AT])


def _judged(appointment: Appointment, patients: Iterable[Patient]) -> list[Candidate]:
    judged = (_candidate(appointment, patient) for patient in patients)
    like = [one for one in judged if one.strength]
    return sorted(like, key=lambda one: (-one.strength, one.patient.name, one.patient.pk))


def _candidate(appointment: Appointment, patient: Patient) -> Candidate:
    reached = [patient, *patient.booked_by]
    phones = {number for one in reached for number in one.phone_numbers}
    emails = {mailbox(email) for one in reached for email in one.email_addresses}
    visitor = name_words(appointment.visitor)
    return Candidate(
        patient,
        same_name=any(name_words(name) == visitor for name in patient.names),
        same_phone=bool(appointment.phone) and appointment.phone in phones,
        same_email=bool(appointment.email) and mailbox(appointment.email) in emails,
    )
