"""Those whom people come to see, and when they work. Hours are wall time at the location."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Max, Q
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from clinic_site.admin.colors import Color, ColoredModel
from clinic_site.clinic.initials import initials_of
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.models.people import Person
from clinic_site.clinic.time_input import BrowserTimeInput
from clinic_site.privacy.secret_links import SecretLink

if TYPE_CHECKING:
    from booking.models.catalog import Service


class PractitionerQuerySet(models.QuerySet["Practitioner"]):
    def active(self) -> "PractitionerQuerySet":
        """Those who can be booked, in the order of the team."""
        return (
            self.filter(active=True)
            .select_related("person")
            .order_by("person__sort_order", "person__name", "pk")
        )

    def providing(self, service: "Service", location: Location) -> "PractitionerQuerySet":
        """The active ones who do `service` at `location`."""
        return self.active().filter(assignments__service=service, assignments__location=location)

    def at(self, location: Location) -> "PractitionerQuerySet":
        """The active ones who do anything at `location`."""
        return self.active().filter(assignments__location=location).distinct()

    def booked_beyond_their_file(self, now: datetime) -> list["Practitioner"]:
        """Those whom patients can book later than their calendar file was read for."""
        read = self.active().filter(busy_known_until__isnull=False)
        furthest = read.annotate(days=Max("assignments__service__horizon_days"))
        return [
            practitioner
            for practitioner in furthest
            if (until := practitioner.busy_known_until)
            and until < now + timedelta(days=practitioner.days or 0)
        ]


class Practitioner(ColoredModel):
    """A person of the clinic whose time can be booked. Where they work, their assignments say."""

    person = models.OneToOneField(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="practitioner"
    )
    active = models.BooleanField(_("can be booked"), default=True)
    # Up to when a calendar file was read; empty if no busy times are taken from one.
    busy_known_until = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PractitionerQuerySet.as_manager()

    class Meta:
        verbose_name = _("practitioner")
        verbose_name_plural = _("practitioners")
        ordering = ["person__sort_order", "person__name"]
        # Whose, the account of the person says.
        permissions = [("see_own_calendar", "Can see the calendar of their own")]
        constraints = [
            models.CheckConstraint(
                condition=Q(color__in=Color.values), name="practitioner_has_a_color"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.person.name

    @property
    def sign(self) -> str:
        """Stands beside the color."""
        return initials_of(self.name)


class WeeklyHours(models.Model):
    """One span of one weekday on which somebody works somewhere, in wall time.

    A span whose end is not later than its beginning ends on the following day: 20:00–02:00 runs
    past midnight, 13:00–00:00 until midnight, 00:00–00:00 all day.
    """

    practitioner = models.ForeignKey(
        Practitioner,
        verbose_name=_("practitioner"),
        on_delete=models.CASCADE,
        related_name="weekly_hours",
    )
    location = models.ForeignKey(
        Location, verbose_name=_("location"), on_delete=models.PROTECT, related_name="+"
    )
    weekday = models.PositiveSmallIntegerField(_("day"), choices=list(WEEKDAYS.items()))
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)

    panels = [
        FieldPanel("location"),
        FieldRowPanel(
            [
                FieldPanel("weekday"),
                FieldPanel("begins", widget=BrowserTimeInput()),
                FieldPanel("ends", widget=BrowserTimeInput()),
            ]
        ),
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
    ]

    class Meta:
        verbose_name = _("weekly hours")
        verbose_name_plural = _("weekly hours")
        ordering = ["weekday", "begins"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lt=7), name="weekly_hours_on_a_weekday"),
            models.CheckConstraint(
                condition=~Q(begins=F("ends")) | Q(begins=time(0)),
                name="weekly_hours_take_some_time",
                violation_error_message=_("The hours can’t begin and end at the same time."),
            ),
            models.CheckConstraint(
                condition=Q(first_day__isnull=True)
                | Q(last_day__isnull=True)
                | Q(first_day__lte=F("last_day")),
                name="weekly_hours_begin_before_they_end",
                violation_error_message=_("The last day can’t be before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.begins:%H:%M}–{self.ends:%H:%M}"


class CalendarFeed(SecretLink):
    """A private address from which a practitioner's own calendar reads. It names no patient."""

    class Detail(models.TextChoices):
        BUSY = "busy", _("busy times only")
        REFERENCE = "reference", _("with the references")

    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    detail = models.CharField(
        _("what it shows"), max_length=9, choices=Detail.choices, default=Detail.BUSY
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    read_at = models.DateTimeField(_("last read"), null=True)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")

    def __str__(self) -> str:
        return f"{self.practitioner}: {self.get_detail_display()}"
