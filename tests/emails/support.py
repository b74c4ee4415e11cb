"""What mail programs make of the HTML of our emails, by the list that caniemail.com keeps.

`caniemail.json` is that list, cut to the programs below by `update_list.py`; its license stands
beside it. An email uses what all of them show. What some of them leave out is named here with
the reason why nobody misses it; a rule says where else it would matter.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import Tag

# By family and platform, as the list names them. Word draws the emails of Outlook for Windows.
MUST_HOLD = (
    "apple-mail ios",
    "apple-mail macos",
    "gmail android",
    "gmail desktop-webmail",
    "gmail ios",
    "outlook android",
    "outlook ios",
    "outlook macos",
    "outlook outlook-com",
    "outlook windows",
    "samsung-email android",
    "thunderbird macos",
    "thunderbird windows",
    "yahoo android",
    "yahoo desktop-webmail",
    "yahoo ios",
)
LIST = Path(__file__).with_name("caniemail.json")

DARK = "colors at night alone; without them a program keeps the day's, or inverts them itself"
FAR_AND_WIDE = "every program has it in the way we use it; the list's notes are about other values"
NOT_MISSED = {
    "css-at-media": DARK,
    "css-at-media-prefers-color-scheme": DARK,
    "css-color-scheme": DARK,
    "css-important": DARK,
    "css-pseudo-class-root": DARK,
    "css-selector-attribute": DARK,
    "css-selector-class": DARK,
    "css-selector-descendant": DARK,
    "html-meta-color-scheme": DARK,
    "html-style": DARK,
    "css-border-radius": "the button is as plain with sharp corners",
    "css-display": "none hides the first line, block widens the button; Word has words of its own",
    "css-display-none": "hides the first line; Word is told by mso-hide",
    "css-overflow": "hides the first line where display is not heeded",
    "css-max-height": "hides the first line where display is not heeded",
    "css-max-width": "Word gets a table of its width by a conditional comment",
    "css-table-layout": "keeps long words within; without it they widen the email",
    "css-white-space": "keeps a phone number on one line",
    "css-word-break": "keeps long words within; without it they widen the email",
    "css-border": FAR_AND_WIDE,
    "css-font-size": FAR_AND_WIDE,
    "css-font-weight": FAR_AND_WIDE,
    "css-line-height": FAR_AND_WIDE,
    "css-margin": FAR_AND_WIDE,
    "css-padding": FAR_AND_WIDE,
    "css-text-decoration": FAR_AND_WIDE,
    "css-width": FAR_AND_WIDE,
    "html-align": FAR_AND_WIDE,
    "html-body": "replaced by a div that keeps the style; the outer table has the same color",
    "html-lang": FAR_AND_WIDE,
    "html-lists": FAR_AND_WIDE,
    "html-role": FAR_AND_WIDE,
    "html-width": FAR_AND_WIDE,
}
# Word heeds these on a few elements alone.
ONLY_ON = {
    "border-bottom": {"td"},
    "border-left": {"td"},
    "border-top": {"td"},
    "max-width": {"table"},
    "padding": {"td"},
    "width": {"table", "td"},
}
WITHOUT_ENTRY = {  # too plain for the list
    *(
        "html-a",
        "html-b",
        "html-br",
        "html-head",
        "html-html",
        "html-meta",
        "html-td",
        "html-title",
    ),
    *("html-tr", "html-bgcolor", "html-border", "html-charset", "html-class", "html-content"),
    *("html-href", "html-name"),
    *("css-color", "css-font-family", "css-pseudo-class-root"),
}
GROUPS = {
    "h1": "h1-h6",
    "h2": "h1-h6",
    "ul": "lists",
    "ol": "lists",
    "li": "lists",
} | dict.fromkeys(
    ("article", "aside", "footer", "header", "main", "nav", "section", "time"), "semantics"
)
DECLARATION = re.compile(r"([\w-]+)\s*:\s*([^;{}]+)")
SELECTORS = {
    r"\.[\w-]": "css-selector-class",
    r"\[": "css-selector-attribute",
    r"[\w\]] +[.\w\[]": "css-selector-descendant",
    r"^\w": "css-selector-type",
    r":root": "css-pseudo-class-root",
}


def problems(html: str) -> list[str]:
    """Return what of an email some program would not show, and what does not belong in one."""
    soup = BeautifulSoup(html, "html.parser")
    supported = json.loads(LIST.read_text())["features"]
    lost = {
        f"{feature}: {who}"
        for feature in set(_features(soup)) - set(NOT_MISSED)
        if (who := _lost(feature, supported))
    }
    return sorted(lost | set(_misplaced(soup)) | set(_missing(soup)))


def used(html: str) -> set[str]:
    """Return all features of HTML and CSS that an email uses."""
    return set(_features(BeautifulSoup(html, "html.parser")))


def _lost(feature: str, supported: dict[str, dict[str, str]]) -> str:
    """Say who does not show `feature` as it should be; empty if all do."""
    if feature not in supported:
        return "" if feature in WITHOUT_ENTRY else "not on the list"
    return ", ".join(f"{program}: {said}" for program, said in supported[feature].items())


def _features(soup: BeautifulSoup) -> Iterator[str]:
    for tag in soup.find_all(True):
        yield f"html-{GROUPS.get(tag.name, tag.name)}"
        if tag.get("name") in ("color-scheme", "supported-color-schemes"):
            yield "html-meta-color-scheme"
        yield from (f"html-{name}" for name in tag.attrs if name != "style")
        yield from _of_declarations(tag.get("style", ""))
    for sheet in soup.find_all("style"):
        yield from _of_sheet(sheet.get_text())


def _of_sheet(text: str) -> Iterator[str]:
    for query in re.findall(r"@media([^{]*)\{", text):
        yield "css-at-media"
        yield from (f"css-at-media-{name}" for name in re.findall(r"prefers-[\w-]+", query))
    for selector, body in re.findall(r"([^{}@]+)\{([^{}]*)\}", text):
        selector = selector.strip()
        yield from (slug for pattern, slug in SELECTORS.items() if re.search(pattern, selector))
        yield from _of_declarations(body)


def _of_declarations(text: str) -> Iterator[str]:
    for name, value in DECLARATION.findall(text):
        if name.startswith("mso-"):
            continue  # Word's own, which the others leave alone
        yield "css-" + re.sub(r"^border-(top|bottom|left|right|color)$", "border", name)
        if value.strip() == "none" and name == "display":
            yield "css-display-none"
        yield from (slug for sign, slug in VALUES.items() if re.search(sign, value))


VALUES = {
    r"\d%": "css-unit-percent",
    r"\dpx": "css-unit-px",
    r"\dr?em\b": "css-unit-em",
    r"!important": "css-important",
    r"\bvar\(": "css-variables",
    r"\bcalc\(": "css-unit-calc",
    r"\boklch\(": "css-modern-color",
    r"\burl\(": "css-background-image",
}


def _misplaced(soup: BeautifulSoup) -> Iterator[str]:
    for tag in soup.find_all(style=True):
        for name, value in DECLARATION.findall(tag["style"]):
            allowed = ONLY_ON.get(name, {tag.name})
            elsewhere = tag.name not in allowed and value.strip() != "0"
            if elsewhere and not (name == "padding" and padded_for_word(tag)):
                yield f"{name} on <{tag.name}>: Word heeds it on {', '.join(sorted(allowed))}"


def padded_for_word(tag: Tag) -> bool:
    """Tell whether the cell around a link gives it its padding, by a style for Word alone."""
    return tag.parent is not None and "button" in tag.parent.get("class", [])


def _missing(soup: BeautifulSoup) -> Iterator[str]:
    """What every email has, for whoever reads it with a screen reader, in Word or at night."""
    html = str(soup)
    if not soup.html or not soup.html.get("lang"):
        yield "no language"
    if not soup.title or not soup.title.get_text(strip=True):
        yield "no title"
    yield from (
        "a table that is read as one" for t in soup("table") if t.get("role") != "presentation"
    )
    yield from ("a picture without words" for img in soup("img") if not img.has_attr("alt"))
    for_word = "".join(re.findall(r"<!--\[if mso\]>.*?<!\[endif\]-->", html, re.DOTALL))
    for part in ('width="600"', "font-family: Arial", "mso-hide: all", "mso-padding-alt"):
        if part not in for_word:
            yield f"no {part} for Word"
    if not soup.find("meta", attrs={"name": "color-scheme", "content": "light dark"}):
        yield "no word of dark mode"
    hidden = soup.body.find("div") if soup.body else None
    if not hidden or "display: none" not in hidden.get("style", "") or not _words(hidden):
        yield "no hidden first line"


def _words(tag: Tag) -> str:
    return re.sub(r"[\s\u2007\u034f]+", " ", tag.get_text()).strip()


def first_line(html: str) -> str:
    """Return what stands behind the subject in a list of emails."""
    hidden = BeautifulSoup(html, "html.parser").body.find("div")
    return _words(hidden)
