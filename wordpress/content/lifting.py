"""Takes pictures and embeds out of sentences, headings and tables, in reading order.

A picture goes before the paragraph that it stands in, unless all words are before it; after a
heading, a list, a table or a quotation. Between them lies plain HTML.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from bs4 import BeautifulSoup
from bs4.element import PageElement, Tag

from wordpress.content.pieces import Embed, LiftedPicture

UNITS = (
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "dl",
    "table",
    "blockquote",
    "address",
)
MARK = "data-lifted"
NUMBER = re.compile(r"wp-image-([1-9]\d*)")
SIGN = re.compile(r"\b(wp-smiley|emoji)\b")
LONGEST_ADDRESS = 2000
STEPS_UP = 4  # from a picture to what says on which side it is

Lifted = LiftedPicture | Embed


def lift(soup: BeautifulSoup) -> Iterator[str | Lifted]:
    """Yield the HTML of a text in pieces, with what was lifted out between them."""
    lifted: list[Lifted] = []
    last_after: dict[int, Tag] = {}
    _drop_doubled_covers(soup)
    for tag in soup.find_all(["img", "embed"]):
        if tag.name == "img" and _is_no_picture(tag):
            tag.replace_with(str(tag.get("alt") or ""))
            continue
        place, unit = _whole(tag), _unit(tag)
        before, after = _words_around(place, unit)
        found = _embed(tag) if tag.name == "embed" else _picture(tag, unit)
        mark = soup.new_tag("hr", attrs={MARK: str(len(lifted))})
        lifted.append(found)
        if unit is None:
            place.replace_with(mark)
            continue
        place.extract()
        if unit.name == "p" and (after or not before):
            unit.insert_before(mark)
        else:
            last_after.get(id(unit), unit).insert_after(mark)
            last_after[id(unit)] = mark
    yield from _flow(soup, lifted)


def _flow(soup: Tag, lifted: list[Lifted]) -> Iterator[str | Lifted]:
    html: list[str] = []
    for part in _parts(soup):
        if isinstance(part, Tag) and part.get(MARK) is not None:
            if any(each.strip() for each in html):
                yield "".join(html)
            html = []
            yield lifted[int(str(part[MARK]))]
        else:
            html.append(str(part))
    if any(each.strip() for each in html):
        yield "".join(html)


def _parts(tag: Tag) -> Iterator[PageElement]:
    """Yield what stands in an element; of one with marks inside, what stands in that."""
    for child in list(tag.children):
        if isinstance(child, Tag) and child.get(MARK) is None and child.select_one(f"[{MARK}]"):
            yield from _parts(child)
        else:
            yield child


def _is_no_picture(tag: Tag) -> bool:
    """Whether it is a sign in a line, or a dot that counts readers."""
    if SIGN.search(" ".join(tag.get("class") or [])):
        return True
    size = {str(tag.get("width")), str(tag.get("height"))}
    nothing = not (_address(tag) or _number(tag))
    return size <= {"0", "1"} or nothing


def _drop_doubled_covers(soup: Tag) -> None:
    """Newer covers say their picture twice: as an attribute and in the text."""
    pictures = soup.find_all("img")
    for first, second in pairwise(pictures):
        if first.get("data-cover") and _address(first) == _address(second):
            first.decompose()


def _picture(tag: Tag, unit: Tag | None) -> LiftedPicture:
    figure, link = tag.find_parent("figure"), tag.find_parent("a")
    is_alone = figure is not None and len(figure.find_all(["img", "embed"])) == 1
    caption = figure.find("figcaption") if figure is not None and is_alone else None
    number = _number(tag) or (str(figure.get("data-number") or "") if figure is not None else "")
    classes = _classes_around(tag)
    return LiftedPicture(
        number=number,
        address=_address(tag),
        alternative_text=" ".join(str(tag.get("alt") or "").split()),
        caption=" ".join(caption.get_text(" ").split()) if isinstance(caption, Tag) else "",
        side=_side(classes),
        wide=bool({"alignwide", "alignfull"} & classes),
        leads_to=str(link.get("href") or "") if link is not None else "",
        beside=" ".join(unit.get_text().split()) if unit is not None and unit.name == "p" else "",
    )


def _embed(tag: Tag) -> Embed:
    figure = tag.find_parent("figure")
    caption = figure.find("figcaption") if figure is not None else None
    words = caption.get_text(" ") if isinstance(caption, Tag) else str(tag.get("title") or "")
    return Embed(str(tag.get("src") or "").strip()[:LONGEST_ADDRESS], " ".join(words.split()))


def _address(tag: Tag) -> str:
    sources = (str(tag.get(name) or "").strip() for name in ("data-full-url", "data-src", "src"))
    address = next((source for source in sources if source and not source.startswith("data:")), "")
    return "".join(address.split("\n"))[:LONGEST_ADDRESS]


def _number(tag: Tag) -> str:
    found = NUMBER.search(" ".join(tag.get("class") or []))
    told = str(tag.get("data-id") or "")
    return found[1] if found else told if told.isdecimal() else ""


def _whole(tag: Tag) -> Tag:
    """Return what goes with a picture: its frame with the caption, or the link around it."""
    figure = tag.find_parent("figure")
    if figure is not None and len(figure.find_all(["img", "embed"])) == 1:
        caption = figure.find("figcaption")
        said = caption.get_text() if isinstance(caption, Tag) else ""
        if figure.get_text().strip() == said.strip():
            return figure
    link = tag.find_parent("a")
    return link if link is not None and not link.get_text().strip() else tag


def _unit(tag: Tag) -> Tag | None:
    """Return the outermost element around that is not cut in two."""
    found = [parent for parent in tag.parents if parent.name in UNITS]
    return found[-1] if found else None


def _words_around(place: Tag, unit: Tag | None) -> tuple[bool, bool]:
    """Tell whether there are words in the unit before and after a place."""
    if unit is None:
        return False, False
    inside = set(map(id, place.descendants)) | {id(place)}
    before = after = False
    passed = False
    for each in unit.descendants:
        if id(each) in inside:
            passed = True
        elif not isinstance(each, Tag) and str(each).strip():
            before, after = before or not passed, after or passed
    return before, after


def _classes_around(tag: Tag) -> set[str]:
    """Return what a picture and its frames are called; a frame of several is not its own."""
    frames = [each for each in list(tag.parents)[:STEPS_UP] if len(each.find_all("img")) <= 1]
    around = [tag, *frames]
    named = {name for each in around for name in (each.get("class") or [])}
    aligned = {f"align{each.get('align')}" for each in around[:3] if each.get("align")}
    return named | aligned


def _side(classes: set[str]) -> str:
    return next((side for side in ("left", "right") if f"align{side}" in classes), "")
