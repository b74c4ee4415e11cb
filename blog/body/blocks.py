"""What an article is made of.

A block that looks different in the feed names a `feed_template` in its Meta. The body is drawn with
each block's `block_id`, by which `figures` and `headings` of the article know it.
"""

from typing import Any
from urllib.parse import urlsplit

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import expand_db_html

from blog.body.figures import link_references
from clinic_site.pages.blocks.content import (
    AddressBlock,
    CalloutBlock,
    CaptionedImageBlock,
    DownloadBlock,
    InvitationBlock,
    QuotationBlock,
    TableBlock,
)
from clinic_site.pages.blocks.exercise import ExerciseBlock
from clinic_site.pages.pasting.body import Pasted, PastingBody

LONGEST_HEADING = 120  # characters


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=LONGEST_HEADING)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("h2", _("Section")), ("h3", _("Part of a section"))],
        default="h2",
    )

    class Meta:
        description = _(
            "Starts a section or part of one. With four sections, the page shows a table "
            "of contents."
        )
        preview_value = {"text": _("Why we sit, and what it costs"), "level": "h2"}
        icon = "title"
        label = _("Heading")
        label_format = "{text}"
        template = "blog/blocks/heading.html"
        form_layout = ["text", "level"]

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        heading = context.get("headings", {}).get(context.get("block_id"))
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


class FigureBlock(CaptionedImageBlock):
    credit = blocks.CharBlock(label=_("Credit"), required=False, max_length=120)
    wide = blocks.BooleanBlock(
        label=_("Wider than the text"),
        required=False,
        help_text=_("For several pictures side by side. It leans out of the text to both sides."),
    )
    numbered = blocks.BooleanBlock(
        label=_("Numbered"), required=False, help_text=_("“Fig. 1”, by its place in the article.")
    )

    class Meta:
        description = _("A drawing or photograph with its caption, numbered if the text names it.")
        icon = "image"
        label = _("Figure")
        template = "blog/blocks/figure.html"
        feed_template = "blog/feed/figure.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the figure's number and anchor, which the article knows by the block's id."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        figures = context.get("figures", {})
        figure = figures.get(context.get("block_id"))
        if figure:
            context |= {"number": figure.number, "anchor": figure.anchor}
            context["first"] = figure is next(iter(figures.values()))
        return context


class ArticleCalloutBlock(CalloutBlock):
    """A callout that may refer to figures and sources, as the rest of the text does."""

    text = ParagraphBlock(label=_("Text"))

    class Meta:
        preview_value = {
            "heading": _("When to see a doctor"),
            "text": "<p>If a leg goes numb or weak, don’t exercise. Call your doctor today.</p>",
        }


class VideoBlock(blocks.StructBlock):
    """A link to a video elsewhere. The page itself asks nothing of that place."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    url = AddressBlock(label=_("Address"))
    image = ImageChooserBlock(label=_("Still picture"), required=False)
    minutes = blocks.IntegerBlock(label=_("Length in minutes"), required=False, min_value=1)

    class Meta:
        description = _(
            "A link to a video elsewhere. Nothing is loaded from there until it’s clicked."
        )
        preview_value = {
            "title": _("Three exercises at the desk"),
            "url": "https://films.example/desk",
            "minutes": 4,
        }
        icon = "media"
        label = _("Video")
        label_format = "{title}"
        template = "blog/blocks/video.html"
        feed_template = "blog/feed/video.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["host"] = urlsplit(value["url"]).hostname
        return context


class ArticleExerciseBlock(ExerciseBlock):
    class Meta:
        feed_template = "blog/feed/exercise.html"


class SourceBlock(blocks.StructBlock):
    """A publication that the article rests on."""

    title = blocks.CharBlock(label=_("Title"), max_length=250)
    publisher = blocks.CharBlock(
        label=_("Authors, journal or publisher"), required=False, max_length=250
    )
    year = blocks.IntegerBlock(label=_("Year"), required=False, min_value=1500, max_value=2200)
    url = AddressBlock(label=_("Address"), required=False)

    class Meta:
        description = _("A publication the article relies on. Cite it in the text.")
        preview_template = "blog/previews/source.html"
        preview_value = {
            "title": _("Physical activity"),
            "publisher": _("World Health Organization"),
            "year": 2024,
            "url": "https://www.who.int/news-room/fact-sheets/detail/physical-activity",
        }
        icon = "doc-full"
        label = _("Source")
        label_format = "{title}"


class ArticleBody(PastingBody):
    pasted_as = "article"
    text_block = "paragraph"

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    figure = FigureBlock()
    exercise = ArticleExerciseBlock()
    callout = ArticleCalloutBlock()
    quote = QuotationBlock()
    table = TableBlock()
    video = VideoBlock()
    download = DownloadBlock()
    invitation = InvitationBlock()

    def pasted_heading(self, words: str, level: str) -> Pasted | str:
        if len(words) > LONGEST_HEADING:
            return f"<p><b>{escape(words)}</b></p>"
        return "heading", {"text": words, "level": level}
