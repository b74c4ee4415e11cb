"""Those who would come, or come earlier, and the times that they are offered, one at a time."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking.models.appointments import Appointment
from booking.models.practitioners import Practitioner
from booking.parts_of_day import PartOfDay
from clinic_site.clinic.models.locations import Location
from clinic_site.history.append_only import AppendOnlyModel
from clinic_site.privacy.encryption import EncryptedTextField


class WaitingListQuerySet(models.QuerySet["WaitingListEntry"]):
    def waiting(self) -> "WaitingListQuerySet":
        """Those who wait, the longest first, but for whom the desk has put before or behind.

        Who has no visit or seat yet waits as long as nothing is agreed, declined or called off.
        """
        in_class = Q(appointment__class_session__isnull=False)
        has_visit = Q(~in_class, without_visit=False, left_at__isnull=True)
        has_none = Q(without_visit=True, appointment__state=Appointment.State.REQUESTED)
        has_no_seat = Q(in_class, appointment__state__in=Appointment.HOLDING)
        return self.filter(has_visit | has_none | has_no_seat).order_by("place", "joined_at", "pk")

    def still_waiting(self, now: datetime) -> "WaitingListQuerySet":
        """Those of them for whom there is still something to wait for."""
        ahead = Q(appointment__state=Appointment.State.CONFIRMED, appointment__starts_at__gt=now)
        return self.waiting().filter(
            ahead | Q(appointment__state__in=Appointment.HOLDING, appointment__erased_at=None)
        )


class WaitingListEntry(models.Model):
    """The patient of an agreed appointment would take an earlier time.

    Or somebody has called and found none: their appointment is then a request without a time, made
    by the desk. Or a class is full: then it is a request for a seat.
    """

    appointment = models.OneToOneField(
        Appointment, on_delete=models.CASCADE, related_name="waiting_list_entry"
    )
    part_of_day = models.CharField(
        _("part of the day"), max_length=9, choices=PartOfDay.choices, default=PartOfDay.ANY
    )
    any_practitioner = models.BooleanField(_("with anyone"), default=False)
    first_day = models.DateField(_("not before"), null=True, blank=True)
    last_day = models.DateField(_("not after"), null=True, blank=True)
    joined_at = models.DateTimeField(_("since"), default=timezone.now)
    left_at = models.DateTimeField(_("left"), null=True)
    without_visit = models.BooleanField(_("has no visit yet"), default=False)
    # The desk has taken back the offer of a seat: they are offered one by the desk alone.
    by_hand = models.BooleanField(default=False, editable=False)
    # Before those with 0, or behind them: the desk has put them there.
    place = models.IntegerField(default=0)

    objects = WaitingListQuerySet.as_manager()

    class Meta:
        verbose_name = _("waiting list entry")
        verbose_name_plural = _("waiting list")
        ordering = ["joined_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__isnull=True)
                | Q(last_day__isnull=True)
                | Q(first_day__lte=F("last_day")),
                name="waiting_list_days_in_order",
                violation_error_message=_("The last day can’t be before the first."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.appointment)


class OfferQuerySet(models.QuerySet["WaitingListOffer"]):
    def open(self) -> "OfferQuerySet":
        return self.filter(state=WaitingListOffer.State.OPEN)

    def due(self, now: datetime) -> "OfferQuerySet":
        """The open ones whose time to answer is over, the oldest first."""
        return self.open().filter(expires_at__lte=now).order_by("expires_at", "pk")


class WaitingListOffer(models.Model):
    """A freed time, held for one person on the waiting list for a set while."""

    class State(models.TextChoices):
        OPEN = "open", _("waits for an answer")
        ACCEPTED = "accepted", _("accepted")
        PASSED = "passed", _("passed on")
        EXPIRED = "expired", _("expired")
        WITHDRAWN = "withdrawn", _("withdrawn")

    entry = models.ForeignKey(WaitingListEntry, on_delete=models.CASCADE, related_name="offers")
    practitioner = models.ForeignKey(Practitioner, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(_("time"))
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.OPEN, editable=False
    )
    made_at = models.DateTimeField(_("offered"), default=timezone.now)
    expires_at = models.DateTimeField(_("answer until"))

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offered time")
        verbose_name_plural = _("offered times")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=Q(state="open"), name="one_open_offer_a_person"
            ),
            models.UniqueConstraint(
                fields=["practitioner", "starts_at"],
                condition=Q(state="open"),
                name="one_person_a_freed_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry}: {self.starts_at:%Y-%m-%d %H:%M} UTC"

    @property
    def starts_at_location(self) -> datetime:
        """The time on the clock of the location."""
        return self.starts_at.astimezone(self.location.zone)


class WaitingListEvent(AppendOnlyModel):
    """What the desk has done with somebody who waits, and why. Lines are only ever added."""

    class EventType(models.TextChoices):
        ADDED = "added", _("added")
        FRONT = "front", _("moved to the front")
        BACK = "back", _("moved to the back")
        PUT_BACK = "put_back", _("put back in place")
        OFFERED = "offered", _("made an offer")
        WITHDRAWN = "withdrawn", _("offer withdrawn")
        REOFFERED = "reoffered", _("offered again")
        REMOVED = "removed", _("taken off the list")
        RESTORED = "restored", _("put back on the list")

    entry = models.ForeignKey(WaitingListEntry, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    event_type = models.CharField(_("what"), max_length=9, choices=EventType.choices)
    offer = models.ForeignKey(
        WaitingListOffer, null=True, on_delete=models.CASCADE, related_name="events"
    )
    reason = EncryptedTextField(_("reason"), max_length=160, blank=True, shown=True)
    from_place = models.IntegerField(default=0)
    place = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("waiting list event")
        verbose_name_plural = _("waiting list events")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.entry}: {self.event_type}"


class FreedTime(models.Model):
    """Time that was taken and is free again, until the waiting list has been asked about it.

    Like a claim it names nobody but whose time it is.
    """

    practitioner = models.ForeignKey(Practitioner, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    freed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("freed time")
        verbose_name_plural = _("freed times")
        ordering = ["starts_at", "pk"]  # the best for those who wait longest
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="freed_time_takes_some_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practitioner_id}: {self.starts_at:%Y-%m-%d %H:%M} UTC"
