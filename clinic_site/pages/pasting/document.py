"""What somebody pasted, as the parts of a text in their order: headings, paragraphs, lists, tables.

    read_document(clipboard_html, own_hosts=["clinic.example"])

A pure function of the clipboard. It keeps structure, bold, italic and links; what it cannot keep it
counts in `left_out` by kind: picture, footnote, comment, link, contents, film, formula, deletion.
"""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any

from bs4.element import NavigableString, Tag

from clinic_site.pages.pasting import clipboard, word
from clinic_site.pages.pasting.addresses import kept_address
from clinic_site.pages.pasting.inline import (
    Run,
    Style,
    as_html,
    paragraphs,
    run,
    style_of,
)
from clinic_site.pages.pasting.tables import grid_of

DEEPEST = 150  # elements inside one another whose structure is read; below that, words only
FOLLOWED = ("http://", "https://", "mailto:", "tel:", "/", "#")
BLOCKS = frozenset(
    (
        "p", "div", "section", "article", "main", "header", "footer", "aside", "nav", "address",
        "center", "form", "fieldset", "figure", "figcaption", "details", "summary", "dl", "dt",
        "dd", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "blockquote", "pre", "hr",
        "body", "html",
    )
)  # fmt: skip
LISTS = ("ul", "ol", "menu")


@dataclass(frozen=True)
class PastedHeading:
    level: int  # 1 to 6, as in the document
    words: str


@dataclass(frozen=True)
class Paragraph:
    html: str


@dataclass(frozen=True)
class Item:
    """An item of a list, `level` lists deep (from 1)."""

    html: str
    level: int
    ordered: bool


@dataclass(frozen=True)
class Table:
    rows: list[list[str]]  # of words, all of one length
    caption: str = ""


@dataclass(frozen=True)
class Quotation:
    paragraphs: list[str]
    source: str = ""


@dataclass(frozen=True)
class ReadyBlock:
    """A block of the body as it is stored, among what is still to become one."""

    kind: str
    value: Any


Part = PastedHeading | Paragraph | Item | Table | Quotation | ReadyBlock


@dataclass
class Document:
    parts: list[Part] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    has_footnotes: bool = False  # their words are among the parts; their marks are left out


def read_document(html: str, own_hosts: Collection[str] = ()) -> Document:
    content, left_out = clipboard.read(html)
    document = Document(left_out=left_out, has_footnotes=word.has_footnotes(content))
    reader = _Reader(document, own_hosts)
    reader.read(content, Style(), 0)
    reader.end()
    return document


