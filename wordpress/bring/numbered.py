"""Which picture a text means by "Fig. 2": only where that is certain.

A caption that begins with a number is certain; so is a picture inside the very paragraph that names
it, if it is the only one there. The numbers must then be those that the figures get by their
order, since here they are counted and never typed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from blog.body.figures import TYPED_NUMBER, typed_numbers
from wordpress.content.pieces import LiftedPicture

LABEL = re.compile(r"\s*(?:figure|fig\.?)[ \u00a0]*(\d+)\s*[:.)–—-]*\s*", re.IGNORECASE)
PARTS = re.compile(r"(<a\b.*?</a>|<[^>]*>)", re.DOTALL)


@dataclass(frozen=True)
class Numbering:
    numbers: dict[int, int] = field(default_factory=dict)  # of pictures by their place, from 0
    uncertain: tuple[str, ...] = ()  # what the text says and nobody knows the picture of


def number_figures(pictures: Sequence[LiftedPicture], texts: Iterable[str]) -> Numbering:
    """Return the numbers of `pictures`, and which mentions in `texts` (HTML) stay words."""
    said = [words for text in texts for words in typed_numbers(text)]
    mentioned = {_number(words) for words in said}
    places = _by_caption(pictures)
    for number in sorted(mentioned - places.keys()):
        candidates = _beside(pictures, number)
        if len(candidates) == 1 and candidates[0] not in places.values():
            places[number] = candidates[0]
    in_order = sorted(places, key=lambda number: places[number])
    if in_order != list(range(1, len(places) + 1)):
        places = {}
    uncertain = dict.fromkeys(words for words in said if _number(words) not in places)
    return Numbering({place: number for number, place in places.items()}, tuple(uncertain))


def without_label(caption: str) -> str:
    """Return a caption without the number that it begins with."""
    return LABEL.sub("", caption, count=1) if LABEL.match(caption) else caption


def link_figures(html: str, ids: dict[int, str]) -> str:
    """Return rich text in which the figures with these numbers are referred to."""

    def refer(match: re.Match[str]) -> str:
        found = ids.get(_number(match[0]))
        return f'<a linktype="figure" figure="{found}">{match[0]}</a>' if found else match[0]

    return "".join(
        part if part.startswith("<") else TYPED_NUMBER.sub(refer, part)
        for part in PARTS.split(html)
    )


def _number(words: str) -> int:
    return int(re.sub(r"\D", "", words)[:6])


def _by_caption(pictures: Sequence[LiftedPicture]) -> dict[int, int]:
    found: dict[int, int] = {}
    doubled = set()
    for place, picture in enumerate(pictures):
        if label := LABEL.match(picture.caption):
            number = int(label[1][:6])
            doubled |= {number} & found.keys()
            found[number] = place
    return {number: place for number, place in found.items() if number not in doubled}


def _beside(pictures: Sequence[LiftedPicture], number: int) -> list[int]:
    """Return the places of pictures that stand alone in a paragraph which names the number."""
    return [
        place
        for place, picture in enumerate(pictures)
        if picture.beside
        and not LABEL.match(picture.caption)
        and number in map(_number, typed_numbers(picture.beside))
        and sum(other.beside == picture.beside for other in pictures) == 1
    ]
