"""The guides for staff, read in the admin: the texts of `docs`, so that there is one of each.

Of Markdown it reads what they use: headings, paragraphs, lists, tables, pictures, bold, emphasis,
code. `make guide-pictures` takes the pictures.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

GUIDES = {
    "front-desk": ("front_desk.md", _("Guide: comments and appointments")),
    "writing": ("editors.md", _("Guide: articles and pages")),
}
INLINE = (
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*([^*]+)\*\*"), r"<b>\1</b>"),
    (re.compile(r"\*([^*]+)\*"), r"<i>\1</i>"),
    (re.compile(r"\[([^\]]+)\]\([^)]+\)"), r"\1"),  # they lead to files that staff do not have
)


PICTURE = re.compile(r"!\[([^\]]+)\]\(\.\./static/([\w./-]+)\)")


class Block(NamedTuple):
    """A heading, paragraph, list, table or picture."""

    kind: str
    texts: list[SafeString]
    anchor: str = ""
    file: str = ""  # of a picture, whose text says what it shows


@require_safe
def read_guide(request: HttpRequest, name: str) -> HttpResponse:
    if name not in GUIDES:
        raise Http404
    file, title = GUIDES[name]
    blocks = list(_blocks(_text_of(file)))
    context = {
        "page_title": title,
        "header_title": title,
        "header_icon": "help",
        "blocks": blocks,
        "headings": [block for block in blocks if block.kind == "h2"],
    }
    return render(request, "site_admin/guide.html", context)


@cache
def _text_of(file: str) -> str:
    return (settings.BASE_DIR / "docs" / file).read_text(encoding="utf-8")


def _blocks(text: str) -> Iterator[Block]:
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = part.splitlines()
        for kind, run in groupby(_items(lines), key=lambda item: item[0]):
            if kind == "picture":
                yield from (_picture(words) for _kind, words in run)
                continue
            texts = [_inline(words) for _kind, words in run]
            if kind in ("h1", "h2", "h3"):
                level = {"h1": "h2", "h2": "h2", "h3": "h3"}[kind]
                yield from (Block(level, [words], slugify(words)) for words in texts)
            else:
                yield Block(kind, texts)


def _items(lines: list[str]) -> list[tuple[str, str]]:
    """The lines of a part, those put together that belong to one item."""
    items: list[tuple[str, str]] = []
    for line in lines:
        if heading := re.match(r"(#+) (.*)", line):
            items.append((f"h{len(heading[1])}", heading[2]))
        elif PICTURE.fullmatch(line):
            items.append(("picture", line))
        elif line.startswith("- "):
            items.append(("ul", line[2:]))
        elif line.startswith("|"):
            if not re.fullmatch(r"[|\s:-]+", line):
                items.append(("table", line.strip("|").replace("|", " – ")))
        elif items and items[-1][0] in ("ul", "p"):
            items[-1] = (items[-1][0], f"{items[-1][1]} {line.strip()}")
        else:
            items.append(("p", line))
    return items


def _picture(line: str) -> Block:
    found = PICTURE.fullmatch(line)
    words, file = found.groups() if found else ("", "")
    return Block("picture", [_inline(words)], file=file)


def _inline(words: str) -> SafeString:
    written = str(escape(words))
    for pattern, markup in INLINE:
        written = pattern.sub(markup, written)
    return mark_safe(written)  # noqa: S308 - a text of our own, escaped above
