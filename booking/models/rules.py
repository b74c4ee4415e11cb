"""How this clinic books; one record that its owners keep."""

from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

HOURS = [MinValueValidator(1), MaxValueValidator(24 * 60)]


@register_setting(icon="calendar-check", order=2)
class BookingRules(BaseGenericSetting):
    hold_hours = models.PositiveSmallIntegerField(
        _("hours that a request holds its time"), default=24, validators=HOURS
    )
    proposal_hours = models.PositiveSmallIntegerField(
        _("hours that proposed times are held"), default=48, validators=HOURS
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("hours that a freed time is held for one on the waiting list"),
        default=4,
        validators=HOURS,
    )
    move_hours = models.PositiveSmallIntegerField(
        _("hours before a visit until which patients may move it"), default=24
    )
    cancel_hours = models.PositiveSmallIntegerField(
        _("hours before a visit until which patients may cancel it"), default=24
    )
    reminders = models.BooleanField(_("remind patients on the day before"), default=True)
    reminder_time = models.TimeField(
        _("remind at"),
        null=True,
        blank=True,
        help_text=_("On the clock of the location. Empty: at the hour of the visit."),
    )
    link_days = models.PositiveSmallIntegerField(
        _("days after a visit until which its private link works"), default=30
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
                FieldRowPanel([FieldPanel("move_hours"), FieldPanel("cancel_hours")]),
                FieldPanel("link_days"),
            ],
            heading=_("What patients may do themselves"),
        ),
        MultiFieldPanel(
            [FieldPanel("reminders"), FieldPanel("reminder_time")], heading=_("Reminders")
        ),
    ]

    class Meta:
        verbose_name = _("booking rules")

    def __str__(self) -> str:
        return str(_("Booking rules"))

    @property
    def hold(self) -> timedelta:
        return timedelta(hours=self.hold_hours)

    @property
    def proposal(self) -> timedelta:
        return timedelta(hours=self.proposal_hours)

    @property
    def offer(self) -> timedelta:
        return timedelta(hours=self.offer_hours)
