from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic_site.privacy.secret_links import SecretLink


class StaffInvitation(SecretLink):
    """A link by which somebody makes an account of their own, once. Then it is deleted."""

    email = models.EmailField(_("email address"), max_length=150)  # the user name it becomes
    roles = models.ManyToManyField(Group, related_name="+")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["created_at"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(Lower("email"), name="staff_address_is_invited_once")
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def has_ended(self) -> bool:
        return self.expires_at is not None and self.expires_at <= timezone.now()


class DepartureQuerySet(models.QuerySet["Departure"]):
    def standing(self) -> "DepartureQuerySet":
        """Those that have not been taken back."""
        return self.filter(taken_back_at=None)


class Departure(models.Model):
    """Somebody of the staff has left: when, and which records were handed to whom."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="departures"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    handed_over = models.JSONField(default=dict)  # by duty: numbers of records and people
    taken_back_at = models.DateTimeField(null=True)

    objects = DepartureQuerySet.as_manager()

    class Meta:
        verbose_name = _("departure")
        verbose_name_plural = _("departures")
        ordering = ["-at"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(taken_back_at=None), name="staff_leave_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.at:%Y-%m-%d}"
