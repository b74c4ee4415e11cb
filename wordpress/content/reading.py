"""A text of WordPress, classic or of blocks, as parts in their order.

    content = read_content(item.content, footnotes=item.meta.get("footnotes", ""))

`rewrite` is given the address of each link and returns the one to keep; `attached` are the numbers
of the pictures that belong to the post.
"""

import json
import re
from collections.abc import Callable, Sequence
from html import escape

from bs4 import BeautifulSoup
from bs4.element import Tag

from clinic_site.pages.pasting.document import read_document
from wordpress.content import gutenberg, shortcodes
from wordpress.content.autop import as_paragraphs
from wordpress.content.lifting import lift
from wordpress.content.markup import soup_of
from wordpress.content.pieces import Content

TEASER = re.compile(r"<!--\s*(more|nextpage|noteaser)\b.*?-->", re.DOTALL)
NOT_LEFT_OUT = {"picture", "film", "link"}  # lifted or counted where they are


def read_content(
    text: str,
    *,
    footnotes: str = "",
    attached: Sequence[str] = (),
    rewrite: Callable[[str], str] = str,
) -> Content:
    content = Content()
    html = shortcodes.expand(text, content.shortcodes, attached)
    if gutenberg.has_blocks(html):
        html = gutenberg.unmarked(html, content.left_out)
    else:
        html = as_paragraphs(TEASER.sub("\n\n", html))
    soup = soup_of(html)
    _frames_of_tables(soup)
    content.footnotes = _footnotes(soup, footnotes)
    for link in soup.find_all("a", href=True):
        link["href"] = rewrite(str(link["href"]).strip())
    for piece in lift(soup):
        if isinstance(piece, str):
            document = read_document(piece)
            content.pieces += document.parts
            kinds = document.left_out.items()
            content.left_out.update(
                {kind: n for kind, n in kinds if kind not in NOT_LEFT_OUT and n}
            )
        else:
            content.pieces.append(piece)
    return content


def _frames_of_tables(soup: BeautifulSoup) -> None:
    """The words below a table are its caption."""
    for figure in soup.find_all("figure"):
        table, words = figure.find("table"), figure.find("figcaption")
        if isinstance(table, Tag) and isinstance(words, Tag) and not figure.find("img"):
            words.name = "caption"
            table.insert(0, words.extract())


def _footnotes(soup: BeautifulSoup, written: str) -> int:
    """Put the numbers of footnotes into brackets, and the notes below the text."""
    try:
        notes = {str(note["id"]): str(note["content"]) for note in json.loads(written or "[]")}
    except (ValueError, TypeError, KeyError):
        notes = {}
    found: list[str] = []
    for mark in soup.select("[data-fn]"):
        number = str(mark["data-fn"])
        if number not in found:
            found.append(number)
        mark.replace_with(f" [{found.index(number) + 1}]")
    items = "".join(f"<li>{notes.get(number) or escape(number)}</li>" for number in found)
    if items:
        soup.append(soup_of(f"<h2>Footnotes</h2><ol>{items}</ol>"))
    return len(found)
