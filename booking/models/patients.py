"""Who comes to the clinic: a record of each, kept by the front desk."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic_site.clinic import phone
from clinic_site.history.append_only import AppendOnlyModel
from clinic_site.privacy.encryption import EncryptedTextField


class PatientQuerySet(models.QuerySet["Patient"]):
    def records(self) -> "PatientQuerySet":
        """Those that stand for somebody, with what has been merged into them."""
        return self.filter(merged_into=None).prefetch_related("merged")

    def with_bookers(self) -> "PatientQuerySet":
        """With who books for them, in two queries more."""
        return self.prefetch_related("bookers__booker__merged")


class Patient(models.Model):
    """One person who comes, or who books for somebody.

    A record that is merged into another one stays as it was, so that they can be taken apart
    again: what is shown of a person is the record with all that is merged into it, its family.
    What is merged into is never merged itself.
    """

    name = models.CharField(_("name"), max_length=80)
    other_names = models.CharField(_("other names"), max_length=80, blank=True)
    phones = EncryptedTextField(_("phone numbers"), blank=True, shown=True)  # E.164, one a line
    emails = EncryptedTextField(_("email addresses"), blank=True, shown=True)  # one a line
    access_needs = EncryptedTextField(_("access needs"), blank=True, shown=True)
    note = EncryptedTextField(_("internal note"), blank=True, shown=True)  # in no email
    # Grows with every change; what is typed on a stale page hits no row.
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    merged_into = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="merged"
    )

    objects = PatientQuerySet.as_manager()

    class Meta:
        verbose_name = _("patient")
        verbose_name_plural = _("patients")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
                name="patient_is_not_merged_into_itself",
            )
        ]

    def __str__(self) -> str:
        # The number alone: this text reaches logs, which hold no names.
        return f"patient {self.pk}"

    @property
    def family(self) -> list["Patient"]:
        """This record and those that are merged into it."""
        return [self, *self.merged.all()]

    @property
    def family_ids(self) -> list[int]:
        return [record.pk for record in self.family]

    @property
    def record_id(self) -> int:
        """The record that stands for this person."""
        return self.merged_into_id or self.pk

    @property
    def names(self) -> list[str]:
        """All names that somebody goes by, the first one first."""
        return _unique(name for one in self.family for name in (one.name, one.other_names))

    @property
    def phone_numbers(self) -> list[str]:
        """All numbers, E.164."""
        return _unique(number for one in self.family for number in one.phones.splitlines())

    @property
    def readable_numbers(self) -> list[str]:
        return [phone.readable(number) for number in self.phone_numbers]

    @property
    def email_addresses(self) -> list[str]:
        return _unique(email for one in self.family for email in one.emails.splitlines())

    @property
    def needs(self) -> list[str]:
        return _unique(one.access_needs for one in self.family)

    @property
    def notes(self) -> list[str]:
        return _unique(one.note for one in self.family)

    @property
    def booked_by(self) -> list["Patient"]:
        """Who books for this person."""
        return _records(row.booker for one in self.family for row in one.bookers.all())

    @property
    def books_for(self) -> list["Patient"]:
        """Whom this person books for."""
        return _records(row.patient for one in self.family for row in one.dependents.all())


def _unique(texts: Iterable[str]) -> list[str]:
    return [*dict.fromkeys(text for text in texts if text)]


def _records(patients: Iterable[Patient]) -> list[Patient]:
    return [*dict.fromkeys(one.merged_into or one for one in patients)]


class BookedBy(models.Model):
    """Somebody books for somebody else: a parent for a child."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="bookers")
    booker = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="dependents")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "booker"], name="booked_by_once"),
            models.CheckConstraint(
                condition=~Q(patient=F("booker")), name="booked_by_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booker} books for {self.patient}"


class PatientEvent(AppendOnlyModel):
    """One line of a patient's history: what was done, by whom; never what it said."""

    class EventType(models.TextChoices):
        CREATED = "created", _("record made")
        CHANGED = "changed", _("details changed")
        ATTACHED = "attached", _("booking assigned")
        DETACHED = "detached", _("booking taken out")
        MERGED = "merged", _("merged")
        TAKEN_APART = "apart", _("taken apart")

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(_("when"), default=timezone.now)
    event_type = models.CharField(_("what"), max_length=8, choices=EventType.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    appointment = models.ForeignKey(
        "booking.Appointment", null=True, on_delete=models.CASCADE, related_name="patient_events"
    )
    other = models.ForeignKey(Patient, null=True, on_delete=models.CASCADE, related_name="+")
    changed: Any = models.JSONField(default=list)  # the names of the fields

    class Meta:
        verbose_name = _("event of a patient")
        verbose_name_plural = _("events of patients")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.patient}: {self.event_type}"
