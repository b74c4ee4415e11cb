from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from clinic_site.pages.blocks.drafts import DraftableStructBlock


class ExerciseBlock(DraftableStructBlock):
    """An exercise to do at home. Those of a page are also a sheet to print: `models.parts`."""

    name = blocks.CharBlock(label=_("Name"), max_length=80)
    image = ImageChooserBlock(label=_("Picture"), required=False)
    alternative_text = blocks.TextBlock(
        label=_("What the picture shows"),
        help_text=_("For people who can’t see it."),
        required=False,
        max_length=500,
        rows=2,
    )
    steps = blocks.ListBlock(
        blocks.TextBlock(label=_("Step"), max_length=300, rows=2), label=_("Steps"), min_num=1
    )
    how_often = blocks.CharBlock(
        label=_("How often"),
        max_length=200,
        help_text=_("Like “10 times on each side, three days a week.”"),
    )
    feeling = blocks.TextBlock(label=_("What it should feel like"), max_length=300, rows=2)
    stop = blocks.TextBlock(label=_("When to stop"), max_length=300, rows=2)

    class Meta:
        icon = "pick"
        label = _("Exercise")
        label_format = "{name}"
        description = _(
            "One exercise, step by step: how often, what it should feel like, when to stop. All "
            "exercises of a page can be printed as a sheet."
        )
        template = "pages/blocks/exercise.html"
        preview_value = {
            "name": _("Bridge"),
            "steps": [
                _("Lie on your back, knees bent, feet flat."),
                _("Lift your hips, and hold for one slow breath."),
            ],
            "how_often": _("10 times, three days a week."),
            "feeling": _("Work in the buttocks, not in the lower back."),
            "stop": _("Stop if your back hurts, or a cramp doesn’t let go."),
        }

    def missing(self, value: Any) -> dict[str, str]:
        if lacks_description(value):
            return {"alternative_text": gettext("Say what the picture shows.")}
        return {}


def lacks_description(value: Any) -> bool:
    """Tell whether the picture of an exercise says nothing to people who cannot see it."""
    return bool(value["image"]) and not (value["alternative_text"] or "").strip()
