"""Reads one piece of an export as XML, mended where programs are known to write it wrongly."""

import re
from html.entities import html5
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

CLOSED_EARLY = re.compile(r"(<([\w:-]+)(?:\s[^>]*)?><!\[CDATA\[)(.*?)(\]\]>\s*</\2>)", re.DOTALL)
OUTSIDE_CDATA = re.compile(
    r"<!\[CDATA\[.*?\]\]>|&(?!(?:amp|lt|gt|quot|apos);|#\d+;|#x[\da-fA-F]+;)(\w*;?)", re.DOTALL
)
PREFIX = re.compile(r"</?([A-Za-z_][\w.-]*):[A-Za-z_]")
DECLARED = re.compile(r"\bxmlns:([\w.-]+)\s*=")
# Known by their names' ends, whatever scheme or version stands before them.
SPACES = (
    ("/excerpt/", "excerpt"),
    ("wordpress.org/export/", "wp"),
    ("/modules/content/", "content"),
    ("purl.org/dc/", "dc"),
)


class CannotRead(Exception):
    """A piece is no XML, and cannot be made any."""


def read_piece(text: str, namespaces: str) -> Element:
    """Return a piece as elements called "title", "wp:post_id" and so on. Raises CannotRead."""
    try:
        return _parse(text, namespaces)
    except ParseError:
        pass
    try:
        return _parse(_mended(text), namespaces)
    except ParseError as error:
        raise CannotRead(str(error)) from error


def _parse(text: str, namespaces: str) -> Element:
    declared = set(DECLARED.findall(namespaces))
    others = sorted(set(PREFIX.findall(text)) - declared - {"xml", "xmlns"})
    spaces = namespaces + "".join(f' xmlns:{name}="unknown:{name}"' for name in others)
    root = fromstring(f"<rss{spaces}>{text}</rss>", forbid_dtd=True)
    for element in root.iter():
        element.tag = _plain_name(element.tag)
    return root


def _plain_name(tag: str) -> str:
    if not tag.startswith("{"):
        return tag
    space, _brace, name = tag[1:].partition("}")
    if space.startswith("unknown:"):
        return f"{space.removeprefix('unknown:')}:{name}"
    prefix = next((prefix for end, prefix in SPACES if end in space), "other")
    return f"{prefix}:{name}"


def _mended(text: str) -> str:
    """Return the piece with "]]>" inside its texts written as XML wants it, and plain entities."""
    text = CLOSED_EARLY.sub(_reopened, text)
    return OUTSIDE_CDATA.sub(_as_character, text)


def _reopened(match: re.Match[str]) -> str:
    whole = match[3].replace("]]]]><![CDATA[>", "]]>").replace("]]>", "]]]]><![CDATA[>")
    return f"{match[1]}{whole}{match[4]}"


def _as_character(match: re.Match[str]) -> str:
    """Return what an entity of HTML stands for; of any other, its own letters."""
    if match[1] is None:
        return match[0]
    found = html5.get(match[1], "")
    return found.replace("&", "&amp;").replace("<", "&lt;") or f"&amp;{match[1]}"
