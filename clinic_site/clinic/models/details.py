"""The clinic's own facts. Every page, mail and record that names the clinic reads these."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import TranslatableMixin

from clinic_site.clinic.models.locations import Location

if TYPE_CHECKING:
    from clinic_site.clinic.models.people import Person


@register_setting(icon="home", order=1)
class ClinicDetails(TranslatableMixin, BaseGenericSetting):
    """What the clinic is called and how it invites people; one record."""

    name = models.CharField(_("name"), max_length=80, default=_("Our clinic"))
    tagline = models.CharField(_("tagline"), max_length=120, blank=True)
    booking_label = models.CharField(
        _("words on the booking button"), max_length=40, default=_("Book Appointment")
    )
    booking_heading = models.CharField(
        _("invitation to book"), max_length=80, default=_("Ready to be pain free?")
    )
    booking_invitation = models.CharField(
        _("words on the invitation's link"),
        max_length=80,
        default=_("Book an Appointment now"),
    )
    emergency_notice = models.TextField(
        _("emergency notice"),
        blank=True,
        default=_(
            "If this is an emergency, call 911. We don’t monitor this site around the clock."
        ),
    )
    location = models.ForeignKey(
        Location,
        verbose_name=_("main location"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    select_related = ["location"]

    team_path = ""  # of the team's page, once anybody may read it: see `pages.context`

    panels = [
        FieldPanel("name"),
        FieldPanel("tagline"),
        FieldPanel("location"),
        MultiFieldPanel(
            [
                FieldPanel("booking_label"),
                FieldPanel("booking_heading"),
                FieldPanel("booking_invitation"),
            ],
            heading=_("Invitation to book"),
        ),
        FieldPanel("emergency_notice"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("clinic details")

    def __str__(self) -> str:
        return self.name

    def profile_of(self, person: "Person") -> str:
        """Return the address of the page about `person`, or nothing if there is none."""
        if not (self.team_path and person.on_team and person.slug):
            return ""
        return f"{self.team_path}{person.slug}/"
