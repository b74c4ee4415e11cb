"""The headings of an article: anchors that are unique on its page, and a list of contents."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import slugify

from blog.body.figures import BodyBlock

ENOUGH_FOR_CONTENTS = 4


@dataclass(frozen=True)
class Heading:
    text: str
    level: str  # "h2" or "h3"
    anchor: str


def headings_in(body: Iterable[BodyBlock]) -> dict[str, Heading]:
    """Return the headings of a body by the ids of their blocks, in its order."""
    headings: dict[str, Heading] = {}
    taken: set[str] = set()
    for block in body:
        if block.block_type == "heading":
            text, level = str(block.value["text"]), str(block.value["level"])
            anchor = _unique(f"section-{slugify(text, allow_unicode=True)}", taken)
            headings[block.id] = Heading(text, level, anchor)
    return headings


def contents(headings: Iterable[Heading]) -> list[Heading]:
    """Return the sections to list above an article, or none if it is short."""
    sections = [heading for heading in headings if heading.level == "h2"]
    return sections if len(sections) >= ENOUGH_FOR_CONTENTS else []


def _unique(slug: str, taken: set[str]) -> str:
    anchor, count = slug, 1
    while anchor in taken:
        count += 1
        anchor = f"{slug}-{count}"
    taken.add(anchor)
    return anchor
