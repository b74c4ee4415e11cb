"""What has happened to an appointment, by whom: lines that are only ever added."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.models.appointments import Appointment
from booking.models.practitioners import Practitioner
from clinic_site.history.append_only import AppendOnlyModel
from clinic_site.privacy.encryption import EncryptedTextField


class AppointmentEvent(AppendOnlyModel):
    """One line of an appointment's history. Lines are only ever added."""

    class EventType(models.TextChoices):
        REQUESTED = "requested", _("requested")
        BOOKED = "booked", _("booked")
        PROPOSED = "proposed", _("other times proposed")
        ACCEPTED = "accepted", _("a proposed time accepted")
        CONFIRMED = "confirmed", _("confirmed")
        MOVED = "moved", _("moved")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("offer withdrawn")
        EXPIRED = "expired", _("expired")
        CANCELED = "canceled", _("canceled")
        ARRIVED = "arrived", _("arrived")
        COMPLETED = "completed", _("completed")
        NO_SHOW = "no_show", _("no-show")
        REOPENED = "reopened", _("set back to confirmed")
        CORRECTED = "corrected", _("corrected")
        UNDONE = "undone", _("undone")

    class Actor(models.TextChoices):
        PATIENT = "patient", _("the patient")
        DESK = "desk", _("the front desk")
        SITE = "site", _("the site itself")

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(_("when"), default=timezone.now)
    event_type = models.CharField(_("what"), max_length=9, choices=EventType.choices, blank=True)
    actor = models.CharField(
        _("who"),
        max_length=7,
        choices=Actor.choices,
        default=Actor.DESK,
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("staff member"),
        null=True,  # the patient, the site, or somebody who has left
        on_delete=models.SET_NULL,
        related_name="+",
    )
    from_state = models.CharField(max_length=9, choices=Appointment.State.choices, blank=True)
    to_state = models.CharField(max_length=9, choices=Appointment.State.choices)
    from_starts_at = models.DateTimeField(_("time before"), null=True)
    starts_at = models.DateTimeField(_("time"), null=True)
    from_practitioner = models.ForeignKey(
        Practitioner, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    practitioner = models.ForeignKey(
        Practitioner, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Whether the clinic calls it off itself, as when somebody is ill: no patient has canceled late.
    by_clinic = models.BooleanField(default=False)
    note = EncryptedTextField(_("note"), max_length=500, blank=True, shown=True)
    # Which details were corrected, by their names; what they were is not kept.
    details = models.CharField(_("details"), max_length=200, blank=True)
    # The change that this one takes back: each at most once.
    undoes = models.OneToOneField(
        "self", null=True, on_delete=models.CASCADE, related_name="undone_by"
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.appointment}: {self.to_state}"
