"""What the clinic does for people, and who does it where."""

from string import ascii_uppercase
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import Page, TranslatableMixin

from booking.models.practitioners import Practitioner, PractitionerQuerySet
from clinic_site.admin.colors import Color, ColoredModel, ColorSelect
from clinic_site.clinic.initials import initials_of
from clinic_site.clinic.models.locations import Location

MOST_SEATS = 60


class ServiceQuerySet(models.QuerySet["Service"]):
    def bookable(self) -> "ServiceQuerySet":
        """The services that patients may ask for, in the clinic's own order."""
        return self.filter(active=True).order_by("sort_order", "name")

    def online(self) -> "ServiceQuerySet":
        """Those of them that are booked on the site, not by phone alone."""
        return self.bookable().exclude(mode=Service.Mode.BY_PHONE)


class Service(TranslatableMixin, ColoredModel):
    """Something the clinic does for people, of a set length."""

    class Mode(models.TextChoices):
        AT_ONCE = "at_once", _("confirmed at once")
        ON_REQUEST = "on_request", _("on request: the front desk answers")
        BY_PHONE = "by_phone", _("by phone only")

    class Pictogram(models.TextChoices):
        """What `templates/components/pictogram.html` draws."""

        TALK = "talk", _("two people talking")
        LOOK = "look", _("a spine beside a plumb line")
        EXERCISE = "exercise", _("an exercise on the floor")
        STRENGTH = "strength", _("a weight")
        HANDS = "hands", _("hands on a back")
        GROUP = "group", _("a group")

    # A start lies on the clock's full steps of so many minutes; each divides an hour.
    class Grid(models.IntegerChoices):
        FIVE = 5, _("every 5 minutes")
        TEN = 10, _("every 10 minutes")
        QUARTER = 15, _("every 15 minutes")
        TWENTY = 20, _("every 20 minutes")
        HALF = 30, _("every half hour")
        HOUR = 60, _("on the hour")

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    description = models.TextField(_("what it is, and for whom"), max_length=300)
    audience = models.CharField(
        _("who it’s for"),
        max_length=160,
        blank=True,
        help_text=_("In a few words, like “anyone who is new here.”"),
    )
    mode = models.CharField(
        _("how it’s booked"),
        max_length=10,
        choices=Mode.choices,
        default=Mode.ON_REQUEST,
    )
    duration_minutes = models.PositiveSmallIntegerField(_("length in minutes"))
    buffer_minutes = models.PositiveSmallIntegerField(_("minutes kept free after it"), default=0)
    seats = models.PositiveSmallIntegerField(
        _("seats, if it’s a class"),
        default=0,
        blank=True,
        help_text=_("How many can come at once. Enter 0 if people come one at a time."),
    )
    grid_minutes = models.PositiveSmallIntegerField(
        _("it begins"), choices=Grid.choices, default=Grid.QUARTER
    )
    notice_hours = models.PositiveSmallIntegerField(
        _("hours of notice"),
        default=24,
        help_text=_("Patients can’t book later than this before it begins. The front desk can."),
    )
    horizon_days = models.PositiveSmallIntegerField(
        _("days ahead"),
        default=60,
        help_text=_("Patients can book this far ahead. The front desk can book further."),
    )
    price_text = models.CharField(
        _("price, in words"),
        max_length=80,
        blank=True,
        help_text=_("Like “$110.” If it’s “free,” canceling it late costs nothing either."),
    )
    pictogram = models.CharField(
        _("drawn sign"), max_length=8, choices=Pictogram.choices, blank=True
    )
    sign = models.CharField(
        _("sign"),
        max_length=2,
        blank=True,
        help_text=_("One or two letters that stand beside the color in the calendar, like PT."),
    )
    active = models.BooleanField(_("can be booked"), default=True)
    sort_order = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    objects = ServiceQuerySet.as_manager()

    panels = [
        TitleFieldPanel("name", targets=["slug"]),
        FieldPanel("slug"),
        FieldPanel("description"),
        FieldPanel("audience"),
        FieldRowPanel([FieldPanel("duration_minutes"), FieldPanel("buffer_minutes")]),
        FieldPanel("price_text"),
        FieldPanel("pictogram"),
        MultiFieldPanel(
            [
                FieldPanel("mode"),
                FieldPanel("seats"),
                FieldPanel("grid_minutes"),
                FieldRowPanel([FieldPanel("notice_hours"), FieldPanel("horizon_days")]),
            ],
            heading=_("Booking"),
        ),
        MultiFieldPanel(
            [FieldPanel("color", widget=ColorSelect), FieldPanel("sign")],
            heading=_("In the calendar"),
        ),
        FieldRowPanel([FieldPanel("active"), FieldPanel("sort_order")]),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["sort_order", "name"]
        constraints = [
            models.CheckConstraint(condition=Q(color__in=Color.values), name="service_has_a_color"),
            models.UniqueConstraint(fields=["locale", "sign"], name="service_sign_once"),
            models.CheckConstraint(
                condition=Q(duration_minutes__gt=0), name="service_takes_some_time"
            ),
            models.CheckConstraint(
                condition=Q(duration_minutes__lte=720, buffer_minutes__lte=240),
                name="service_fits_into_a_day",
                violation_error_message=_(
                    "A visit can be up to 12 hours, and the time kept free after it up to 4."
                ),
            ),
            models.CheckConstraint(
                condition=Q(seats=0) | Q(seats__lte=MOST_SEATS) & ~Q(mode="on_request"),
                name="class_seats_are_given_at_once",
                violation_error_message=_(
                    "A class has up to 60 seats, and is confirmed at once or by phone only."
                ),
            ),
            models.CheckConstraint(
                condition=Q(grid_minutes__in=[5, 10, 15, 20, 30, 60]),
                name="service_begins_on_the_clock",
            ),
            models.CheckConstraint(
                condition=Q(horizon_days__lte=730, notice_hours__lte=8760),
                name="service_within_two_years",
                violation_error_message=_("Please enter up to 730 days ahead and a year’s notice."),
            ),
        ]

    # The published page about it, where `services_with_pages` has looked for one.
    page: Page | None = None

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sign = self.sign or self.free_sign()
        super().save(*args, **kwargs)

    def free_sign(self) -> str:
        """The first sign, made of the letters of its name, that no other service has."""
        taken = set(self._other_services.values_list("sign", flat=True))
        letters = [letter for letter in self.name.upper() if letter.isalnum()] or ["S"]
        others = [*letters[1:], *"23456789", *ascii_uppercase]
        pairs = (letters[0] + other.lower() for other in others)
        wanted = [initials_of(self.name)[:2] or letters[0], *pairs]
        return next((sign for sign in wanted if sign not in taken), letters[0])

    @property
    def _other_services(self) -> "models.QuerySet[Service]":
        return Service.objects.exclude(translation_key=self.translation_key)

    def clean(self) -> None:
        super().clean()
        self._check_seats()
        if self.sign and self._other_services.filter(sign=self.sign).exists():
            message = _("Another service has this sign. Please choose another.")
            raise ValidationError({"sign": message})
        if self.duration_minutes == 0:
            message = _("Please enter how many minutes a visit takes, at least one.")
            raise ValidationError({"duration_minutes": message})
        if self.notice_hours is None or self.horizon_days is None:
            return
        # On the day itself there are hours left; else the notice must end within the horizon.
        longest = 24 * self.horizon_days or 23
        if self.notice_hours > longest:
            raise ValidationError(
                {
                    "notice_hours": _(
                        "With that much notice, no one could book: patients can book "
                        "%(days)s days ahead. Please enter up to %(hours)s hours, or more "
                        "days."
                    )
                    % {"days": self.horizon_days, "hours": longest}
                }
            )

    def _check_seats(self) -> None:
        self.seats = self.seats or 0
        if self.seats and self.mode == self.Mode.ON_REQUEST:
            words = _("A class is confirmed at once or booked by phone only. Please choose one.")
            raise ValidationError({"mode": words})
        ahead = Q(state="open", ends_at__gt=timezone.now())
        if self.pk and not self.seats and self.sessions.filter(ahead).exists():
            words = _("This class has dates ahead. Please cancel them first.")
            raise ValidationError({"seats": words})

    @property
    def is_class(self) -> bool:
        """Whether people take seats of its sessions, in place of free time."""
        return self.seats > 0

    @property
    def locations(self) -> "models.QuerySet[Location]":
        """Where somebody does it, so that patients can book it there."""
        offered = ServiceAssignment.objects.bookable().filter(service=self)
        return Location.objects.filter(pk__in=offered.values("location"))


class ServiceAssignmentQuerySet(models.QuerySet["ServiceAssignment"]):
    def bookable(self) -> "ServiceAssignmentQuerySet":
        """What patients may book online: an active service by an active practitioner."""
        return self.filter(practitioner__active=True, service__active=True).exclude(
            service__mode=Service.Mode.BY_PHONE
        )

    def practitioners(self) -> PractitionerQuerySet:
        """Those who do these."""
        return Practitioner.objects.active().filter(pk__in=self.values("practitioner"))


class ServiceAssignment(models.Model):
    """One practitioner does one service at one location."""

    practitioner = models.ForeignKey(
        Practitioner,
        verbose_name=_("practitioner"),
        on_delete=models.CASCADE,
        related_name="assignments",
    )
    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.CASCADE, related_name="assignments"
    )
    location = models.ForeignKey(
        Location, verbose_name=_("location"), on_delete=models.PROTECT, related_name="+"
    )

    objects = ServiceAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("service assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "service", "location"],
                name="service_assignment_once_a_person_service_and_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}: {self.practitioner}, {self.location}"
