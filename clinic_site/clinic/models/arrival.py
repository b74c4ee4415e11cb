from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel

from clinic_site.clinic.lines import lines_of


class ArrivalFacts(ClusterableModel):
    """What people want to know of a place before they come. What is empty is not shown."""

    map_image = models.ForeignKey(
        "images.SiteImage",
        verbose_name=_("map"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A drawing of the streets around you. The map link stays beside it."),
    )
    map_description = models.TextField(
        _("what the map shows"),
        blank=True,
        help_text=_("For people who can’t see it, like the way from the nearest corner."),
    )
    parking = models.TextField(_("parking"), blank=True)
    entrance = models.TextField(
        _("the door"), blank=True, help_text=_("What it looks like, which bell, which floor.")
    )
    step_free_access = models.TextField(
        _("step-free access"),
        blank=True,
        help_text=_(
            "Ramp or elevator, how wide the doors are, the restroom. If there are steps, say so."
        ),
    )
    what_to_bring = models.TextField(
        _("what to bring"), blank=True, help_text=_("One thing per line, for any visit.")
    )

    panels = [
        FieldPanel("map_image"),
        FieldPanel("map_description"),
        FieldPanel("parking"),
        FieldPanel("entrance"),
        FieldPanel("step_free_access"),
        FieldPanel("what_to_bring"),
    ]

    class Meta:
        abstract = True

    @property
    def things_to_bring(self) -> list[str]:
        return lines_of(self.what_to_bring)

    @property
    def tells_arrival(self) -> bool:
        told = (self.parking, self.entrance, self.step_free_access, self.what_to_bring)
        return bool(self.map_image_id or any(told))
