"""Which emails an appointment had, and which of them did not arrive."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from booking.models.appointments import Appointment
from clinic_site.mail.models import OutgoingMail


class AppointmentEmailQuerySet(models.QuerySet["AppointmentEmail"]):
    def undelivered(self) -> "AppointmentEmailQuerySet":
        """Those that did not arrive and in place of which nobody has been asked to call yet."""
        return self.filter(mail__state=OutgoingMail.State.FAILED, given_up_at__isnull=True)


class AppointmentEmail(models.Model):
    """An email about an appointment, so that the desk learns when it did not arrive."""

    appointment = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, related_name="sent_emails"
    )
    mail = models.OneToOneField(OutgoingMail, on_delete=models.CASCADE, related_name="+")
    # When the desk was asked to call in its place.
    given_up_at = models.DateTimeField(null=True)

    objects = AppointmentEmailQuerySet.as_manager()

    class Meta:
        verbose_name = _("email about an appointment")
        verbose_name_plural = _("emails about appointments")

    def __str__(self) -> str:
        return str(self.appointment)