class _Reader:
    """Goes through a document once; `runs` is the paragraph that it is in."""

    def __init__(self, document: Document, own_hosts: Collection[str]) -> None:
        self.document, self.own_hosts = document, own_hosts
        self.parts: list[Part] = document.parts
        self.runs: list[Run] = []
        self.lists: list[bool] = []  # the lists around this place: whether they are ordered
        self.item: Item | None = None  # the item in which the next words stand
        self.in_item = False  # whether that item has words already

    def read(self, tag: Tag, style: Style, depth: int) -> None:
        if depth > DEEPEST:
            self.runs.append(run(tag.get_text(" "), style))
            return
        for child in tag.children:
            if isinstance(child, Tag):
                self.read_tag(child, style_of(child, style), depth + 1)
            elif isinstance(child, NavigableString):
                self.runs.append(run(str(child), style, keep_lines=tag.name == "pre"))

    def read_tag(self, tag: Tag, style: Style, depth: int) -> None:
        if tag.name == "br":
            self.runs.append(Run("\n", Style()))
        elif tag.name == "a":
            self.read(tag, replace(style, href=self.address_of(tag, style)), depth)
        elif level := word.heading_level(tag):
            self.read_heading(tag, level, depth)
        elif tag.name in LISTS:
            self.read_list(tag, style, depth)
        elif tag.name == "li":
            self.read_item(tag, style, depth)
        elif tag.name == "table":
            self.read_table(tag, style, depth)
        elif word.is_quotation(tag):
            self.read_quotation(tag, style, depth)
        elif tag.name in BLOCKS:
            self.read_block(tag, style, depth)
        else:
            self.read(tag, style, depth)

    def end(self) -> None:
        """End the paragraph: what it says becomes a part."""
        found, self.runs = paragraphs(self.runs), []
        for runs in found:
            self.add(as_html(runs))

    def add(self, html: str) -> None:
        if self.item is None:
            self.parts.append(Paragraph(html))
        elif self.in_item and isinstance(last := self.parts[-1], Item):
            self.parts[-1] = replace(last, html=f"{last.html}<br/>{html}")
        else:
            self.parts.append(replace(self.item, html=html))
            self.in_item = True

    def read_block(self, tag: Tag, style: Style, depth: int) -> None:
        self.end()
        if word.is_contents(tag):
            self.document.left_out["contents"] = 1
            return
        found = word.list_item(tag)
        if found:
            before = self.item, self.in_item
            self.item, self.in_item = Item("", found.level, found.ordered), False
        elif word.continues_an_item(tag) and self.parts and isinstance(self.parts[-1], Item):
            before = self.item, self.in_item
            self.item, self.in_item = self.parts[-1], True
        else:
            before = None
        self.read(tag, style, depth)
        self.end()
        if before:
            self.item, self.in_item = before

    def read_heading(self, tag: Tag, level: int, depth: int) -> None:
        self.end()
        inside = self.inside(tag, Style(), depth)
        words = " ".join(
            part.words if isinstance(part, PastedHeading) else _words(part) for part in inside
        )
        if words and self.item is None:
            self.parts.append(PastedHeading(level, words))
        elif words:
            self.add(as_html([Run(words, Style(bold=True))]))

    def read_list(self, tag: Tag, style: Style, depth: int) -> None:
        self.end()
        self.lists.append(tag.name == "ol")
        self.read(tag, style, depth)
        self.end()
        self.lists.pop()

    def read_item(self, tag: Tag, style: Style, depth: int) -> None:
        self.end()
        told = str(tag.get("aria-level") or tag.get("data-aria-level") or "")
        level = int(told) if told.isdecimal() and len(told) < 3 else len(self.lists)
        before = self.item, self.in_item
        ordered = self.lists[-1] if self.lists else False
        self.item, self.in_item = Item("", max(1, level), ordered), False
        self.read(tag, style, depth)
        self.end()
        self.item, self.in_item = before

    def read_table(self, tag: Tag, style: Style, depth: int) -> None:
        self.end()
        cells = grid_of(tag)
        if len(cells) * max(map(len, cells), default=0) <= 1:  # a frame around a text
            self.read(tag, style, depth)
            self.end()
            return
        words = {id(cell): self.words_in(cell, depth) for row in cells for cell in row if cell}
        rows = [[words[id(cell)] if cell else "" for cell in row] for row in cells]
        caption = tag.find("caption")
        if any(map(any, rows)):
            said = self.words_in(caption, depth) if isinstance(caption, Tag) else ""
            self.parts.append(Table(rows, said))

    def read_quotation(self, tag: Tag, style: Style, depth: int) -> None:
        self.end()
        named = tag.find(["cite", "footer"])
        source = self.words_in(named.extract(), depth).lstrip("—–- ") if named else ""
        inside = self.inside(tag, style, depth)
        if self.item or not all(isinstance(part, Paragraph | Quotation) for part in inside):
            for part in inside:
                self.add(part.html) if isinstance(part, Paragraph) else self.parts.append(part)
            return
        said = [words for part in inside if (words := _words(part))]
        self.count_lost_links(inside)
        if said:
            self.parts.append(Quotation(said, source))

    def inside(self, tag: Tag, style: Style, depth: int) -> list[Part]:
        """Return what stands inside an element, by itself."""
        within = Document(left_out=self.document.left_out)
        reader = _Reader(within, self.own_hosts)
        reader.read(tag, style, depth)
        reader.end()
        return within.parts

    def words_in(self, tag: Tag, depth: int) -> str:
        inside = self.inside(tag, Style(), depth)
        self.count_lost_links(inside)
        return " ".join(words for part in inside if (words := _words(part)))

    def count_lost_links(self, parts: list[Part]) -> None:
        html = "".join(getattr(part, "html", "") for part in parts)
        self.document.left_out["link"] += html.count("<a ")

    def address_of(self, link: Tag, around: Style) -> str:
        href = str(link.get("href") or "").strip()
        if not href or not link.get_text(strip=True):
            return around.href
        kept = kept_address(href, self.own_hosts)
        if kept is None or not kept.lower().startswith(FOLLOWED):
            self.document.left_out["link"] += 1
            return ""
        return kept


def _words(part: Part) -> str:
    match part:
        case PastedHeading(words=words):
            return words
        case Paragraph(html=html) | Item(html=html):
            return words_of(html)
        case Table(rows=rows):
            return " ".join(cell for row in rows for cell in row if cell)
        case Quotation(paragraphs=said):
            return " ".join(said)
        case ReadyBlock():
            return ""


def words_of(html: str) -> str:
    """Return the words of text that `as_html` wrote."""
    return unescape(re.sub(r"<[^>]*>", "", html.replace("<br/>", " ")))
