"""What an article is made of."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import expand_db_html

from blog.figures import link_references


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("h2", _("Section")), ("h3", _("Part of a section"))],
        default="h2",
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blog/blocks/heading.html"
        form_layout = ["text", "level"]

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["anchor"] = slugify(value["text"])
        return context


class ParagraphBlock(blocks.RichTextBlock):
    """Prose and lists. References to figures are drawn with the numbers of the whole body."""

    def __init__(self, **kwargs: Any) -> None:
        features = ["bold", "italic", "ol", "ul", "link", "figure-reference"]
        super().__init__(features=features, **kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blog/blocks/paragraph.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        figures = (parent_context or {}).get("figures", {})
        context["html"] = self._html(value.source, figures)
        return context

    def _html(self, source: str, figures: dict[str, Any]) -> SafeString:
        # Safe: the editor's converter has let only the features above into the source.
        return mark_safe(expand_db_html(link_references(source, figures)))  # noqa: S308


class FigureBlock(blocks.StructBlock):
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
        icon = "image"
        label = _("Figure")
        template = "blog/blocks/figure.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Add the figure's number and anchor. `block` is the loop's own name for the block."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        block, figures = context.get("block"), context.get("figures", {})
        figure = figures.get(block.id) if block else None
        if figure:
            context |= {"number": figure.number, "anchor": figure.anchor}
            context["first"] = figure is next(iter(figures.values()))
        return context

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned["alternative_text"].strip()) == cleaned["decorative"]:
            message = _("Say what the picture shows, or mark it as decoration only.")
            raise StructBlockValidationError({"alternative_text": ValidationError(message)})
        return cleaned


class ArticleBody(blocks.StreamBlock):
    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    figure = FigureBlock()
