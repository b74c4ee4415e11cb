"""A request in progress."""

from django.utils.translation import gettext_lazy as _

from clinic_site.forms.drafts import Draft


class BookingDraft(Draft):
    """What has been answered of a booking that is not sent yet."""

    class Meta:
        verbose_name = _("request in progress")
        verbose_name_plural = _("requests in progress")

    def __str__(self) -> str:
        return f"request in progress {self.pk}"
