"""References to figures in the editor: how they are stored, and how they are chosen."""

from typing import Any

from django.utils.translation import gettext as _
from draftjs_exporter.dom import DOM
from draftjs_exporter.types import Element, Props
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text.feature_registry import FeatureRegistry

FEATURE = "figure-reference"


class FigureReferenceHandler(InlineEntityElementHandler):
    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        return {"figure": attrs["figure"]}


def stored_reference(props: Props) -> Element:
    """Return the element that `blog.figures.REFERENCE` finds again."""
    attributes = {"linktype": "figure", "figure": props["figure"]}
    return DOM.create_element("a", attributes, props["children"])


def register_figure_references(features: FeatureRegistry) -> None:
    control: dict[str, Any] = {
        "type": "FIGURE",
        "icon": "image",
        "description": _("Refer to a figure"),
        "attributes": ["figure"],
        "words": {
            "heading": _("Which figure?"),
            "none": _("This article has no figures yet. Add one first, as a block of its own."),
            "close": _("Cancel"),
            "number": _("Fig. %s"),
            "unnumbered": _("the figure"),
        },
    }
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            control,
            js=["js/admin/figure-reference.js"],
            css={"all": ["css/admin/figure-reference.css"]},
        ),
    )
    features.register_converter_rule(
        "contentstate",
        FEATURE,
        {
            "from_database_format": {'a[linktype="figure"]': FigureReferenceHandler("FIGURE")},
            "to_database_format": {"entity_decorators": {"FIGURE": stored_reference}},
        },
    )
