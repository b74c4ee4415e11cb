from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Alarm(models.Model):
    """A problem that somebody has been told of; it goes when the problem has."""

    problem = models.CharField(max_length=100, unique=True)  # the name of the problem
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("alarm")
        verbose_name_plural = _("alarms")
        default_permissions = ()
        permissions = [("see_health", "Can see how the site is doing, and is told of problems")]

    def __str__(self) -> str:
        return self.problem
