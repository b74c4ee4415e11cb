"""What an article rests on: numbered sources, linked from the text and back.

A source is a block of the article's `sources` and, like a figure, has the id of its
block for good. Text cites it as `<a linktype="source" source="ID">words</a>`. Numbers
follow the order in which the text first cites them; what is never cited comes last.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from clinic_site.pages.blocks.traversal import rich_texts_with_blocks

CITATION = re.compile(r'<a\b[^>]*\bsource="(?P<id>[\w-]+)"[^>]*>.*?</a>', re.DOTALL)


@dataclass
class Source:
    number: int
    value: Any  # of a SourceBlock
    citations: list[str] = field(default_factory=list)  # anchors in the text, in its order

    @property
    def anchor(self) -> str:
        return f"source-{self.number}"


class Sources:
    """The sources of one rendering of an article, in the order of their numbers."""

    def __init__(self, blocks: Iterable[Any], texts: Iterable[str]) -> None:
        values = {block.id: block.value for block in blocks}
        cited = [match["id"] for text in texts for match in CITATION.finditer(text)]
        order = dict.fromkeys([*(one for one in cited if one in values), *values])
        self._by_id = {one: Source(number, values[one]) for number, one in enumerate(order, 1)}

    def __iter__(self) -> Iterator[Source]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def link_citations(self, text: str) -> str:
        """Return rich text with each citation made a link to its source.

        Call it once for each text, in the order of the page: it notes where to lead back
        to. A citation of a source that is gone leaves nothing behind.
        """
        return CITATION.sub(self._link, text)

    def _link(self, match: re.Match[str]) -> str:
        source = self._by_id.get(match["id"])
        if source is None:
            return ""
        anchor = f"cited-{source.number}-{len(source.citations) + 1}"
        source.citations.append(anchor)
        return _citation(source, anchor)


def rich_texts_in(body: Iterable[Any]) -> Iterator[str]:
    """Yield the stored rich texts of a body, in its order."""
    return (text for _block, text in rich_texts_with_blocks(body))


def _citation(source: Source, anchor: str) -> SafeString:
    return format_html(
        '<sup class="citation"><a id="{}" href="#{}" aria-label="{}">{}</a></sup>',
        anchor,
        source.anchor,
        _("Source %(number)s") % {"number": source.number},
        source.number,
    )
