"""A body into whose Text blocks people paste: what they paste becomes its blocks."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.blocks.stream_block import StreamBlockAdapter

from clinic_site.pages.pasting.document import (
    Item,
    Paragraph,
    Part,
    PastedHeading,
    Quotation,
    ReadyBlock,
    Table,
)

Pasted = tuple[str, Any]  # the name of a block, and its value as it is stored
DEEPEST_LIST = 5  # as deep as Draftail goes
LONGEST_QUOTATION = 600  # characters, as of QuotationBlock


class PastingBody(blocks.StreamBlock):
    """Names the blocks that hold what is pasted. Headings stand in the text, or in a block.

    A body is known by `pasted_as` in the address that its editor asks.
    """

    pasted_as: ClassVar[str]
    text_block: ClassVar[str] = "text"
    known: ClassVar[dict[str, type["PastingBody"]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.known[cls.pasted_as] = cls

    def pasted_heading(self, words: str, level: str) -> Pasted | str:
        """Return a block for a heading of level "h2" or "h3", or what it is in the text."""
        return f"<{level}>{escape(words)}</{level}>"

    def blocks_of(self, parts: list[Part]) -> list[Pasted]:
        """Return the blocks that say what was pasted, in its order."""
        said: list[Pasted] = []
        for piece in self._pieces(parts):
            if not isinstance(piece, str):
                said.append(piece)
            elif said and said[-1][0] == self.text_block:
                said[-1] = (self.text_block, said[-1][1] + piece)
            else:
                said.append((self.text_block, piece))
        return said

    def form_state(self, pasted: list[Pasted]) -> Any:
        """Return blocks as the editor's form holds them."""
        raw = [{"type": kind, "value": value, "id": str(uuid4())} for kind, value in pasted]
        return self.get_form_state(self.to_python(raw))

    def _pieces(self, parts: list[Part]) -> Iterator[Pasted | str]:
        levels = _levels(parts)
        for kind, group in groupby(parts, key=type):
            same: list[Any] = list(group)
            if kind is PastedHeading:
                yield from (self.pasted_heading(each.words, levels[each.level]) for each in same)
            elif kind is Item:
                yield as_list(same)
            elif kind is Quotation:
                yield from _quotation(same)
            elif kind is ReadyBlock:
                yield from ((each.kind, each.value) for each in same)
            elif kind is Table:
                yield from (("table", _table(each)) for each in same)
            else:
                yield "".join(f"<p>{each.html}</p>" for each in same)


class WordsAlone(PastingBody):
    """What is pasted where there are no blocks: an introduction, or the text of a callout."""

    pasted_as = "words"

    text = blocks.RichTextBlock(features=["bold", "italic", "ol", "ul", "link"])

    def pasted_heading(self, words: str, level: str) -> Pasted | str:
        return f"<p><b>{escape(words)}</b></p>"

    def blocks_of(self, parts: list[Part]) -> list[Pasted]:
        """Return one text: of a heading a bold line, of a table a line for each row."""
        return super().blocks_of([line for part in parts for line in _lines(part)])


def _lines(part: Part) -> list[Part]:
    match part:
        case Table(rows=rows):
            return [Paragraph(escape(" · ".join(filter(None, row)))) for row in rows if any(row)]
        case Quotation(paragraphs=said):
            return [Paragraph(escape(words)) for words in said]
    return [part]


def as_list(items: list[Item]) -> str:
    """Return a list with its lists inside; none goes deeper than one step at a time."""
    html, around = "", list[str]()
    for item in items:
        tag = "ol" if item.ordered else "ul"
        level = min(item.level, len(around) + 1, DEEPEST_LIST)
        while len(around) > level:
            html += f"</li></{around.pop()}>"
        if len(around) == level and around[-1] != tag:
            html += f"</li></{around.pop()}>"
        if len(around) == level:
            html += "</li>"
        else:
            html += f"<{tag}>"
            around.append(tag)
        html += f"<li>{item.html}"
    return html + "".join(f"</li></{tag}>" for tag in reversed(around))


def _levels(parts: list[Part]) -> dict[int, str]:
    """Return "h2" for the sections of a document, and "h3" for what is below them.

    A single heading above all others is the document's title; what comes next are its sections.
    """
    levels = [part.level for part in parts if isinstance(part, PastedHeading)]
    if not levels:
        return {}
    top, below = min(levels), sorted(set(levels))[1:2]
    titled = levels[0] == top and levels.count(top) == 1 and bool(below)
    sections = {top, *below} if titled else {top}
    return {level: "h2" if level in sections else "h3" for level in levels}


def _quotation(said: list[Quotation]) -> Iterator[Pasted | str]:
    """Yield paragraphs of one quotation together; what is too long for a block stays text."""
    source = next((each.source for each in said if each.source), "")
    paragraphs = [words for each in said for words in each.paragraphs]
    together = "\n\n".join(paragraphs)
    if len(together) <= LONGEST_QUOTATION:
        yield "quote", {"text": together, "source": source[:160]}
    else:
        lines = [*paragraphs, source] if source else paragraphs
        yield "".join(f"<p>{escape(words)}</p>" for words in lines)


def _table(table: Table) -> dict[str, Any]:
    """Return a table whose first row are the headings of its columns."""
    first, *rows = table.rows
    if not rows:
        first, rows = [""] * len(first), [first]
    return {
        "columns": [{"type": "text", "heading": words} for words in first],
        "rows": [{"values": row} for row in rows],
        "caption": table.caption,
    }


class PastingBodyAdapter(StreamBlockAdapter):
    js_constructor = "clinic_site.pages.pasting.PastingBody"

    def js_args(self, block: PastingBody) -> list[Any]:
        *others, meta = super().js_args(block)
        pasting = {
            "url": reverse("read_pasted", args=[block.pasted_as]),
            "wordsUrl": reverse("read_pasted", args=[WordsAlone.pasted_as]),
            "text": block.text_block,
            "words": {
                "reading": _("Pasting…"),
                "pasted": _("Pasted."),
                "undo": _("Undo the paste"),
                "undone": _("The paste is undone."),
                "picture": _("Left out: a picture. Please insert it as a block of its own."),
                "plain": _(
                    "The site can’t be reached right now, so only the plain words were pasted. "
                    "Undo it and try again in a moment."
                ),
            },
        }
        return [*others, {**meta, "pasting": pasting}]

    @cached_property
    def media(self) -> forms.Media:
        return super().media + forms.Media(
            js=["js/admin/pasting.js"], css={"all": ["css/admin/pasting.css"]}
        )


register(PastingBodyAdapter(), PastingBody)
