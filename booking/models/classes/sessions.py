"""One date of a class, which several people come to at once, and who has which seat.

A session takes its practitioner's time once; those who come take its seats. As there is a row for
each seat, and each holds one appointment at most, nobody can be given one seat too many.
"""

from datetime import datetime

from django.db import models
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.models.appointments import Appointment
from booking.models.catalog import MOST_SEATS, Service
from booking.models.classes.schedules import ClassSchedule
from booking.models.practitioners import Practitioner
from clinic_site.clinic.models.locations import Location


def count_of(rows: QuerySet) -> Coalesce:
    """Count rows that name their session, for a column of its query."""
    counted = rows.order_by().values("found").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0, output_field=models.IntegerField())


class ClassSessionQuerySet(models.QuerySet["ClassSession"]):
    def open(self) -> "ClassSessionQuerySet":
        return self.filter(state=ClassSession.State.OPEN)

    def between(self, begins: datetime, ends: datetime) -> "ClassSessionQuerySet":
        """Those of which a part lies between two instants, in the order of time."""
        return self.filter(starts_at__lt=ends, ends_at__gt=begins).order_by("starts_at", "pk")

    def with_counts(self) -> "ClassSessionQuerySet":
        """Each with how many seats are `taken`, and how many people are `waiting` for one.

        A seat whose hold has run out is taken no longer, ended by the worker or not.
        """
        now, until = timezone.now(), "appointment__hold_expires_at"
        held = Q(**{until: None}) | Q(**{f"{until}__gt": now})
        seats = Seat.objects.filter(held, session=OuterRef("pk"), appointment__isnull=False)
        waits = Appointment.objects.next_for_a_seat().filter(class_session=OuterRef("pk"))
        return self.annotate(
            taken=count_of(seats.annotate(found=F("session"))),
            waiting=count_of(waits.annotate(found=F("class_session"))),
        )


class ClassSession(models.Model):
    """One meeting of a class. Its practitioner's time is claimed once, by the session itself."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        CANCELED = "canceled", _("canceled")

    service = models.ForeignKey(
        Service, verbose_name=_("class"), on_delete=models.PROTECT, related_name="sessions"
    )
    location = models.ForeignKey(
        Location, verbose_name=_("location"), on_delete=models.PROTECT, related_name="+"
    )
    practitioner = models.ForeignKey(
        Practitioner,
        verbose_name=_("practitioner"),
        on_delete=models.PROTECT,
        related_name="class_sessions",
    )
    starts_at = models.DateTimeField(_("time"))
    ends_at = models.DateTimeField(_("end"))
    duration_minutes = models.PositiveSmallIntegerField()
    buffer_minutes = models.PositiveSmallIntegerField(default=0)
    # As many as there are rows of `Seat`, while it takes place.
    seats = models.PositiveSmallIntegerField(_("seats"))
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.OPEN, editable=False
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    canceled_at = models.DateTimeField(null=True, editable=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True, editable=False)
    # Which day of which weekly class it stands for, wherever it has been moved.
    schedule = models.ForeignKey(
        ClassSchedule, null=True, editable=False, on_delete=models.SET_NULL, related_name="sessions"
    )
    scheduled_day = models.DateField(null=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ClassSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("class date")
        verbose_name_plural = _("class dates")
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["service", "location", "starts_at"], name="class_date_by_service"),
            models.Index(fields=["practitioner", "starts_at"], name="class_date_by_practitioner"),
            models.Index(fields=["starts_at"], name="class_date_by_time"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "scheduled_day"], name="class_date_once_a_scheduled_day"
            ),
            models.CheckConstraint(
                condition=Q(seats__gte=1, seats__lte=MOST_SEATS), name="class_date_has_seats"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="class_date_ends_after_its_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}: {self.starts_at:%Y-%m-%d %H:%M} UTC"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def starts_at_location(self) -> datetime:
        """The time on the clock of the location."""
        return self.starts_at.astimezone(self.location.zone)

    @property
    def ends_at_location(self) -> datetime:
        return self.ends_at.astimezone(self.location.zone)


class Seat(models.Model):
    """One seat of a session, free or held by one appointment."""

    session = models.ForeignKey(ClassSession, on_delete=models.CASCADE, related_name="seat_rows")
    number = models.PositiveSmallIntegerField()
    appointment = models.OneToOneField(
        Appointment, null=True, on_delete=models.SET_NULL, related_name="seat"
    )

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["session", "number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="seat_once_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.session}, {self.number}"
