"""Days that differ from the week. Days and hours are wall time at the location."""

from datetime import date, time

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from clinic_site.clinic.models.people import Person
from clinic_site.clinic.time_input import BrowserTimeInput


class ClosureQuerySet(models.QuerySet["Closure"]):
    def touching(self, first: date, last: date) -> "ClosureQuerySet":
        """Those with a day from `first` to `last`."""
        return self.filter(first_day__lte=last, last_day__gte=first)


class Closure(models.Model):
    """Days, or the same hours of some days, that differ from the weekly hours.

    For one person, one place, or both; for the whole clinic if it names neither. All in wall time
    at each location, so that a holiday begins at midnight wherever it is kept. Closed wins over
    extra hours. It never changes an appointment: it lists whom it hits.
    """

    class Kind(models.TextChoices):
        CLOSED = "closed", _("closed")
        EXTRA = "extra", _("extra hours")

    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices, default=Kind.CLOSED)
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="closures",
        help_text=_("Leave empty for everyone."),
    )
    location = models.ForeignKey(
        "clinic.Location",
        verbose_name=_("location"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Leave empty for every location."),
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    begins = models.TimeField(_("from"), null=True, blank=True)
    ends = models.TimeField(_("to"), null=True, blank=True)
    reason = models.CharField(
        _("reason"), max_length=80, blank=True, help_text=_("Patients may see this.")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = ClosureQuerySet.as_manager()

    panels = [
        FieldPanel("kind"),
        FieldRowPanel([FieldPanel("person"), FieldPanel("location")]),
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
        FieldRowPanel(
            [
                FieldPanel("begins", widget=BrowserTimeInput()),
                FieldPanel("ends", widget=BrowserTimeInput()),
            ]
        ),
        FieldPanel("reason"),
    ]

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__lte=F("last_day")),
                name="closure_begins_before_it_ends",
                violation_error_message=_("The last day can’t be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(begins__isnull=True, ends__isnull=True)
                | Q(begins__isnull=False, ends__isnull=False),
                name="closure_has_both_times_or_none",
                violation_error_message=_("Please enter both times, or neither for whole days."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="extra") | Q(begins__isnull=False),
                name="extra_hours_have_times",
                violation_error_message=_("Please enter when the extra hours begin and end."),
            ),
            models.CheckConstraint(
                condition=Q(begins__isnull=True) | ~Q(begins=F("ends")) | Q(begins=time(0)),
                name="closure_takes_some_time",
                violation_error_message=_("The hours can’t begin and end at the same time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.days}"

    @property
    def days(self) -> str:
        """Say them: "Wed, Jan 6, 2027", "Wed, Jan 6 – Fri, Jan 8, 2027"."""
        if not (self.first_day and self.last_day):
            return ""
        first, last = (
            format_date(day, str(_("D, M j, Y"))) for day in (self.first_day, self.last_day)
        )
        if self.first_day == self.last_day:
            return last
        if self.first_day.year == self.last_day.year:
            first = format_date(self.first_day, str(_("D, M j")))
        return f"{first} – {last}"


class ExtraHoursManager(models.Manager["ExtraHours"]):
    def get_queryset(self) -> models.QuerySet["ExtraHours"]:
        return super().get_queryset().filter(kind=Closure.Kind.EXTRA)


class ExtraHours(Closure):
    """The closures that open: the same rows, under the name that people look for."""

    objects = ExtraHoursManager()  # type: ignore[assignment,misc]

    class Meta:
        proxy = True
        default_permissions = ()  # whoever may close may open
        verbose_name = _("extra hours")
        verbose_name_plural = _("extra hours")
