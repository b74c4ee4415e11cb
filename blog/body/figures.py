"""Figures: which number each one has, and text that leads to them.

A figure's number is never stored. It is its place among the numbered figures of the
body, so it is right again as soon as an editor moves one. What is stored is the id
that Wagtail gives the block when it is made and keeps for good.

In rich text a reference is kept as `<a linktype="figure" figure="ID">words</a>`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Protocol

from django.utils.html import escape
from django.utils.translation import gettext as _

REFERENCE = re.compile(r'<a\b[^>]*\bfigure="(?P<id>[\w-]+)"[^>]*>(?P<words>.*?)</a>', re.DOTALL)
LINK = re.compile(r"<a\b.*?</a>", re.DOTALL)
# "a figure 8" is a path, or a bandage.
TYPED_NUMBER = re.compile(r"(?<!\ba )\bfig(s?\.?|ures?)[ \u00a0]*\d+", re.IGNORECASE)


class BodyBlock(Protocol):
    id: str
    block_type: str
    value: dict[str, object]


@dataclass(frozen=True)
class Figure:
    id: str
    number: int | None

    @property
    def anchor(self) -> str:
        return anchor_of(self.id)


def anchor_of(figure_id: str) -> str:
    """Return the id that the figure's element has on the page."""
    return f"figure-{figure_id}"


def figures_in(body: Iterable[BodyBlock]) -> dict[str, Figure]:
    """Return the figures of a body by id, in its order, numbered from 1 where they are numbered."""
    figures: dict[str, Figure] = {}
    last_number = 0
    for block in body:
        if block.block_type != "figure":
            continue
        if block.value["numbered"]:
            last_number += 1
            figures[block.id] = Figure(block.id, last_number)
        else:
            figures[block.id] = Figure(block.id, None)
    return figures


def link_references(source: str, figures: dict[str, Figure]) -> str:
    """Return stored rich text with each figure reference made a link of this page.

    The link's words are the figure's present number, or what the editor wrote if the
    figure has none. A reference to a figure that is gone becomes plain text.
    """

    def link(match: re.Match[str]) -> str:
        figure = figures.get(match["id"])
        if figure is None:
            return match["words"]
        words = label_of(figure) if figure.number else match["words"]
        return f'<a href="#{escape(figure.anchor)}">{words}</a>'

    return REFERENCE.sub(link, source)


def typed_numbers(source: str) -> Iterator[str]:
    """Yield what looks like a figure's number in rich text but is no reference: “Fig. 2”."""
    words = unescape(
        re.sub(r"<[^>]*>", "", re.sub(r"</(p|li)>|<br/?>", "\n", LINK.sub("", source)))
    )
    return (found[0] for found in TYPED_NUMBER.finditer(words))


def label_of(figure: Figure) -> str:
    return _("Fig. %(number)s") % {"number": figure.number}
