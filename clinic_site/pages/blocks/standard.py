"""What a standard page is made of."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from clinic_site.pages.blocks.check_first import CheckFirstBlock
from clinic_site.pages.blocks.content import (
    SIMPLE,
    CalloutBlock,
    CaptionedImageBlock,
    DownloadBlock,
    InvitationBlock,
    QuotationBlock,
    TableBlock,
)
from clinic_site.pages.blocks.exercise import ExerciseBlock
from clinic_site.pages.pasting.body import PastingBody


class StepsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=80)
    steps = blocks.ListBlock(
        blocks.StructBlock(
            [
                ("title", blocks.CharBlock(label=_("In short"), max_length=80)),
                ("text", blocks.TextBlock(label=_("What happens"), max_length=300, rows=2)),
            ],
            label_format="{title}",
        ),
        label=_("Steps"),
        min_num=2,
    )

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        label_format = "{heading}"
        description = _("What happens in order, numbered.")
        template = "pages/blocks/steps.html"
        preview_value = {
            "heading": _("What happens"),
            "steps": [
                {
                    "title": _("We listen"),
                    "text": _("What hurts, and since when."),
                },
                {"title": _("We look"), "text": _("How you stand, walk, bend and turn.")},
            ],
        }


class PriceListBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=80)

    class Meta:
        icon = "list-ul"
        label = _("Services and prices")
        label_format = "{heading}"
        description = _("What can be booked, as listed under Services. It follows every change.")
        template = "pages/blocks/price_list.html"
        default = preview_value = {"heading": _("Prices")}


class ProseBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(features=["h2", "h3", *SIMPLE], **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, headings and lists.")
        template = "pages/blocks/text.html"
        preview_value = _(
            "<h2>What to bring</h2><p>Not much:</p><ul><li>clothes you can move in</li>"
            "<li>the shoes you walk in most</li></ul>"
        )


class StandardBody(PastingBody):
    pasted_as = "standard"

    text = ProseBlock()
    image = CaptionedImageBlock()
    callout = CalloutBlock()
    steps = StepsBlock()
    exercise = ExerciseBlock()
    quote = QuotationBlock()
    table = TableBlock()
    price_list = PriceListBlock()
    download = DownloadBlock()
    invitation = InvitationBlock()
    check_first = CheckFirstBlock()
