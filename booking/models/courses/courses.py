"""A course: several visits of one patient, each an appointment of its own."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.models.catalog import Service
from booking.models.patients import Patient
from booking.models.practitioners import Practitioner
from clinic_site.clinic.models.locations import Location
from clinic_site.mail.models import OutgoingEmail
from clinic_site.privacy.secret_links import SecretLink

FEWEST_VISITS, MOST_VISITS = 2, 24
# What an email about a course tells of, before its number.
COURSE_SUBJECT = "course "
# How long a course is kept of which there is no visit, once its invitation has ended.
UNBOOKED_FOR = timedelta(days=30)


class CourseQuerySet(models.QuerySet["Course"]):
    def with_counts(self, now: datetime) -> Any:
        """Each with how many visits are `left`, `kept`, `missed`, `canceled` or `not_noted`."""
        agreed = Q(appointments__state="confirmed")
        kinds = {
            "left": agreed & Q(appointments__ends_at__gt=now),
            "not_noted": agreed & Q(appointments__ends_at__lte=now),
            "kept": Q(appointments__state__in=["arrived", "completed"]),
            "missed": Q(appointments__state="no_show"),
            "canceled": Q(appointments__state="canceled"),
        }
        return self.annotate(
            **{name: Count("appointments", filter=kind) for name, kind in kinds.items()}
        )

    def open(self, now: datetime) -> "CourseQuerySet":
        """Those with a visit to come, or of which the patient is to choose the times."""
        invited = Q(booked_at=None, invitations__in=CourseInvitation.objects.usable(now))
        ahead = Q(appointments__state="confirmed", appointments__ends_at__gt=now)
        running = self.model._default_manager.filter(invited | ahead).values("pk")
        return self.filter(pk__in=running)

    def unreached(self, now: datetime) -> "CourseQuerySet":
        """Those whose invitation has not arrived: somebody is to call instead, or send another."""
        failed = CourseInvitation.objects.usable(now).filter(
            email__state=OutgoingEmail.State.FAILED
        )
        return (
            self.filter(booked_at=None, patient__isnull=False, pk__in=failed.values("course"))
            .select_related("service", "patient__merged_into")
            .order_by("pk")
        )

    def of_nobody(self, now: datetime) -> "CourseQuerySet":
        """Those that say nothing of anybody any more, or came to nothing a while ago."""
        waits = CourseInvitation.objects.usable(now - UNBOOKED_FOR)
        theirs = Q(appointments__erased_at=None, appointments__isnull=False)
        kept = self.model._default_manager.filter(
            theirs | Q(booked_at=None, patient__isnull=False, invitations__in=waits)
        )
        return self.exclude(pk__in=kept.values("pk"))


class Course(models.Model):
    """As many visits of one service as somebody is to have, and with whom they would be.

    What each visit is stands in its appointment, which can be moved or called off by itself.
    """

    reference = models.CharField(_("reference"), max_length=12, unique=True, editable=False)
    idempotency_key = models.CharField(max_length=64, unique=True, editable=False)
    # Erased, the visits stay, each by itself.
    patient = models.ForeignKey(
        Patient, null=True, editable=False, on_delete=models.CASCADE, related_name="courses"
    )
    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.PROTECT, related_name="+"
    )
    location = models.ForeignKey(
        Location, verbose_name=_("location"), on_delete=models.PROTECT, related_name="+"
    )
    practitioner = models.ForeignKey(
        Practitioner,
        verbose_name=_("practitioner"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    size = models.PositiveSmallIntegerField(_("number of visits"))
    weeks_between = models.PositiveSmallIntegerField(_("weeks from one to the next"), default=1)
    made_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Set once, with its visits: until then the patient is to choose the times.
    booked_at = models.DateTimeField(_("booked"), null=True, editable=False)
    # When the desk was asked to call, as one visit was left.
    last_visit_told_at = models.DateTimeField(null=True, editable=False)

    # Of `with_counts`.
    left: int
    kept: int
    missed: int
    canceled: int
    not_noted: int

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gte=FEWEST_VISITS, size__lte=MOST_VISITS),
                name="course_has_several_visits",
            ),
            models.CheckConstraint(
                condition=Q(weeks_between__gte=1), name="course_goes_on_by_weeks"
            ),
        ]

    def __str__(self) -> str:
        # The reference alone: this text reaches logs, which hold no names.
        return self.reference

    @property
    def whose(self) -> Patient | None:
        """The record that its patient has now."""
        return self.patient and (self.patient.merged_into or self.patient)

    @property
    def subject(self) -> str:
        """What its emails tell of."""
        return f"{COURSE_SUBJECT}{self.pk}"


class CourseInvitation(SecretLink):
    """A patient's private way to choose the times of a course, once."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="invitations")
    email = models.OneToOneField(
        OutgoingEmail, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("invitation to a course")
        verbose_name_plural = _("invitations to courses")

    def __str__(self) -> str:
        return str(self.course)
