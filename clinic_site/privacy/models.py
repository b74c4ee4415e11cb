from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clinic_site.privacy.encryption import EncryptedTextField


class KeyCheck(models.Model):
    """A known text under one key, for as long as anything in the database may be under it."""

    key_id = models.CharField(max_length=8, unique=True)
    sealed = models.TextField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key_id


class KeptSecret(models.Model):
    """See `clinic_site.privacy.kept_secrets`."""

    purpose = models.CharField(max_length=40, unique=True)
    text = EncryptedTextField()

    class Meta:
        verbose_name = _("secret of the site")
        verbose_name_plural = _("secrets of the site")
        default_permissions = ()

    def __str__(self) -> str:
        return self.purpose


class RetentionPeriod(models.Model):
    """How many days the owners want something kept; without a row, as long as its rule says."""

    key = models.CharField(max_length=40, unique=True)
    days = models.PositiveIntegerField(_("days"))

    class Meta:
        verbose_name = _("retention period")
        verbose_name_plural = _("retention periods")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(days__gt=0), name="retention_period_is_some_time")
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.days}"
