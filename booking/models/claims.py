"""Time that is taken. Claims alone say so; nothing else is read to find free time."""

from datetime import datetime
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.cells import cell_after, cell_of, instant_of
from booking.models.appointments import Appointment
from booking.models.classes.sessions import ClassSession
from booking.models.practitioners import Practitioner
from booking.models.waiting_list import WaitingListOffer
from clinic_site.clinic.models.locations import Location


class BlockedTime(models.Model):
    """Time of a practitioner that the desk keeps free of patients: lunch, a meeting, an illness."""

    practitioner = models.ForeignKey(
        Practitioner,
        verbose_name=_("practitioner"),
        on_delete=models.CASCADE,
        related_name="blocks",
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    reason = models.CharField(
        _("reason"), max_length=80, blank=True, help_text=_("Please don’t name a patient here.")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("blocked time")
        verbose_name_plural = _("blocked times")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="blocked_time_takes_some_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner}: {self.starts_at:%Y-%m-%d %H:%M} – {self.ends_at:%H:%M} UTC"


class BusyTime(models.Model):
    """Time that a practitioner's own calendar, imported from a file, says is taken."""

    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.CASCADE, related_name="busy_times"
    )
    # The entry's UID and, of a recurring one, which of them: an import again changes nothing.
    uid = models.CharField(max_length=255)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))

    class Meta:
        verbose_name = _("busy time")
        verbose_name_plural = _("busy times")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="busy_time_takes_some_time"
            ),
            models.UniqueConstraint(
                fields=["practitioner", "uid", "starts_at"], name="busy_time_imported_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner}: {self.starts_at:%Y-%m-%d %H:%M} – {self.ends_at:%H:%M} UTC"


class ProposedTime(models.Model):
    """One of the times, at most three, that the desk holds for a patient to choose from.

    Its cells are claimed by the appointment, so that two proposals may overlap.
    """

    appointment = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, related_name="proposed_times"
    )
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("proposed time")
        verbose_name_plural = _("proposed times")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "starts_at"], name="proposed_time_once_an_appointment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appointment}: {self.starts_at:%Y-%m-%d %H:%M} UTC"

    @property
    def starts_at_location(self) -> datetime:
        """The time on the clock of the location."""
        return self.starts_at.astimezone(self.location.zone)


class ClaimQuerySet(models.QuerySet["Claim"]):
    def between(self, begins: datetime, ends: datetime) -> "ClaimQuerySet":
        """Those of the cells from the one of `begins` to the one before `ends`."""
        return self.filter(cell__gte=cell_of(begins), cell__lt=cell_after(ends))

    def in_force(self, now: datetime) -> "ClaimQuerySet":
        """Those that take time: a hold that has run out takes none, ended by the worker or not."""
        held = Q(appointment__hold_expires_at=None) | Q(appointment__hold_expires_at__gt=now)
        return self.filter(held, Q(offer=None) | Q(offer__expires_at__gt=now))

    def lapsed(self, now: datetime) -> "ClaimQuerySet":
        """Those of holds and offers that have run out."""
        return self.filter(Q(appointment__hold_expires_at__lte=now) | Q(offer__expires_at__lte=now))


HOLDERS = ("appointment", "block", "busy_time", "offer", "class_session")


def _held_by_one() -> Q:
    """Exactly one of the holders is named."""
    ways = (Q(**{f"{name}__isnull": name != holder for name in HOLDERS}) for holder in HOLDERS)
    return reduce(or_, ways)


class Claim(models.Model):
    """Five minutes of one practitioner's time, taken. Releasing it is deleting it.

    A cell is a number, five minutes since 1970 in UTC each, so every cell is aligned, and two
    visits that overlap meet in one; that one the database refuses to store twice.
    """

    practitioner = models.ForeignKey(
        Practitioner, on_delete=models.PROTECT, db_index=False, related_name="claims"
    )
    cell = models.PositiveIntegerField(
        _("cell"), help_text=_("Its number: cells of five minutes, counted from 1970 in UTC.")
    )
    appointment = models.ForeignKey(
        Appointment, null=True, on_delete=models.CASCADE, related_name="claims"
    )
    block = models.ForeignKey(
        BlockedTime, null=True, on_delete=models.CASCADE, related_name="claims"
    )
    busy_time = models.ForeignKey(
        BusyTime, null=True, on_delete=models.CASCADE, related_name="claims"
    )
    offer = models.ForeignKey(
        WaitingListOffer, null=True, on_delete=models.CASCADE, related_name="claims"
    )
    class_session = models.ForeignKey(
        ClassSession, null=True, on_delete=models.CASCADE, related_name="claims"
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.UniqueConstraint(
                fields=["practitioner", "cell"], name="claim_once_a_practitioner_and_cell"
            ),
            models.CheckConstraint(condition=_held_by_one(), name="claim_held_by_one"),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner_id}: {self.starts_at:%Y-%m-%d %H:%M} UTC"

    @property
    def starts_at(self) -> datetime:
        return instant_of(self.cell)
