from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from clinic_site.clinic import opening_hours, phone

if TYPE_CHECKING:
    pass


def validate_phone(text: str) -> None:
    try:
        phone.normalise(text)
    except ValueError:
        raise ValidationError(_("Please give a phone number with its area code.")) from None


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("Please give a time zone such as America/Los_Angeles."))


class Location(ClusterableModel):
    """A place where the clinic sees people."""

    name = models.CharField(_("name"), max_length=80)
    street = models.CharField(_("street and suite"), max_length=120)
    city = models.CharField(_("city"), max_length=80)
    region = models.CharField(_("state or region"), max_length=40, blank=True)
    postcode = models.CharField(_("postcode"), max_length=16)
    phone = models.CharField(_("phone"), max_length=40, validators=[validate_phone])
    email = models.EmailField(
        _("email"), help_text=_("Patients' answers and the front desk's mails arrive here.")
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default="America/Los_Angeles",
        validators=[validate_time_zone],
        help_text=_("Its name in the time zone database, for example America/Los_Angeles."),
    )
    hours_note = models.TextField(
        _("words on the hours"),
        blank=True,
        default="",
        help_text=_("What the week does not tell: “Closed between Christmas and New Year.”"),
    )
    map_url = models.URLField(_("map link"), blank=True)
    directions = models.TextField(_("how to get there"), blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("In degrees, north of the equator positive; maps and search engines use it."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("In degrees, west of Greenwich negative."),
    )

    panels = [
        FieldPanel("name"),
        MultiFieldPanel(
            [
                FieldPanel("street"),
                FieldRowPanel(
                    [FieldPanel("city"), FieldPanel("region"), FieldPanel("postcode")],
                ),
            ],
            heading=_("Address"),
        ),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
        FieldPanel("time_zone"),
        InlinePanel("opening_hours", heading=_("Opening hours"), label=_("Opening hours")),
        FieldPanel("hours_note"),
        MultiFieldPanel(
            [
                FieldPanel("map_url"),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldPanel("directions"),
            ],
            heading=_("Finding us"),
        ),
    ]

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90)),
                name="location_latitude_on_earth",
                violation_error_message=_("A latitude lies between -90 and 90 degrees."),
            ),
            models.CheckConstraint(
                condition=Q(longitude__range=(-180, 180)),
                name="location_longitude_on_earth",
                violation_error_message=_("A longitude lies between -180 and 180 degrees."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="location_latitude_with_longitude",
                violation_error_message=_("Please give both latitude and longitude, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def phone_uri(self) -> str:
        return phone.uri(self.phone)

    @property
    def hours(self) -> list[opening_hours.DaysAlike]:
        return opening_hours.by_days(self.opening_hours.all())

    @property
    def hours_today(self) -> list["OpeningHours"]:
        today = timezone.localdate(timezone=self.zone).weekday()
        return [span for span in self.opening_hours.all() if span.weekday == today]


class OpeningHours(models.Model):
    """One span of one weekday, in wall time at the location."""

    location = ParentalKey(Location, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=list(WEEKDAYS.items()))
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    panels = [
        FieldRowPanel(
            [
                FieldPanel("weekday"),
                # The browser's own field: Wagtail's takes "8 am" for the present time.
                FieldPanel("opens", widget=forms.TimeInput(attrs={"type": "time"})),
                FieldPanel("closes", widget=forms.TimeInput(attrs={"type": "time"})),
            ]
        ),
    ]

    class Meta:
        verbose_name = _("opening hours")
        verbose_name_plural = _("opening hours")
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens__lt=F("closes")),
                name="opening_hours_open_before_they_close",
                violation_error_message=_("The closing time must be later than the opening time."),
            ),
            models.UniqueConstraint(
                fields=["location", "weekday", "opens"], name="opening_hours_once_a_day_and_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"
