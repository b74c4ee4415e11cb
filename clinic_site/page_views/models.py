from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class DailyCountQuerySet(models.QuerySet["DailyCount"]):
    def since(self, first: date) -> "DailyCountQuerySet":
        return self.filter(day__gte=first)

    def of(self, kind: "DailyCount.Kind") -> "DailyCountQuerySet":
        return self.filter(kind=kind)


class DailyCount(models.Model):
    """How often something happened on one day at the clinic: a sum, and nothing about anybody."""

    class Kind(models.TextChoices):
        PAGE = "page", _("views of a page")
        SITE = "site", _("views that came from another site")
        WORD = "word", _("searches with a word")
        BOOKING = "booking", _("bookings started from a page")

    day = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind)
    # The address of a page, the name of a host, or a word. Empty for those that were too many.
    name = models.CharField(max_length=500, blank=True)
    number = models.PositiveIntegerField()

    objects = DailyCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("daily count")
        verbose_name_plural = _("daily counts")
        constraints = [
            models.UniqueConstraint(fields=["kind", "day", "name"], name="page_views_count_once")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind} {self.name}: {self.number}"
