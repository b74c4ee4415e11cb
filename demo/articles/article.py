"""How an article of the demo is written down: its facts, and its blocks as the database keeps them.

Figures and sources go by names here. Their ids are made from those, so that they are the same
on every machine.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import NAMESPACE_URL, uuid5

Block = dict[str, Any]

WITH_PICTURE = ("figure", "exercise")
Ids = Mapping[str, int]  # of pictures or hand-outs, by their names


@dataclass(frozen=True)
class DemoArticle:
    title: str
    slug: str
    topic: str  # the slug of its topic
    summary: str
    author: str
    reviewer: str
    card: str  # the name of the figure that lists show
    body: list[Block]
    sources: list[Block] = field(default_factory=list)
    tags: tuple[str, ...] = ()
    published_days_ago: int = 0
    reviewed_days_ago: int = 0
    review_every: int = 24  # months
    state: Literal["published", "scheduled", "in review"] = "published"

    def figures(self) -> set[str]:
        """Return the names of the pictures it shows."""
        shown = {block["value"]["image"] for block in self.body if block["type"] in WITH_PICTURE}
        return {self.card, *shown} - {""}

    def handouts(self) -> set[str]:
        """Return the names of the hand-outs it offers."""
        return {block["value"]["document"] for block in self.body if block["type"] == "download"}

    def body_with(self, images: Ids, documents: Ids) -> list[Block]:
        """Return the body with the ids of pictures and hand-outs in place of their names."""
        ids = {"image": images, "document": documents}
        return [_with_ids(block, ids) for block in self.body]


def heading(text: str, level: Literal["h2", "h3"] = "h2") -> Block:
    return {"type": "heading", "value": {"text": text, "level": level}}


def text(html: str) -> Block:
    """Return prose: paragraphs and lists, with `refer` and `cite` inside."""
    return {"type": "paragraph", "value": html}


def figure(
    name: str,
    *,
    caption: str,
    alternative_text: str,
    numbered: bool = True,
    wide: bool = False,
) -> Block:
    """Return the figure whose drawing is `demo/figures/<name>.png`."""
    value = {
        "image": name,
        "alternative_text": alternative_text,
        "decorative": False,
        "caption": caption,
        "credit": "",
        "wide": wide,
        "numbered": numbered,
    }
    return {"type": "figure", "id": _id("figure", name), "value": value}


def exercise(
    name: str,
    picture: str = "",
    *,
    alternative_text: str = "",
    steps: list[str],
    how_often: str,
    feeling: str,
    stop: str,
) -> Block:
    """Return an exercise, with the drawing `demo/figures/<picture>.png` if it has one."""
    value = {
        "name": name,
        "image": picture,
        "alternative_text": alternative_text,
        "steps": [{"type": "item", "id": _id("step", step), "value": step} for step in steps],
        "how_often": how_often,
        "feeling": feeling,
        "stop": stop,
    }
    return {"type": "exercise", "id": _id("exercise", name), "value": value}


def callout(heading: str, html: str) -> Block:
    return {"type": "callout", "value": {"heading": heading, "text": html}}


def quote(words: str, source: str = "") -> Block:
    return {"type": "quote", "value": {"text": words, "source": source}}


def table(caption: str, columns: list[str], rows: list[list[str]]) -> Block:
    """Return a table of texts; the first cell of each row is the row's heading."""
    value = {
        "caption": caption,
        "columns": [{"type": "text", "heading": heading} for heading in columns],
        "rows": [{"values": row} for row in rows],
    }
    return {"type": "table", "value": value}


def handout(name: str, about: str = "") -> Block:
    """Return the download of `demo/handouts/<name>.pdf`."""
    return {"type": "download", "value": {"document": name, "about": about}}


def invitation_block() -> Block:
    return {"type": "invitation", "value": {}}


def source(name: str, *, title: str, publisher: str, year: int | None, url: str) -> Block:
    value = {"title": title, "publisher": publisher, "year": year, "url": url}
    return {"type": "source", "id": _id("source", name), "value": value}


def refer(name: str, words: str = "the figure") -> str:
    """Return a reference to a figure of this article; readers see its number."""
    return f'<a linktype="figure" figure="{_id("figure", name)}">{words}</a>'


def cite(name: str) -> str:
    """Return a citation of a source of this article; readers see its number."""
    return f'<a linktype="source" source="{_id("source", name)}">[source]</a>'


def _id(kind: str, name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"{kind}:{name}"))


def _with_ids(block: Block, ids: Mapping[str, Ids]) -> Block:
    if block["type"] not in (*WITH_PICTURE, "download"):
        return block
    value = block["value"]
    known = {field: named.get(value[field]) for field, named in ids.items() if field in value}
    return block | {"value": value | known}
