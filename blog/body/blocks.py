"""What an article is made of."""

from typing import Any
from urllib.parse import urlsplit

from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import expand_db_html

from blog.body.figures import link_references
from clinic_site.pages.blocks.body import PictureBlock


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("h2", _("Section")), ("h3", _("Part of a section"))],
        default="h2",
    )

    class Meta:
        description = _(
            "Begins a section, or a part of one. Four sections make a list of contents."
        )
        preview_value = {"text": _("Why we sit, and what it costs"), "level": "h2"}
        icon = "title"
        label = _("Heading")
        template = "blog/blocks/heading.html"
        form_layout = ["text", "level"]

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        block, headings = context.get("block"), context.get("headings", {})
        heading = headings.get(getattr(block, "id", None))
        context["anchor"] = heading.anchor if heading else ""
        return context


class ParagraphBlock(blocks.RichTextBlock):
    """Prose and lists. References to figures are drawn with the numbers of the whole body."""

    def __init__(self, **kwargs: Any) -> None:
        features = ["bold", "italic", "ol", "ul", "link", "figure-reference", "source-reference"]
        super().__init__(features=features, **kwargs)

    class Meta:
        description = _("Paragraphs and lists, with links, references to figures and sources.")
        preview_value = (
            "<p>The psoas joins the spine to the legs. <b>Nothing else does.</b> It lets you:</p>"
            "<ul><li>walk uphill</li><li>sit up in bed</li></ul>"
        )
        icon = "pilcrow"
        label = _("Text")
        template = "blog/blocks/paragraph.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        html = link_references(value.source, context.get("figures", {}))
        if sources := context.get("sources"):
            html = sources.link_citations(html)
        # Safe: the editor's converter has let only the features above into the source.
        context["html"] = mark_safe(expand_db_html(html))  # noqa: S308
        return context


class FigureBlock(PictureBlock):
    credit = blocks.CharBlock(label=_("Credit"), required=False, max_length=120)
    position = blocks.ChoiceBlock(
        label=_("Position"),
        choices=[
            ("left", _("To the left, its caption beside it")),
            ("right", _("To the right, its caption beside it")),
            ("centre", _("In the middle, as wide as the text")),
            ("full", _("Wider than the text")),
        ],
        default="centre",
    )
    numbered = blocks.BooleanBlock(
        label=_("Numbered"), required=False, help_text=_("“Fig. 1”, by its place in the article.")
    )

    class Meta:
        description = _("A drawing or photograph with its caption, numbered if the text names it.")
        icon = "image"
        label = _("Figure")
        template = "blog/blocks/figure.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the figure's number and anchor. `block` is the loop's own name for the block."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        block, figures = context.get("block"), context.get("figures", {})
        figure = figures.get(getattr(block, "id", None))
        if figure:
            context |= {"number": figure.number, "anchor": figure.anchor}
            context["first"] = figure is next(iter(figures.values()))
        return context


class CalloutBlock(blocks.StructBlock):
    """A word of advice that must not be overlooked, such as when to see a doctor."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=80)
    text = ParagraphBlock(label=_("Text"))

    class Meta:
        description = _("Advice that must not be overlooked, such as when to see a doctor.")
        preview_value = {
            "heading": _("When to see a doctor"),
            "text": "<p>If a leg goes numb or weak, do not exercise. Ring your doctor today.</p>",
        }
        icon = "warning"
        label = _("Callout")
        template = "blog/blocks/callout.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"), max_length=600, rows=3)
    source = blocks.CharBlock(label=_("Who said it, and where"), required=False, max_length=160)

    class Meta:
        description = _("Somebody’s own words, and who said them.")
        preview_value = {
            "text": _("I had stretched my hip for two years, and never asked what the other did."),
            "source": _("A patient, with her permission"),
        }
        icon = "openquote"
        label = _("Quotation")
        template = "blog/blocks/quote.html"


class VideoBlock(blocks.StructBlock):
    """A link to a film elsewhere. The page itself asks nothing of that place."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    url = blocks.URLBlock(label=_("Address"))
    picture = ImageChooserBlock(label=_("Still picture"), required=False)
    minutes = blocks.IntegerBlock(label=_("Length in minutes"), required=False, min_value=1)

    class Meta:
        description = _(
            "A link to a film elsewhere. Nothing is loaded from there until it is clicked."
        )
        preview_value = {
            "title": _("Three exercises at the desk"),
            "url": "https://films.example/desk",
            "minutes": 4,
        }
        icon = "media"
        label = _("Film")
        template = "blog/blocks/video.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["host"] = urlsplit(value["url"]).hostname
        return context


class InvitationBlock(blocks.StaticBlock):
    class Meta:
        description = _("The clinic’s invitation to book, in the middle of an article.")
        preview_value = True  # a static block has none, and Wagtail asks for one
        icon = "date"
        label = _("Invitation to book")
        admin_text = _("The clinic’s invitation, its phone number and the booking button.")
        template = "blog/blocks/invitation.html"


class SourceBlock(blocks.StructBlock):
    """A publication that the article rests on."""

    title = blocks.CharBlock(label=_("Title"), max_length=250)
    publisher = blocks.CharBlock(
        label=_("Authors, journal or publisher"), required=False, max_length=250
    )
    year = blocks.IntegerBlock(label=_("Year"), required=False, min_value=1500, max_value=2200)
    url = blocks.URLBlock(label=_("Address"), required=False)

    class Meta:
        description = _("A publication that the article rests on; cite it in the text.")
        preview_template = "blog/previews/source.html"
        preview_value = {
            "title": _("Physical activity"),
            "publisher": _("World Health Organization"),
            "year": 2024,
            "url": "https://www.who.int/news-room/fact-sheets/detail/physical-activity",
        }
        icon = "doc-full"
        label = _("Source")


class TableBlock(TypedTableBlock):
    """A table whose cells are text or numbers. Its caption is asked for by Wagtail's own form."""

    def __init__(self, **kwargs: Any) -> None:
        columns = [
            ("text", blocks.CharBlock(label=_("Text"), required=False)),
            ("number", blocks.FloatBlock(label=_("Number"), required=False)),
        ]
        super().__init__(columns, **kwargs)

    class Meta:
        description = _("Rows and columns; the first cell of each row is its heading.")
        preview_value = {
            "caption": _("Sitting and standing in a working day"),
            "columns": [
                {"type": "text", "heading": _("Hour")},
                {"type": "text", "heading": _("What to do")},
            ],
            "rows": [{"values": ["9", _("Sit")]}, {"values": ["10", _("Stand, then walk")]}],
        }
        icon = "table"
        label = _("Table")
        template = "blog/blocks/table.html"


class ArticleBody(blocks.StreamBlock):
    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    figure = FigureBlock()
    callout = CalloutBlock()
    quote = QuoteBlock()
    table = TableBlock()
    video = VideoBlock()
    invitation = InvitationBlock()
