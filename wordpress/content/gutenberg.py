"""The block editor's marks (`<!-- wp:image {"id":13} -->`) are taken out of a text.

So is what only a server can fill.
"""

import json
import re
from collections import Counter
from html import escape
from typing import Any

from wordpress.content.autop import as_paragraphs

MARK = re.compile(
    r"<!--\s+(?P<end>/)?wp:(?P<name>[a-z][\w-]*(?:/[a-z][\w-]*)?)\s+"
    r"(?P<said>\{.*?\}\s+)?(?P<alone>/)?-->",
    re.DOTALL,
)
# What a server fills when a page is asked for. Their text, if there is any, is a template's.
SERVED = frozenset(
    (
        "archives", "avatar", "calendar", "categories", "comment-template", "comments",
        "comments-query-loop", "comments-title", "latest-comments", "latest-posts", "loginout",
        "navigation", "navigation-link", "navigation-submenu", "home-link", "page-list",
        "page-list-item", "post-author", "post-author-biography", "post-author-name",
        "post-comments", "post-comments-form", "post-comments-count", "post-comments-link",
        "post-content", "post-date", "post-excerpt", "post-featured-image",
        "post-navigation-link", "post-template", "post-terms", "post-time-to-read", "post-title",
        "query", "query-no-results", "query-pagination", "query-title", "read-more", "rss",
        "search", "site-logo", "site-tagline", "site-title", "tag-cloud", "template-part",
        "term-description", "pattern", "block",
    )
)  # fmt: skip
SILENT = frozenset(("more", "nextpage", "spacer", "footnotes"))  # nothing that a reader misses
EMPTY = ("#", "", "http://", "https://")


def has_blocks(text: str) -> bool:
    return MARK.search(text) is not None


def unmarked(text: str, left_out: Counter[str]) -> str:
    """Return a text of blocks as HTML. What a server would fill is left out and counted."""
    reader = _Reader(left_out)
    at = 0
    for mark in MARK.finditer(text):
        reader.words(text[at : mark.start()])
        reader.mark(mark)
        at = mark.end()
    reader.words(text[at:])
    return "".join(reader.html)


class _Reader:
    def __init__(self, left_out: Counter[str]) -> None:
        self.left_out = left_out
        self.html: list[str] = []
        self.opened: list[str] = []
        self.hidden_from: int | None = None  # how deep the block is that is left out

    def words(self, between: str) -> None:
        if self.hidden_from is None:
            self.html.append(between if self.opened else as_paragraphs(between))

    def mark(self, mark: re.Match[str]) -> None:
        name, is_shown = mark["name"].removeprefix("core/"), self.hidden_from is None
        if mark["end"]:
            self.end(name)
        elif mark["alone"]:
            if is_shown:
                self.html.append(_alone(name, _said(mark["said"]), self.left_out))
        else:
            if is_shown and name in SERVED:
                self.left_out[name] += 1
                self.hidden_from = len(self.opened)
            elif is_shown:
                self.html.append(_begin(name, _said(mark["said"])))
            self.opened.append(name)

    def end(self, name: str) -> None:
        if name not in self.opened:
            return
        while self.opened.pop() != name:
            pass
        if self.hidden_from is not None and len(self.opened) <= self.hidden_from:
            self.hidden_from = None


def _said(written: str | None) -> dict[str, Any]:
    try:
        said = json.loads(written) if written else {}
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _alone(name: str, said: dict[str, Any], left_out: Counter[str]) -> str:
    """Return what a block that has no text of its own says by its attributes."""
    address = str(said.get("url") or "").strip()
    if name == "social-link" and address not in EMPTY:
        words = str(said.get("label") or said.get("service") or address)
        return f'<p><a href="{escape(address)}">{escape(words.capitalize())}</a></p>'
    if name == "embed" and address:
        return f'<embed src="{escape(address)}">'
    if name == "image" and (address or said.get("id")):
        return f'<img class="wp-image-{_number(said)}" src="{escape(address)}">'
    if name not in SILENT:
        left_out[name] += 1
    return ""


def _begin(name: str, said: dict[str, Any]) -> str:
    """Return a mark of a block whose attributes say more than its text."""
    address = str(said.get("url") or "").strip()
    if name == "cover" and address and said.get("backgroundType", "image") == "image":
        return f'<img class="wp-image-{_number(said)}" src="{escape(address)}" data-cover="1">'
    return ""


def _number(said: dict[str, Any]) -> int:
    number = said.get("id")
    return number if isinstance(number, int) else 0
