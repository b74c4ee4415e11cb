from collections.abc import Collection, Iterable
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from clinic_site.clinic import opening_hours, phone
from clinic_site.clinic.models.arrival import ArrivalFacts
from clinic_site.clinic.models.closures import Closure
from clinic_site.clinic.opening_hours import DAY, days_between
from clinic_site.clinic.phone_input import PhoneInput, clean_phone
from clinic_site.clinic.region.addresses import WrittenAddress
from clinic_site.clinic.region.countries import CHOICES, HOME

# Closures are told from as many days before.
WEEK = timedelta(days=7)


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("Please enter a time zone, like America/Los_Angeles."))


class LocationForm(WagtailAdminModelForm):
    def clean_phone(self) -> str:
        """Keep the number as it is written; it has its area code, offered from one known before."""
        text: str = self.cleaned_data["phone"]
        known = [self.initial.get("phone"), *Location.objects.values_list("phone", flat=True)[:1]]
        near = next(filter(None, known), "")
        country = self.cleaned_data.get("country", "")
        if country and country != phone.region_of(near, country):
            near = ""  # another country's area codes are of no help
        clean_phone(text, self.fields["phone"].widget, near=near, region=country)
        return text


class Location(WrittenAddress, ArrivalFacts):
    """A place where the clinic sees people."""

    name = models.CharField(_("name"), max_length=80)
    country = models.CharField(
        _("country"),
        max_length=2,
        choices=CHOICES,
        default=HOME.code,
        help_text=_("How the address is written, and which holidays there are, follows from it."),
    )
    street = models.CharField(_("street and suite"), max_length=120)
    city = models.CharField(_("city"), max_length=80)
    region = models.CharField(_("state or province"), max_length=40, blank=True)
    postcode = models.CharField(_("ZIP or postal code"), max_length=16)
    phone = models.CharField(_("phone"), max_length=40)
    email = models.EmailField(
        _("email"), help_text=_("Patients’ replies and the front desk’s email arrive here.")
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        default="America/Los_Angeles",
        validators=[validate_time_zone],
        help_text=_("As in the time zone database, like America/Los_Angeles."),
    )
    hours_note = models.TextField(
        _("note about the hours"),
        blank=True,
        default="",
        help_text=_("Anything else: “Closed between Christmas and New Year’s.”"),
    )
    map_url = models.URLField(_("map link"), blank=True)
    directions = models.TextField(_("how to get there"), blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_(
            "In degrees. North of the equator is positive. Maps and search engines use it."
        ),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("In degrees. West of Greenwich is negative."),
    )

    panels = [
        FieldPanel("name"),
        MultiFieldPanel(
            [
                FieldPanel("country"),
                FieldPanel("street"),
                FieldRowPanel(
                    [FieldPanel("city"), FieldPanel("region"), FieldPanel("postcode")],
                ),
            ],
            heading=_("Address"),
        ),
        FieldRowPanel([FieldPanel("phone", widget=PhoneInput), FieldPanel("email")]),
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
        MultiFieldPanel(ArrivalFacts.panels, heading=_("Arriving")),
    ]

    base_form_class = LocationForm

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90)),
                name="location_latitude_on_earth",
                violation_error_message=_("Latitude is between -90 and 90 degrees."),
            ),
            models.CheckConstraint(
                condition=Q(longitude__range=(-180, 180)),
                name="location_longitude_on_earth",
                violation_error_message=_("Longitude is between -180 and 180 degrees."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="location_latitude_with_longitude",
                violation_error_message=_("Please enter both latitude and longitude, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        super().clean_fields(exclude=exclude)
        if "phone" not in (exclude or ()):
            try:
                clean_phone(self.phone, PhoneInput(), region=self.country)
            except ValidationError as error:
                raise ValidationError({"phone": error}) from error

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def phone_uri(self) -> str:
        return phone.uri(self.phone, self.country)

    @property
    def today(self) -> date:
        return timezone.localdate(timezone=self.zone)

    @property
    def hours(self) -> list[opening_hours.DaysAlike]:
        """The usual week, as people read it."""
        return opening_hours.by_days(self.opening_hours.all())

    @property
    def hours_today(self) -> list[opening_hours.OpenHours] | None:
        return self.open_on(self.today)

    def open_on(self, day: date) -> list[opening_hours.OpenHours] | None:
        """Return the hours of a day, closures and extra hours included: none if it is closed.

        None if nobody has told the hours of this place.
        """
        ahead = self.today <= day <= self.today + WEEK
        changes = self.closures_ahead if ahead else self.closures_between(day, day)
        return opening_hours.open_on(day, self.opening_hours.all(), changes)

    @cached_property
    def closures_ahead(self) -> list[Closure]:
        """What differs from the usual week, for everybody, in the week from now."""
        return self.closures_between(self.today, self.today + WEEK)

    def closures_between(self, first: date, last: date) -> list[Closure]:
        """Read what differs from the usual week for all who work here, from one day to another.

        With a day more on either side: hours may run past midnight.
        """
        ahead = Closure.objects.touching(first - DAY, last + DAY)
        return list(ahead.filter(Q(location=self) | Q(location=None), person=None))

    @property
    def closures_told(self) -> list[str]:
        """Say what differs from the usual week, from a week before: "Closed Thursday, Nov 26"."""
        today, until = self.today, self.today + WEEK
        return [
            opening_hours.describe(closure)
            for closure in self.closures_ahead
            if closure.last_day >= today
            and closure.first_day <= until
            and self._is_news(closure, today, until)
        ]

    def _is_news(self, closure: Closure, today: date, until: date) -> bool:
        """Tell whether somebody might come on these days: not if the place is closed anyway."""
        weekdays = {span.weekday for span in self.opening_hours.all()}
        days = days_between(max(closure.first_day, today), min(closure.last_day, until))
        extra = closure.kind == Closure.Kind.EXTRA
        return extra or not weekdays or any(day.weekday() in weekdays for day in days)

    @property
    def tells_hours(self) -> bool:
        """Tell whether there is anything to say of when this place is open."""
        return bool(self.opening_hours.all() or self.closures_told)

    @property
    def special_hours(self) -> list[tuple[date, list[opening_hours.OpenHours]]]:
        """The days of the coming week whose hours differ from the usual, with these hours."""
        week = list(self.opening_hours.all())
        days = days_between(self.today, self.today + WEEK)
        told = ((day, self.open_on(day), opening_hours.open_on(day, week, [])) for day in days)
        return [(day, hours) for day, hours, usual in told if hours is not None and hours != usual]


def read_closures_ahead(locations: Iterable[Location]) -> None:
    """Read the closures of the coming week for all of them at once, before hours are shown."""
    locations = list(locations)
    days = [location.today for location in locations]
    if not days:
        return
    ahead = Closure.objects.touching(min(days) - DAY, max(days) + WEEK + DAY).filter(person=None)
    for location in locations:
        location.closures_ahead = [
            closure for closure in ahead if closure.location_id in (None, location.pk)
        ]


class OpeningHours(models.Model):
    """One span of one weekday, in wall time at the location."""

    location = ParentalKey(Location, on_delete=models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("day"), choices=list(WEEKDAYS.items()))
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    # A span of every week, as `opening_hours.WeeklySpan` has it.
    first_day = last_day = None

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

    @property
    def begins(self) -> time:
        return self.opens

    @property
    def ends(self) -> time:
        return self.closes

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"
