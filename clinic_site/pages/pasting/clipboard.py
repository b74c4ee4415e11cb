"""The clipboard of a word processor as plain HTML: what Word writes for itself is taken out.

Word for Windows and for Mac, in whichever browser: list marks stand between `[if !supportLists]`
and `[endif]`, as declarations or as comments, or in a span with `mso-list:Ignore`. The shapes are
those of tests/blog/pasted/.
"""

import re
from collections import Counter
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

from clinic_site.forms.text import LINE_ENDS, UNPRINTABLE
from clinic_site.pages.pasting.addresses import COMMENT_MARK, FOOTNOTE_MARK, FOOTNOTE_WAY_BACK

UNSEEN = (
    "script", "style", "head", "title", "meta", "link", "template", "noscript", "xml",
    "colgroup", "button", "select", "textarea", "input",
)  # fmt: skip
LEFT_OUT = {
    "img": "picture", "picture": "picture", "svg": "picture", "canvas": "picture",
    "video": "film", "audio": "film", "iframe": "film", "object": "film", "embed": "film",
    "math": "formula", "m:omath": "formula", "del": "deletion",
}  # fmt: skip
ROWS_ALONE = re.compile(r"\s*<(col|colgroup|tr|tbody|thead)\b", re.IGNORECASE)
MARKER = "data-list-marker"
PARAGRAPHS = ["p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6"]
HIDDEN = re.compile(r"mso-hide:\s*all|display:\s*none", re.IGNORECASE)
MARKER_SPAN = re.compile(r"mso-list:\s*Ignore", re.IGNORECASE)
NOTES_OF_COMMENTS = re.compile(r"mso-element:\s*comment", re.IGNORECASE)


def read(clipboard: str) -> tuple[Tag, Counter[str]]:
    """Return what stands in the clipboard, and how much of which kind was left out of it."""
    printable = UNPRINTABLE.sub("", clipboard.translate(LINE_ENDS))
    soup = BeautifulSoup(_fragment(printable), "html.parser")
    left_out: Counter[str] = Counter()
    _mark_lists(soup)
    for mark in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        mark.extract()
    _drop_comments(soup, left_out)
    _drop_footnote_marks(soup, left_out)
    for tag in _still_there(soup.find_all(style=HIDDEN)):
        tag.decompose()
    for tag in _still_there(soup.find_all([*UNSEEN, *LEFT_OUT])):
        if kind := LEFT_OUT.get(tag.name):
            left_out[kind] += not _is_decoration(tag)
        tag.decompose()
    return soup.body or soup, left_out


def _fragment(clipboard: str) -> str:
    """Cut out what was copied, where the clipboard says so. Excel says so inside its table."""
    found = re.search(r"<!--StartFragment-->(.*)<!--EndFragment-->", clipboard, re.DOTALL)
    if not found:
        return clipboard
    return f"<table>{found[1]}</table>" if ROWS_ALONE.match(found[1]) else found[1]


def _mark_lists(soup: Tag) -> None:
    """Note the mark of each list item ("·", "2.") beside its text instead of in it."""
    for opening in soup.find_all(string=re.compile(r"^\s*\[?if !supportLists\b")):
        if isinstance(opening, PreformattedString):
            _note_marker(opening.find_parent(PARAGRAPHS), _until_the_end(opening))
    for span in _still_there(soup.find_all(style=MARKER_SPAN)):
        _note_marker(span.find_parent(PARAGRAPHS), [span])


def _until_the_end(opening: PreformattedString) -> list[Tag | NavigableString]:
    between: list[Tag | NavigableString] = []
    for following in opening.next_siblings:
        if isinstance(following, PreformattedString) and "endif" in following:
            return between
        if isinstance(following, Tag | NavigableString):
            between.append(following)
    return between


def _note_marker(item: Tag | None, marks: list[Tag | NavigableString]) -> None:
    words = "".join(mark.get_text() for mark in marks).strip()
    for mark in marks:
        mark.extract()
    if item is not None and words:
        item[MARKER] = words


def _drop_comments(soup: Tag, left_out: Counter[str]) -> None:
    for tag in _still_there(soup.find_all(style=NOTES_OF_COMMENTS)):
        tag.decompose()
    for link in _still_there(soup.find_all("a", href=True)):
        if COMMENT_MARK.match(_fragment_of(link)):
            left_out["comment"] += 1
            (_only_inside(link, "sup") or link).decompose()


def _drop_footnote_marks(soup: Tag, left_out: Counter[str]) -> None:
    """Take out the marks that lead to footnotes, and those before the notes that lead back."""
    for link in _still_there(soup.find_all("a", href=True)):
        fragment = _fragment_of(link)
        to_the_note = FOOTNOTE_MARK.match(fragment)
        if to_the_note or FOOTNOTE_WAY_BACK.match(fragment):
            left_out["footnote"] += bool(to_the_note)
            (_only_inside(link, "sup") or link).decompose()


def _only_inside(link: Tag, name: str) -> Tag | None:
    parent = link.parent
    alone = parent is not None and parent.get_text(strip=True) == link.get_text(strip=True)
    return parent if parent is not None and parent.name == name and alone else None


def _fragment_of(link: Tag) -> str:
    return str(link["href"]).strip().partition("#")[2]


def _is_decoration(tag: Tag) -> bool:
    """Whether a picture is a check box of a list, or one that counts who reads an email."""
    if tag.find_parent(attrs={"role": "checkbox"}):
        return True
    return {str(tag.get("width")), str(tag.get("height"))} <= {"0", "1"}


def _still_there(tags: list[Tag]) -> Iterator[Tag]:
    return (tag for tag in tags if not tag.decomposed)
