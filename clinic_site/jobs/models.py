from django.db import models
from django.utils.translation import gettext_lazy as _


class JobSchedule(models.Model):
    """When a periodic job of the worker is due next."""

    name = models.CharField(max_length=80, primary_key=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class JobStatus(models.Model):
    """How a periodic job or a queue fares: one row each, for whoever looks after the site.

    It holds no personal data: of an error the kind and the place in the code, not its words.
    """

    name = models.CharField(_("job"), max_length=80, primary_key=True)
    started_at = models.DateTimeField(_("last started"), null=True)
    succeeded_at = models.DateTimeField(_("last success"), null=True)
    failed_at = models.DateTimeField(_("last failure"), null=True)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("job status")
        verbose_name_plural = _("job statuses")

    def __str__(self) -> str:
        return self.name
