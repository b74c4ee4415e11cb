"""What the clinic offers, and who asked for which of it when.

Instants are UTC. A preferred day is a calendar day at the appointment's location.
"""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, TitleFieldPanel

from clinic_site.models import Location

# A search with fewer digits does not mean a phone number.
SHORTEST_NUMBER = 4


class ServiceQuerySet(models.QuerySet["Service"]):
    def bookable(self) -> "ServiceQuerySet":
        """The services that patients may ask for, in the clinic's own order."""
        return self.filter(active=True).order_by("sort_order", "name")


class Service(models.Model):
    """Something the clinic does for people, of a set length."""

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    description = models.TextField(_("what it is, and for whom"), max_length=300)
    duration_minutes = models.PositiveSmallIntegerField(_("length in minutes"))
    price_text = models.CharField(_("price, in words"), max_length=80, blank=True)
    active = models.BooleanField(_("can be booked"), default=True)
    sort_order = models.PositiveSmallIntegerField(_("place in the list"), default=0)

    objects = ServiceQuerySet.as_manager()

    panels = [
        TitleFieldPanel("name", targets=["slug"]),
        FieldPanel("slug"),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("duration_minutes"), FieldPanel("price_text")]),
        FieldRowPanel([FieldPanel("active"), FieldPanel("sort_order")]),
    ]

    class Meta:
        verbose_name = _("service")
        verbose_name_plural = _("services")
        ordering = ["sort_order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(duration_minutes__gt=0), name="service_takes_some_time"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def waiting(self) -> "AppointmentQuerySet":
        """The requests that the front desk has not answered, oldest first."""
        return self.filter(state=Appointment.State.REQUESTED).order_by("requested_at", "pk")

    def for_desk(self) -> "AppointmentQuerySet":
        """All of them: what waits for an answer first, then the newest."""
        waits = Case(When(state=Appointment.State.REQUESTED, then=0), default=1)
        return self.select_related("location").order_by(waits, "-requested_at", "-pk")

    def matching(self, words: str) -> "AppointmentQuerySet":
        """Find by reference, name or phone number, however they are written."""
        letters = "".join(filter(str.isalnum, words.upper()))
        digits = "".join(filter(str.isdecimal, words))
        found = Q(name__icontains=words) | Q(reference__contains=words.upper())
        found |= Q(reference=f"{letters[:4]}-{letters[4:]}")
        if len(digits) >= SHORTEST_NUMBER:
            found |= Q(phone__contains=digits)
        return self.filter(found)


class Appointment(models.Model):
    """One visit, from the request to its end. What was promised is kept in its own columns."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("requested")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")
        CANCELLED = "cancelled", _("cancelled")

    class PartOfDay(models.TextChoices):
        ANY = "any", _("any time")
        MORNING = "morning", _("morning")
        AFTERNOON = "afternoon", _("afternoon")
        EVENING = "evening", _("evening")

    reference = models.CharField(_("reference"), max_length=12, unique=True, editable=False)
    submission_key = models.CharField(max_length=64, unique=True, editable=False)
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.REQUESTED, editable=False
    )
    # Grows with every change of state; a change made on a stale page hits no row.
    version = models.PositiveIntegerField(default=1, editable=False)
    requested_at = models.DateTimeField(_("requested"), default=timezone.now, editable=False)

    location = models.ForeignKey(
        Location, verbose_name=_("location"), on_delete=models.PROTECT, related_name="+"
    )
    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.PROTECT, related_name="+"
    )
    service_name = models.CharField(_("service as promised"), max_length=80)
    duration_minutes = models.PositiveSmallIntegerField(_("length as promised, in minutes"))
    price_text = models.CharField(_("price as promised"), max_length=80, blank=True)

    preferred_date = models.DateField(_("preferred day"))
    part_of_day = models.CharField(
        _("part of the day"), max_length=9, choices=PartOfDay.choices, default=PartOfDay.ANY
    )
    starts_at = models.DateTimeField(_("agreed time"), null=True, editable=False)

    name = models.CharField(_("name"), max_length=80)
    # E.164, with `;ext=` for an extension: 48 is the longest that forms let through.
    phone = models.CharField(_("phone"), max_length=48)
    email = models.EmailField(_("email"), max_length=254)
    new_patient = models.BooleanField(_("new to the clinic"))
    note = models.TextField(_("note"), max_length=500, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["-requested_at", "-pk"]
        indexes = [models.Index(fields=["state", "requested_at"], name="appointment_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(starts_at__isnull=False),
                name="confirmed_appointment_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        # The reference alone: this text reaches logs, which hold no names.
        return self.reference

    @property
    def starts_at_location(self) -> datetime | None:
        """The agreed time on the clock of the location."""
        return self.starts_at and self.starts_at.astimezone(self.location.zone)


class AppointmentEvent(models.Model):
    """One line of an appointment's history. Lines are only ever added."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,  # the patient
        on_delete=models.SET_NULL,
        related_name="+",
    )
    from_state = models.CharField(max_length=9, choices=Appointment.State.choices, blank=True)
    to_state = models.CharField(max_length=9, choices=Appointment.State.choices)
    starts_at = models.DateTimeField(_("agreed time"), null=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.appointment}: {self.to_state}"
