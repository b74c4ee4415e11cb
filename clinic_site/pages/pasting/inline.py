"""Words with what Draftail knows of them: bold, italic, links and line breaks."""

import re
from dataclasses import dataclass, replace
from itertools import groupby

from bs4 import Tag
from django.utils.html import escape

SPACES = re.compile(r"[\s\u00a0\u2007\u202f]+")
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
RAISED = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
BOLD_FROM = 600  # of the weights of CSS


@dataclass(frozen=True)
class Style:
    bold: bool = False
    italic: bool = False
    href: str = ""
    position: str = ""  # "super" or "sub"


@dataclass(frozen=True)
class Run:
    """Words of one style. The only line feed in them is a line break that somebody made."""

    words: str
    style: Style


def declarations(tag: Tag) -> dict[str, str]:
    """Return what an element's `style` says."""
    pairs = (part.partition(":") for part in str(tag.get("style") or "").split(";"))
    return {name.strip().lower(): value.strip().lower() for name, _colon, value in pairs if value}


def style_of(tag: Tag, around: Style) -> Style:
    css, style = declarations(tag), around
    if tag.name in ("b", "strong"):
        style = replace(style, bold=True)
    if tag.name in ("i", "em"):
        style = replace(style, italic=True)
    if weight := css.get("font-weight"):
        style = replace(style, bold=_is_bold(weight))
    if slant := css.get("font-style"):
        style = replace(style, italic=slant.startswith(("italic", "oblique")))
    position = css.get("vertical-align", {"sup": "super", "sub": "sub"}.get(tag.name, ""))
    return replace(style, position=position) if position in ("super", "sub") else style


def _is_bold(weight: str) -> bool:
    return int(weight) >= BOLD_FROM if weight.isdecimal() else weight.startswith("bold")


def run(text: str, style: Style, *, keep_lines: bool = False) -> Run:
    """Return words of the source, in which white space of any kind is one space."""
    words = text.translate(INVISIBLE)
    if keep_lines:
        return Run(words, style)
    words = SPACES.sub(" ", words)
    if style.position == "super":
        words = words.translate(RAISED)
    elif style.position == "sub":
        words = words.translate(LOWERED)
    return Run(words, replace(style, position=""))


def paragraphs(runs: list[Run]) -> list[list[Run]]:
    """Split at empty lines, and leave out what holds no words."""
    split: list[list[Run]] = [[]]
    for each in _tidy(runs):
        first, *rest = re.split(r"\n{2,}", each.words)
        split[-1].append(replace(each, words=first))
        split.extend([replace(each, words=words)] for words in rest)
    trimmed = (_trim(paragraph) for paragraph in split)
    return [paragraph for paragraph in trimmed if paragraph]


def as_html(runs: list[Run]) -> str:
    return "".join(
        _marked("".join(each.words for each in same), style)
        for style, same in groupby(runs, key=lambda each: each.style)
    )


def _marked(words: str, style: Style) -> str:
    html = escape(words).replace("\n", "<br/>")
    if words.strip() and style.italic:
        html = f"<i>{html}</i>"
    if words.strip() and style.bold:
        html = f"<b>{html}</b>"
    return f'<a href="{escape(style.href)}">{html}</a>' if style.href else html


def _tidy(runs: list[Run]) -> list[Run]:
    """Leave one space where there are several, and none beside a line break."""
    tidied: list[Run] = []
    last = "\n"
    for each in runs:
        words = re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", each.words))
        if last in " \n":
            words = words.lstrip(" ")
        if words.startswith("\n") and tidied:
            tidied[-1] = replace(tidied[-1], words=tidied[-1].words.rstrip(" "))
        if words:
            tidied.append(replace(each, words=words))
            last = words[-1]
    return tidied


def _trim(runs: list[Run]) -> list[Run]:
    while runs and not runs[0].words.lstrip():
        runs = runs[1:]
    while runs and not runs[-1].words.rstrip():
        runs = runs[:-1]
    if runs:
        runs = [replace(runs[0], words=runs[0].words.lstrip()), *runs[1:]]
        runs = [*runs[:-1], replace(runs[-1], words=runs[-1].words.rstrip())]
    return runs
