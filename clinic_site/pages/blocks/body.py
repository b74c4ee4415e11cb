"""What a standard page is made of."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageChooserBlock

from clinic_site.images.models import SiteImage
from clinic_site.pages.blocks.drafts import CompleteOncePublished

SIMPLE = ["bold", "italic", "ol", "ul", "link"]


class PictureBlock(CompleteOncePublished):
    image = ImageChooserBlock(label=_("Picture"))
    alternative_text = blocks.TextBlock(
        label=_("What the picture shows"),
        help_text=_("For people who cannot see it. Leave empty only if it is decoration."),
        required=False,
        max_length=500,
        rows=2,
    )
    decorative = blocks.BooleanBlock(
        label=_("Decoration only"), required=False, help_text=_("Screen readers pass it over.")
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture as wide as the text, with words below it if you like.")
        template = "pages/blocks/picture.html"

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


class NoticeBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=80)
    text = blocks.RichTextBlock(label=_("Text"), features=SIMPLE)

    class Meta:
        icon = "warning"
        label = _("Notice")
        description = _("Something that must not be overlooked, set apart by a rule.")
        template = "pages/blocks/notice.html"
        preview_value = {
            "heading": _("Please come ten minutes early"),
            "text": _("<p>There is one form to fill in, and water to drink.</p>"),
        }


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"), max_length=600, rows=3)
    source = blocks.CharBlock(label=_("Who said it, and where"), required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("Words of somebody else. For patients’ words, use testimonials.")
        template = "components/quotation.html"
        preview_value = {
            "text": _("Movement is the one medicine whose dose you may choose yourself."),
            "source": _("A saying of this house"),
        }


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
        description = _("What happens one after another, numbered.")
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
        description = _("What can be booked, as listed under Services. It follows every change.")
        template = "pages/blocks/price_list.html"
        default = preview_value = {"heading": _("Prices")}


class InvitationBlock(blocks.StructBlock):
    heading = blocks.CharBlock(
        label=_("Heading"),
        required=False,
        max_length=80,
        help_text=_("Without one, the clinic’s own invitation."),
    )
    page = blocks.PageChooserBlock(
        label=_("Leads to"), required=False, help_text=_("Without one, to booking.")
    )
    button = blocks.CharBlock(
        label=_("Words on the button"),
        required=False,
        max_length=60,
        help_text=_("Without any, those of the clinic’s invitation, or the page’s title."),
    )

    class Meta:
        icon = "date"
        label = _("Invitation")
        description = _("The next step: to book, or to another page, with the phone number.")
        template = "pages/blocks/invitation.html"
        preview_value = {"heading": "", "page": None, "button": ""}


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


class TableBlock(TypedTableBlock):
    """A table whose cells are text. Its caption is asked for by Wagtail’s own form."""

    text = blocks.CharBlock(label=_("Text"), required=False)

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("Rows and columns of text, with a caption.")
        template = "components/table.html"
        preview_value = {
            "caption": _("When it is quiet here"),
            "columns": [
                {"type": "text", "heading": _("Day")},
                {"type": "text", "heading": _("Hours")},
            ],
            "rows": [{"values": [_("Monday"), _("before ten")]}],
        }


class StandardBody(blocks.StreamBlock):
    text = ProseBlock()
    picture = PictureBlock()
    notice = NoticeBlock()
    steps = StepsBlock()
    quote = QuoteBlock()
    table = TableBlock()
    price_list = PriceListBlock()
    invitation = InvitationBlock()
