"""The clinic's own facts. Every page, mail and record that names the clinic reads these."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import TranslatableMixin

from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.models.people import Person
from clinic_site.clinic.models.texts import PageTexts
from clinic_site.clinic.region.countries import HOME


class WeekBegins(models.IntegerChoices):
    """The first day of a week in calendars and among free times, as `date.weekday` has it."""

    MONDAY = 0, _("Monday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Specialty(models.TextChoices):
    """What search engines know of what a clinic does. See https://schema.org/MedicalSpecialty"""

    PHYSICAL_THERAPY = "Physiotherapy", _("Physical therapy")
    MUSCULOSKELETAL = "Musculoskeletal", _("Muscles, bones and joints")
    OCCUPATIONAL_THERAPY = "OccupationalTherapy", _("Occupational therapy")
    PODIATRY = "Podiatric", _("Podiatry")
    SPEECH_THERAPY = "SpeechPathology", _("Speech therapy")
    NUTRITION = "DietNutrition", _("Nutrition")
    PRIMARY_CARE = "PrimaryCare", _("Primary care")


@register_setting(icon="home", order=1)
class ClinicDetails(PageTexts, TranslatableMixin, BaseGenericSetting):
    """What the clinic is called and how it invites people; one record."""

    name = models.CharField(_("name"), max_length=80, default=_("Our clinic"))
    tagline = models.CharField(_("tagline"), max_length=120, blank=True)
    trade = models.CharField(
        _("what you are"),
        max_length=80,
        blank=True,
        help_text=_(
            "In the words people search for, like “posture and physical therapy.” The home page’s "
            "title says it with the town."
        ),
    )
    booking_label = models.CharField(
        _("words on the booking button"), max_length=40, default=_("Book Appointment")
    )
    booking_heading = models.CharField(
        _("invitation to book"), max_length=80, default=_("Ready to book?")
    )
    booking_invitation = models.CharField(
        _("words on the invitation's link"),
        max_length=80,
        default=_("Book an Appointment now"),
    )
    emergency_notice = models.TextField(
        _("emergency notice"),
        blank=True,
        default=_("This site isn’t for emergencies. In an emergency, call {number}."),
        help_text=_("{number} becomes the emergency number of your country."),
    )
    week_begins = models.PositiveSmallIntegerField(
        _("weeks begin on"),
        choices=WeekBegins.choices,
        default=WeekBegins.MONDAY,
        help_text=_("In the calendar, and where patients choose a time."),
    )
    specialty = models.CharField(
        _("specialty"), max_length=24, blank=True, choices=Specialty.choices
    )
    price_range = models.CharField(
        _("price range"),
        max_length=40,
        blank=True,
        help_text=_("In a few characters, like “$25–$145” or “$$.”"),
    )
    day_in_subjects = models.BooleanField(
        _("subjects of emails may name the day of a visit"),
        default=False,
        help_text=_(
            "Subjects show on locked phones. Without this they can name the reference and the "
            "clinic only, and never the service."
        ),
    )
    privacy_notice = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("notice of privacy practices"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Once it’s published, the bottom of every page leads to it."),
    )
    location = models.ForeignKey(
        Location,
        verbose_name=_("main location"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    select_related = ["location"]

    # Of the team's page, and of the notice, once anybody may read them: see `pages.context`.
    team_path = ""
    privacy_notice_path = ""
    # Its logo, colors and cards, as `appearance.branding` reads them: see `pages.context`.
    branding: Any = None

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
        FieldPanel("week_begins"),
        FieldPanel("day_in_subjects"),
        PageChooserPanel("privacy_notice"),
        MultiFieldPanel(
            [
                FieldPanel("trade"),
                FieldPanel("specialty"),
                FieldPanel("price_range"),
            ],
            heading=_("For search engines"),
        ),
        *PageTexts.panels,
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("clinic details")

    def __str__(self) -> str:
        return self.name

    @property
    def emergency_words(self) -> str:
        """The notice, with the number that people call where the clinic is."""
        country = self.location.home if self.location else HOME
        return self.emergency_notice.replace("{number}", country.emergency_number)

    def profile_of(self, person: Person) -> str:
        """Return the address of the page about `person`, or nothing if there is none."""
        if not (self.team_path and person.on_team and person.slug):
            return ""
        return f"{self.team_path}{person.slug}/"
