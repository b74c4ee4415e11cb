"""References in the editor: how they are stored, and how an editor chooses what they lead to.

There are two kinds, to figures and to sources. Each is stored as a link that carries the
id of a block, `<a linktype="figure" figure="ID">words</a>`; `blog.body.figures` and
`blog.body.sources` find it again.
"""

import re
from collections.abc import Callable

from django.utils.translation import gettext as _
from draftjs_exporter.dom import DOM
from draftjs_exporter.types import Element, Props
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature
from wagtail.rich_text.feature_registry import FeatureRegistry

BLOCK_ID = re.compile(r"[\w-]+")


class ReferenceHandler(InlineEntityElementHandler):
    """Reads a stored reference of one kind into the editor."""

    mutability = "IMMUTABLE"

    def __init__(self, kind: str) -> None:
        super().__init__(kind.upper())
        self.kind = kind

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        return {self.kind: attrs.get(self.kind, "")}


def stored_reference(kind: str) -> Callable[[Props], Element]:
    """Return what writes an edited reference of one kind for the database."""

    def store(props: Props) -> Element:
        target = props.get(kind)
        if not (isinstance(target, str) and BLOCK_ID.fullmatch(target)):
            return props["children"]  # leads nowhere: plain words
        return DOM.create_element("a", {"linktype": kind, kind: target}, props["children"])

    return store


def register_references(features: FeatureRegistry) -> None:
    register_kind(
        features,
        kind="figure",
        icon="image",
        description=_("Refer to a figure"),
        words={
            "heading": _("Which figure?"),
            "none": _("This article has no figures yet. Add one first, as a block of its own."),
            "cancel": _("Cancel"),
            "number": _("Fig. %s"),
            "unnumbered": _("the figure"),
        },
    )
    register_kind(
        features,
        kind="source",
        icon="doc-full",
        description=_("Cite a source"),
        words={
            "heading": _("Which source?"),
            "none": _("This article has no sources yet. Add one first, below the body."),
            "cancel": _("Cancel"),
            "number": _("[%s]"),
        },
    )


def register_kind(
    features: FeatureRegistry, *, kind: str, icon: str, description: str, words: dict[str, str]
) -> None:
    feature, entity = f"{kind}-reference", kind.upper()
    control = {
        "type": entity,
        "icon": icon,
        "description": description,
        "attributes": [kind],
        "words": words,
    }
    features.register_editor_plugin(
        "draftail",
        feature,
        EntityFeature(
            control, js=["js/admin/references.js"], css={"all": ["css/admin/references.css"]}
        ),
    )
    features.register_converter_rule(
        "contentstate",
        feature,
        {
            "from_database_format": {f'a[linktype="{kind}"]': ReferenceHandler(kind)},
            "to_database_format": {"entity_decorators": {entity: stored_reference(kind)}},
        },
    )
