"""The sections of a home page, in any order."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from clinic_site.pages.blocks.drafts import DraftableStructBlock

PREVIEW = "pages/sections/preview.html"


class HeroBlock(blocks.StructBlock):
    headline = blocks.CharBlock(
        label=_("Headline"),
        max_length=120,
        help_text=_("One sentence that says what the clinic does."),
    )
    introduction = blocks.RichTextBlock(
        label=_("Introduction"), features=["bold", "italic", "link"], required=False
    )
    image = ImageChooserBlock(
        label=_("Picture"),
        required=False,
        help_text=_("Upright and calm. Leave empty for the drawing of a walking figure."),
    )
    button = blocks.BooleanBlock(label=_("With the booking button"), required=False, default=True)

    class Meta:
        icon = "home"
        label = _("Opening")
        label_format = "{headline}"
        description = _("The first thing a visitor sees: one sentence, one picture, one button.")
        template = "pages/sections/hero.html"
        preview_template = PREVIEW
        preview_value = {
            "headline": _("Stand, move and live with less pain"),
            "introduction": _("<p>We find what works too hard, and teach you to put it right.</p>"),
            "button": True,
        }


class SectionBlock(blocks.StructBlock):
    """A section with a heading; what it shows comes from the clinic's own records."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=80)

    class Meta:
        label_format = "{heading}"
        preview_template = PREVIEW


class ServicesBlock(SectionBlock):
    class Meta:
        icon = "list-ul"
        label = _("Services")
        description = _("What can be booked, with durations and prices, as listed under Services.")
        template = "pages/sections/services.html"
        default = preview_value = {"heading": _("What we do")}


class ArticlesBlock(SectionBlock):
    count = blocks.ChoiceBlock(
        label=_("How many"), choices=[("3", "3"), ("4", "4"), ("6", "6")], default="3"
    )

    class Meta:
        icon = "doc-full"
        label = _("Latest articles")
        description = _("The newest articles of all topics. New ones appear by themselves.")
        template = "pages/sections/articles.html"
        default = preview_value = {"heading": _("Worth reading"), "count": "3"}


class TeamBlock(SectionBlock):
    class Meta:
        icon = "group"
        label = _("Team")
        description = _("Everyone who is shown with the team, each leading to their profile.")
        template = "pages/sections/team.html"
        default = preview_value = {"heading": _("Who will see you")}


class WhereBlock(SectionBlock):
    class Meta:
        icon = "site"
        label = _("Where and when")
        description = _("Address, phone and opening hours of the clinic’s main location.")
        template = "pages/sections/where.html"
        default = preview_value = {"heading": _("Where and when")}


class TestimonialBlock(DraftableStructBlock):
    """What somebody says of the clinic, and that the clinic may say so."""

    words = blocks.TextBlock(label=_("What they say"), max_length=400, rows=3)
    name = blocks.CharBlock(
        label=_("Name"),
        max_length=80,
        help_text=_("The name the person wants to go by, like “Pat R.” or “a runner, 61.”"),
    )
    consent = blocks.BooleanBlock(
        label=_("We have their written permission"),
        required=False,
        help_text=_("For these words, under this name, on this website. Keep the signed form."),
    )
    consent_on = blocks.DateBlock(label=_("Permission given on"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Testimonial")
        label_format = "{name}"

    def missing(self, value: Any) -> dict[str, str]:
        missing = {}
        if not value["consent"]:
            missing["consent"] = gettext(
                "Get the person’s written permission before you publish their words."
            )
        if not value["consent_on"]:
            missing["consent_on"] = gettext("Enter the date permission was given.")
        elif value["consent_on"] > timezone.localdate():
            missing["consent_on"] = gettext("This day hasn’t come yet.")
        return missing


class TestimonialsValue(blocks.StructValue):
    def permitted(self) -> list[Any]:
        """Return what may be shown. A draft that was never checked may hold more than that."""
        return [said for said in self["testimonials"] if said["consent"] and said["consent_on"]]


class TestimonialsBlock(SectionBlock):
    testimonials = blocks.ListBlock(
        TestimonialBlock(), label=_("Testimonials"), min_num=1, max_num=6
    )

    class Meta:
        icon = "openquote"
        label = _("Testimonials")
        description = _("What patients say, each with their permission.")
        template = "pages/sections/testimonials.html"
        value_class = TestimonialsValue
        default = {"heading": _("What people say")}
        preview_value = {
            "heading": _("What people say"),
            "testimonials": [
                {
                    "words": _("I came for my hip and left with a plan I could keep."),
                    "name": _("A runner, 61"),
                    "consent": True,
                    "consent_on": "2026-01-05",
                }
            ],
        }


class FreeTextBlock(SectionBlock):
    text = blocks.RichTextBlock(
        label=_("Text"), features=["h3", "bold", "italic", "ol", "ul", "link"]
    )

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("A heading and words of your own.")
        template = "pages/sections/text.html"
        preview_value = {
            "heading": _("Your first visit"),
            "text": _(
                "<p>Come in clothes you can move in. We take an hour, and most of it is listening."
                "</p>"
            ),
        }


class HomeSections(blocks.StreamBlock):
    hero = HeroBlock()
    services = ServicesBlock()
    articles = ArticlesBlock()
    team = TeamBlock()
    testimonials = TestimonialsBlock()
    where = WhereBlock()
    text = FreeTextBlock()

    class Meta:
        # Each shows the same records wherever it stands, so once is enough.
        block_counts = {
            name: {"max_num": 1}
            for name in ("hero", "services", "articles", "team", "testimonials", "where")
        }
