"""Classes that meet every week."""

import json
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from booking.models.catalog import MOST_SEATS, Service
from booking.models.practitioners import Practitioner
from clinic_site.clinic.models.locations import Location


class ClassScheduleQuerySet(models.QuerySet["ClassSchedule"]):
    def running(self, now: datetime) -> "ClassScheduleQuerySet":
        """Those that may still bring sessions, as far as the date tells."""
        today = now.date()
        return self.filter(Q(last_day=None) | Q(last_day__gte=today)).select_related(
            "service", "location", "practitioner__person"
        )


class ClassSchedule(models.Model):
    """A class that meets every week on one day, in wall time at its location."""

    service = models.ForeignKey(
        Service, verbose_name=_("class"), on_delete=models.PROTECT, related_name="schedules"
    )
    location = models.ForeignKey(
        Location, verbose_name=_("location"), on_delete=models.PROTECT, related_name="+"
    )
    practitioner = models.ForeignKey(
        Practitioner,
        verbose_name=_("practitioner"),
        on_delete=models.PROTECT,
        related_name="class_schedules",
    )
    weekday = models.PositiveSmallIntegerField(_("day"), choices=list(WEEKDAYS.items()))
    begins = models.TimeField(_("from"))
    seats = models.PositiveSmallIntegerField(_("seats"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"), null=True, blank=True)
    # When it was ended or changed, and JSON of what it and its dates were before that.
    changed_at = models.DateTimeField(null=True, editable=False)
    before = models.TextField(blank=True, editable=False)

    objects = ClassScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("weekly class")
        verbose_name_plural = _("weekly classes")
        ordering = ["weekday", "begins", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lt=7), name="weekly_class_on_a_weekday"),
            models.CheckConstraint(
                condition=Q(seats__gte=1, seats__lte=MOST_SEATS), name="weekly_class_has_seats"
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="weekly_class_ends_after_its_first_day",
                violation_error_message=_("The last day can’t be before the first."),
            ),
        ]

    @property
    def kept(self) -> dict[str, Any] | None:
        """What its last change has written over, while that is kept."""
        return json.loads(self.before) if self.before else None

    def __str__(self) -> str:
        return f"{self.service}: {self.get_weekday_display()} {self.begins:%H:%M}"
