"""Words with facts in them: "Dear {name}," is read, checked and filled here, by nobody else.

A fact stands in the words as its name in braces, a chip. Whatever owners write is text, never a
template: nothing in it is carried out.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

CHIP = re.compile(r"\{([^{}]*)\}")
BRACE = re.compile("[{}｛｝﹛﹜❴❵]")  # and what looks like one
TAG = re.compile(r"</?[a-zA-Z!][^<>]*>?")
SPACES = re.compile(r" {2,}")
LINE_END = SafeString("<br>")


class WordsPiece(NamedTuple):
    """Some of the words: as they stand, or the name of a fact."""

    text: str
    is_chip: bool


def pieces_of(words: str) -> Iterator[WordsPiece]:
    for number, text in enumerate(CHIP.split(words)):
        yield WordsPiece(text, is_chip=number % 2 == 1)


def token(name: str) -> str:
    """Return how words name a fact."""
    return f"{{{name}}}"


def chips_in(words: str) -> list[str]:
    return [text for text, is_chip in pieces_of(words) if is_chip]


def with_tidy_chips(words: str) -> str:
    """Write each chip as it is called: "{ Name }" is "{name}"."""
    return CHIP.sub(lambda found: token(" ".join(found[1].lower().split())), words)


def stray_brace(words: str) -> str:
    """Return what stands about a brace that belongs to no chip; "" if there is none."""
    for text, is_chip in pieces_of(words):
        if not is_chip and (found := BRACE.search(text)):
            return text[max(found.start() - 12, 0) : found.end() + 12].strip()
    return ""


def first_tag(words: str) -> str:
    """Return the first bit of HTML; "" if there is none."""
    found = TAG.search(words)
    return found[0] if found else ""


def fill_text(words: str, fact: Callable[[str], str]) -> str:
    filled = (fact(text) if is_chip else text for text, is_chip in pieces_of(words))
    return SPACES.sub(" ", "".join(filled)).strip()


def fill_html(words: str, fact: Callable[[str], str]) -> SafeString:
    """Escape the words; a fact is escaped as well unless it is HTML of ours."""
    lines = SPACES.sub(" ", words.strip()).split("\n")
    return format_html_join(LINE_END, "{}", ((_line(line, fact),) for line in lines))


def _line(line: str, fact: Callable[[str], str]) -> SafeString:
    filled = (fact(text) if is_chip else text for text, is_chip in pieces_of(line))
    return format_html_join("", "{}", ((text,) for text in filled))


def paragraphs_of(words: str) -> list[str]:
    """Split at empty lines."""
    return [text.strip() for text in re.split(r"\n[ \t]*\n", words) if text.strip()]
