"""What is remembered of erasures, and a search that is under way."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic_site.forms.drafts import Draft


class Erasure(models.Model):
    """That a row was erased on request: a keyed hash of it, so that a backup cannot bring it back.

    It names nobody: from the hash no row is found but one that is there again.
    """

    row_hash = models.CharField(max_length=64, unique=True)
    erased_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        default_permissions = ()
        permissions = [("answer_data_requests", "Can show, hand over and erase people’s data")]

    def __str__(self) -> str:
        return self.row_hash[:8]


class DataRequestDraft(Draft):
    """Who is looked for, and what was chosen of it; for two hours."""

    class Meta:
        verbose_name = _("data request in progress")
        verbose_name_plural = _("data requests in progress")
        default_permissions = ()

    def __str__(self) -> str:
        return f"data request in progress {self.pk}"
