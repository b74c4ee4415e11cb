"""How Word says what a paragraph is: by classes and by `mso-` styles."""

import re
from typing import NamedTuple

from bs4.element import NavigableString, Tag

from clinic_site.pages.pasting.clipboard import MARKER
from clinic_site.pages.pasting.inline import declarations

NUMBER = re.compile(r"\(?(\d+(\.\d+)*[.)]?|[a-z]{1,6}[.)])", re.IGNORECASE)
LEADING_MARKER = re.compile(r"\s*(\(?\w{1,4}[.)]|[·•▪◦o§–-])[\s\u00a0]*\u00a0[\s\u00a0]*")
LIST_CLASSES = ("MsoListParagraph", "MsoListBullet", "MsoListNumber")
INDENT = {"pt": 36.0, "in": 0.5, "cm": 1.27, "px": 48.0}  # one level, in each unit
TITLE_LEVEL = 1


class ListItem(NamedTuple):
    level: int
    ordered: bool


def heading_level(tag: Tag) -> int:
    """Return 1 to 6 for a heading, 0 for anything else."""
    if re.fullmatch(r"h[1-6]", tag.name):
        return int(tag.name[1])
    if tag.get("role") == "heading":
        told = str(tag.get("aria-level") or "2")
        return min(max(int(told), 1), 6) if told.isdecimal() else 2
    return TITLE_LEVEL if "MsoTitle" in _classes(tag) else 0


def list_item(tag: Tag) -> ListItem | None:
    """Return which item of a list a paragraph of Word's is, if it is one."""
    told = re.search(r"level(\d)", declarations(tag).get("mso-list", ""))
    named = _is_named_list(tag)
    if tag.name not in ("p", "div") or not (told or named):
        return None
    marker = str(tag.get(MARKER) or (_take_leading_marker(tag) if named else ""))
    if not marker and not told:
        return None
    level = int(told[1]) if told else _level_by_indent(tag)
    return ListItem(max(1, level), bool(NUMBER.fullmatch(marker)))


def continues_an_item(tag: Tag) -> bool:
    """Whether a paragraph without a mark stands below the words of a list item."""
    return tag.name == "p" and (_is_named_list(tag) or "MsoListContinue" in _classes(tag))


def is_quotation(tag: Tag) -> bool:
    if tag.name == "blockquote":
        # Browsers indent by this element; then it has a margin on one side.
        return not re.match(r"0(px)? 0(px)? 0(px)? \d", declarations(tag).get("margin", ""))
    return bool({"MsoQuote", "MsoIntenseQuote"} & set(_classes(tag)))


def is_contents(tag: Tag) -> bool:
    """Whether a paragraph is a line of the document's table of contents."""
    return any(re.fullmatch(r"MsoToc(\d|Heading)", name) for name in _classes(tag))


def has_footnotes(content: Tag) -> bool:
    notes = re.compile(r"^(Mso(Footnote|Endnote)Text|sd(foot|end)note)$")
    return content.find("p", class_=notes) is not None


def _classes(tag: Tag) -> list[str]:
    # Word marks which of several like paragraphs it is.
    names = (name for name in tag.get_attribute_list("class") if name)
    return [re.sub(r"CxSp(First|Middle|Last)$", "", name) for name in names]


def _is_named_list(tag: Tag) -> bool:
    return any(name.startswith(LIST_CLASSES) for name in _classes(tag))


def _take_leading_marker(tag: Tag) -> str:
    """Take "1." or "·" off the words of a paragraph in which nothing else tells the mark."""
    found = LEADING_MARKER.match(tag.get_text())
    if not found:
        return ""
    rest = len(found[0])
    for text in list(tag.find_all(string=True)):
        taken = min(rest, len(text))
        text.replace_with(NavigableString(text[taken:]))
        rest -= taken
    return found[1]


def _level_by_indent(tag: Tag) -> int:
    css = declarations(tag)
    margin = css.get("margin-left") or (css.get("margin", "").split() or [""])[-1]
    found = re.fullmatch(r"([\d.]+)(pt|in|cm|px)", margin)
    return max(1, round(float(found[1]) / INDENT[found[2]])) if found else 1
