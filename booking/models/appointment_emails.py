"""Which emails an appointment had, which of them did not arrive, and the one after the visit."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from booking.models.appointments import Appointment
from booking.models.events import AppointmentEvent
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.outbox import cancel_emails


class AppointmentEmailQuerySet(models.QuerySet["AppointmentEmail"]):
    def undelivered(self) -> "AppointmentEmailQuerySet":
        """Those that did not arrive and in place of which nobody has been asked to call yet."""
        return self.filter(email__state=OutgoingEmail.State.FAILED, given_up_at__isnull=True)

    def withhold(self, appointment: Appointment) -> "AppointmentEmail | None":
        """Delete what would tell of the desk's changes and has not left yet; return it if any."""
        waiting = self.filter(appointment=appointment, since__isnull=False)
        waiting = waiting.select_related("since", "event", "email").order_by("-pk")
        # At most the last one waits: it has taken the place of those before.
        last = waiting.filter(email__state=OutgoingEmail.State.WAITING).first()
        return last if last and cancel_emails([last.email_id]) else None


class AppointmentEmail(models.Model):
    """An email about an appointment, so that the desk learns when it did not arrive."""

    appointment = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, related_name="sent_emails"
    )
    # That of a course tells of several of its visits, each by a row.
    email = models.ForeignKey(OutgoingEmail, on_delete=models.CASCADE, related_name="+")
    # The last change that it tells of and, of one that waits out the grace, the first.
    since = models.ForeignKey(
        AppointmentEvent, null=True, on_delete=models.CASCADE, related_name="+"
    )
    event = models.ForeignKey(
        AppointmentEvent, null=True, on_delete=models.CASCADE, related_name="emails"
    )
    # When the desk was asked to call in its place.
    given_up_at = models.DateTimeField(null=True)

    objects = AppointmentEmailQuerySet.as_manager()

    class Meta:
        verbose_name = _("email about an appointment")
        verbose_name_plural = _("emails about appointments")

    def __str__(self) -> str:
        return str(self.appointment)


class NextVisitEmail(models.Model):
    """The email after a visit that leads to booking the next: decided once for each visit."""

    appointment = models.OneToOneField(
        Appointment, on_delete=models.CASCADE, related_name="next_visit_email"
    )
    # When it was sent, or left out for good.
    decided_at = models.DateTimeField(null=True)
    # When the patient said that they want none, after any visit.
    declined_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("email after a visit")
        verbose_name_plural = _("emails after visits")

    def __str__(self) -> str:
        return str(self.appointment)
