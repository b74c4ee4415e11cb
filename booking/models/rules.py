"""How this clinic books; one record that its owners keep."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from booking.cancellation_policy import CancellationPolicy

HOURS = [MinValueValidator(1), MaxValueValidator(24 * 60)]


class LateChanges(models.TextChoices):
    ONLINE = "online", _("patients can still move or cancel online until the visit begins")
    CALL = "call", _("patients are asked to call")


@register_setting(icon="calendar-check", order=2)
class BookingRules(BaseGenericSetting):
    hold_hours = models.PositiveSmallIntegerField(
        _("opening hours we hold the time of a request"),
        default=8,
        validators=HOURS,
        help_text=_("Nights and closed days don’t count, so there’s always time to answer."),
    )
    proposal_hours = models.PositiveSmallIntegerField(
        _("hours we hold proposed times"), default=48, validators=HOURS
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("hours we hold an opening for someone on the waiting list"),
        default=4,
        validators=HOURS,
        help_text=_("Nights don’t count. For someone who has to be called, only opening hours do."),
    )
    grace_minutes = models.PositiveSmallIntegerField(
        _("minutes before an email about the front desk’s changes leaves"),
        default=3,
        validators=[MaxValueValidator(15)],
        help_text=_("What’s undone by then, nobody hears about."),
    )
    free_change_hours = models.PositiveSmallIntegerField(
        _("hours before a visit when moving or canceling stops being free"),
        default=24,
        validators=[MaxValueValidator(14 * 24)],
    )
    late_changes = models.CharField(
        _("after that"), max_length=6, choices=LateChanges.choices, default=LateChanges.ONLINE
    )
    late_fee = models.CharField(
        _("late fee"),
        max_length=80,
        blank=True,
        help_text=_("What a later change costs, like “half the price.” Leave empty for nothing."),
    )
    late_reason = models.CharField(
        _("reason"),
        max_length=160,
        blank=True,
        help_text=_("A sentence for patients, like “We keep this time just for you.”"),
    )
    reminders = models.BooleanField(_("remind patients by email"), default=True)
    reminder_days = models.PositiveSmallIntegerField(
        _("days before the visit"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(14)],
        help_text=_("Early enough that patients can still change for free."),
    )
    reminder_time = models.TimeField(
        _("remind at"),
        null=True,
        blank=True,
        help_text=_("In the location’s time zone. Leave empty for the same time as the visit."),
    )
    morning_reminder = models.BooleanField(
        _("remind again on the morning of the visit"), default=False
    )
    next_visit_hours = models.PositiveSmallIntegerField(
        _("hours after a visit to send “Book your next visit”"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(14 * 24)],
        help_text=_(
            "Once for each completed visit, unless another is booked. Leave empty to send none."
        ),
    )
    link_days = models.PositiveSmallIntegerField(
        _("days its private link works after a visit"), default=30
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("hold_hours"),
                FieldPanel("proposal_hours"),
                FieldPanel("offer_hours"),
            ],
            heading=_("Times held"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("free_change_hours"), FieldPanel("late_changes")]),
                FieldRowPanel([FieldPanel("late_fee"), FieldPanel("late_reason")]),
                FieldPanel("link_days"),
            ],
            heading=_("Cancellation policy"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("grace_minutes"),
                FieldPanel("reminders"),
                FieldRowPanel([FieldPanel("reminder_days"), FieldPanel("reminder_time")]),
                FieldPanel("morning_reminder"),
                FieldPanel("next_visit_hours"),
            ],
            heading=_("Emails"),
        ),
    ]

    class Meta:
        verbose_name = _("booking rules")

    def __str__(self) -> str:
        return str(_("Booking rules"))

    def clean(self) -> None:
        super().clean()
        # At an hour of its own it leaves up to a day nearer to the visit.
        lead = self.reminder_days * 24 - (23 if self.reminder_time else 0)
        if self.reminders and lead <= self.free_change_hours:
            message = _(
                "This reminder would go out when a change is no longer free. Please send it "
                "earlier."
            )
            raise ValidationError({"reminder_days": message})

    @property
    def cancellation_policy(self) -> CancellationPolicy:
        return CancellationPolicy(
            free_hours=self.free_change_hours,
            late_online=self.late_changes == LateChanges.ONLINE,
            late_fee=self.late_fee,
            reason=self.late_reason,
        )

    @property
    def grace(self) -> timedelta:
        return timedelta(minutes=self.grace_minutes)

    @property
    def proposal(self) -> timedelta:
        return timedelta(hours=self.proposal_hours)

    @property
    def offer(self) -> timedelta:
        return timedelta(hours=self.offer_hours)
