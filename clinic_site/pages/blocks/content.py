"""Blocks for any body: that of a standard page, and of other pages that add blocks of their own.

A body draws each block with `block_id`: {% include_block block with block_id=block.id %}.
"""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from clinic_site.images.models import SiteImage
from clinic_site.pages.blocks.drafts import DraftableStructBlock
from clinic_site.pages.pasting.addresses import kept_address
from clinic_site.pages.pasting.stored_text import own_hosts

SIMPLE = ["bold", "italic", "ol", "ul", "link"]


class AddressBlock(blocks.URLBlock):
    """An address elsewhere, without the detour by a search engine that it was copied with."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        return kept_address(cleaned, own_hosts()) or cleaned if cleaned else cleaned


class CaptionedImageBlock(DraftableStructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alternative_text = blocks.TextBlock(
        label=_("What the picture shows"),
        help_text=_("For people who can’t see it. Leave empty only if it’s decoration."),
        required=False,
        max_length=500,
        rows=2,
    )
    decorative = blocks.BooleanBlock(
        label=_("Decoration only"), required=False, help_text=_("Screen readers skip it.")
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)
    side = blocks.ChoiceBlock(
        label=_("Beside the text"),
        choices=[("left", _("On the left")), ("right", _("On the right"))],
        required=False,
        help_text=_(
            "A smaller picture that the text flows around. On a phone it’s above the text."
        ),
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        label_format = "{caption}"
        description = _("A picture as wide as the text, with a caption if you like.")
        template = "pages/blocks/image.html"

    def get_preview_value(self) -> Any:
        return self.normalize(
            {
                "image": SiteImage.objects.order_by("-pk").first(),
                "alternative_text": _("A picture of this site."),
                "caption": _("The newest picture, with a caption"),
            }
        )

    def missing(self, value: Any) -> dict[str, str]:
        if bool(value["alternative_text"].strip()) != value["decorative"]:
            return {}
        message = gettext("Say what the picture shows, or mark it as decoration only.")
        return {"alternative_text": message}


class CalloutBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=80)
    text = blocks.RichTextBlock(label=_("Text"), features=SIMPLE)

    class Meta:
        icon = "warning"
        label = _("Callout")
        label_format = "{heading}"
        description = _("Something readers shouldn’t miss, like when to see a doctor.")
        template = "pages/blocks/callout.html"
        preview_value = {
            "heading": _("Please come ten minutes early"),
            "text": _("<p>There’s one form to fill in, and water to drink.</p>"),
        }


class QuotationBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"), max_length=600, rows=3)
    source = blocks.CharBlock(label=_("Who said it, and where"), required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        label_format = "{text}"
        description = _("Someone else’s words. For patients’ words, use testimonials.")
        template = "components/quotation.html"
        preview_value = {
            "text": _("Movement is the one medicine whose dose you may choose yourself."),
            "source": _("A saying of ours"),
        }


class TableBlock(TypedTableBlock):
    """A table whose cells are text or numbers. Its caption is asked for by Wagtail’s own form."""

    text = blocks.CharBlock(label=_("Text"), required=False)
    number = blocks.FloatBlock(label=_("Number"), required=False)

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Rows and columns; the first cell of each row is its heading.")
        template = "components/table.html"
        preview_value = {
            "caption": _("When it’s quiet here"),
            "columns": [
                {"type": "text", "heading": _("Day")},
                {"type": "text", "heading": _("Hours")},
            ],
            "rows": [{"values": [_("Monday"), _("before ten")]}],
        }


class InvitationBlock(blocks.StructBlock):
    heading = blocks.CharBlock(
        label=_("Heading"),
        required=False,
        max_length=80,
        help_text=_("Leave empty for the clinic’s own invitation."),
    )
    page = blocks.PageChooserBlock(
        label=_("Leads to"), required=False, help_text=_("Leave empty to lead to booking.")
    )
    button = blocks.CharBlock(
        label=_("Words on the button"),
        required=False,
        max_length=60,
        help_text=_("Leave empty for the clinic’s invitation or the page’s title."),
    )

    class Meta:
        icon = "date"
        label = _("Invitation")
        label_format = "{heading}"
        description = _("The next step: to book, or to another page, with the phone number.")
        template = "pages/blocks/invitation.html"
        preview_value = {"heading": "", "page": None, "button": ""}


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(
        label=_("Document"),
        help_text=_("A PDF. It’s for everybody as soon as the page is published."),
    )
    about = blocks.CharBlock(
        label=_("What it’s good for"),
        required=False,
        max_length=200,
        help_text=_("Like “Print it and keep it by your desk.”"),
    )

    class Meta:
        icon = "download"
        label = _("Download")
        label_format = "{document}"
        description = _("A hand-out to download or print, with its pages and size.")
        template = "pages/blocks/download.html"

    def get_preview_value(self) -> Any:
        newest = get_document_model().objects.order_by("-pk").first()
        return self.normalize({"document": newest, "about": _("Print it and keep it at hand.")})
