"""The private ways of a patient to one appointment."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.models.appointments import Appointment
from clinic_site.privacy.encryption import EncryptedTextField
from clinic_site.privacy.secret_links import SecretLink


class ManageLink(SecretLink):
    """A patient's private way to one appointment."""

    appointment = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, related_name="manage_links"
    )

    class Meta:
        verbose_name = _("private link")
        verbose_name_plural = _("private links")

    def __str__(self) -> str:
        return str(self.appointment)


class ReturnCode(models.Model):
    """Letters that a patient without an email address has written down."""

    appointment = models.OneToOneField(
        Appointment, on_delete=models.CASCADE, related_name="return_code"
    )
    letters = EncryptedTextField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("letters to write down")
        verbose_name_plural = _("letters to write down")

    def __str__(self) -> str:
        return str(self.appointment)
