"""The index by which patients, and bookings of nobody known yet, are found."""

from django.db import models
from django.db.models import Q

from booking.models.appointments import Appointment
from booking.models.patients import Patient
from clinic_site.clinic import search_terms
from clinic_site.clinic.search_terms import Term, next_beginning


class SearchTermQuerySet(models.QuerySet["SearchTerm"]):
    def any_of(self, terms: set[Term]) -> "SearchTermQuerySet":
        kinds = {term.kind for term in terms}
        found = Q(pk__in=[])
        for kind in sorted(kinds):
            found |= Q(kind=kind, term__in=sorted(term for of, term in terms if of == kind))
        return self.filter(found)

    def beginning_with(self, beginnings: frozenset[str]) -> "SearchTermQuerySet":
        """Words of names that begin with one of these; asked as ranges, which the index answers."""
        found = Q(pk__in=[])
        for beginning in sorted(beginnings):
            span = Q(kind=search_terms.NAME, term__gte=beginning)
            end = next_beginning(beginning)
            found |= span & Q(term__lt=end) if end else span
        return self.filter(found)

    def write_for_patient(self, patient: Patient) -> None:
        """Keep what one record is found by. Call it in the transaction that changes the record."""
        names = (patient.name, patient.other_names)
        terms = search_terms.terms_of(
            names, patient.phones.splitlines(), patient.emails.splitlines()
        )
        self.filter(patient=patient).delete()
        SearchTerm.objects.bulk_create(
            SearchTerm(patient=patient, record_id=patient.record_id, **term._asdict())
            for term in sorted(terms)
        )

    def write_for_booking(self, appointment: Appointment) -> None:
        """Keep what a booking is found by, as long as it belongs to no patient."""
        self.filter(appointment=appointment).delete()
        if appointment.patient_id:
            return
        terms = search_terms.terms_of(
            [appointment.name, appointment.visitor_name],
            filter(None, [appointment.phone]),
            filter(None, [appointment.email]),
        )
        SearchTerm.objects.bulk_create(
            SearchTerm(appointment=appointment, **term._asdict()) for term in sorted(terms)
        )


class SearchTerm(models.Model):
    """One thing that somebody is found by: a word of a name, or the keyed hash of a contact."""

    class Kind(models.TextChoices):
        NAME = search_terms.NAME
        PHONE = search_terms.PHONE
        LAST_SEVEN = search_terms.LAST_SEVEN
        LAST_FOUR = search_terms.LAST_FOUR
        EMAIL = search_terms.EMAIL

    patient = models.ForeignKey(
        Patient, null=True, on_delete=models.CASCADE, related_name="search_terms"
    )
    # Who stands for that patient: another one once they are merged.
    record = models.ForeignKey(Patient, null=True, on_delete=models.CASCADE, related_name="+")
    appointment = models.ForeignKey(
        Appointment, null=True, on_delete=models.CASCADE, related_name="search_terms"
    )
    kind = models.CharField(max_length=5, choices=Kind.choices)
    term = models.CharField(max_length=search_terms.LONGEST)

    objects = SearchTermQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["kind", "term"], name="search_term"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(patient=None, record=None, appointment__isnull=False)
                | Q(patient__isnull=False, record__isnull=False, appointment=None),
                name="search_term_leads_to_one",
            ),
            models.UniqueConstraint(
                fields=["patient", "kind", "term"], name="search_term_once_a_patient"
            ),
            models.UniqueConstraint(
                fields=["appointment", "kind", "term"], name="search_term_once_a_booking"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.patient or self.appointment}"


def write_patient_again(patient: Patient) -> None:
    SearchTerm.objects.write_for_patient(patient)


def write_booking_again(appointment: Appointment) -> None:
    if appointment.search_terms.exists():
        SearchTerm.objects.write_for_booking(appointment)
