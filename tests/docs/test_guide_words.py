"""The guide for editors calls things as the screens do."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import wagtail
from bs4 import BeautifulSoup
from django.test import Client

from tests.clinic_site.admin.test_admin_words import OURS, entries
from tests.factories import make_user
from tests.guide_pictures import PICTURES
from tests.words import messages

pytestmark = pytest.mark.any_database

ROOT = Path(__file__).parents[2]
LARGEST = 60_000  # bytes of a picture
GUIDE = (ROOT / "docs/editors.md").read_text()
# *Words in italics* stand on a screen.
ITALIC = re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)")
IN_TEMPLATES = re.compile(r"""{%\s*(?:translate|trans)\s+(["'])(.+?)\1|_\((["'])(.+?)\3\)""")
PLACE = re.compile(r"%\(\w+\)[sd]|{{?[^{}]*}?}|%s")
WORD = re.compile(r"[a-z]{4}")
IN_BLOCKS = re.compile(
    r"{%\s*block(?:translate|trans)[^%]*%}(.*?){%\s*endblock(?:translate|trans)\s*%}", re.S
)


def quoted() -> set[str]:
    parts = (part for words in ITALIC.findall(GUIDE) for part in words.split("»"))
    return {" ".join(part.split()).rstrip(".,") for part in parts}


@cache
def on_screens() -> tuple[set[str], re.Pattern[str]]:
    """Return the texts of all screens, and those with places for names in them as one pattern."""
    said = {_plain(text) for text in (*_of_ours(), *_of_templates(), *_of_wagtail())}
    with_names = [text for text in said if PLACE.search(text) and WORD.search(PLACE.sub(" ", text))]
    patterns = (".+".join(map(re.escape, PLACE.split(text))) for text in with_names)
    return said, re.compile("|".join(sorted(patterns)))


def _of_ours() -> Iterator[str]:
    for line in messages(ROOT):
        yield line.rpartition("\n")[0]


def _of_templates() -> Iterator[str]:
    for path in (ROOT / "templates").rglob("*.html"):
        html = path.read_text()
        for _quote, words, _other, more in IN_TEMPLATES.findall(html):
            yield words or more
        for block in IN_BLOCKS.findall(html):
            yield from re.split(r"{%\s*plural\s*%}", block)


def _of_wagtail() -> Iterator[str]:
    instead = dict(entries(OURS))
    for po in Path(wagtail.__file__).parent.rglob("locale/en/LC_MESSAGES/django.po"):
        for text, _words in entries(po):
            yield instead.get(text, text)


def _plain(words: str) -> str:
    """Leave out what differs without being another word: capitals, quotes, the dots at the end."""
    words = " ".join(re.sub(r"[“”\"]", "", words).split())
    return words.replace("'", "’").rstrip(" .…").lower()


@pytest.mark.parametrize("words", sorted(quoted()))
def test_each_screen_word_of_the_guide_stands_on_a_screen(words: str) -> None:
    said, with_names = on_screens()
    plain = _plain(words)
    assert plain in said or with_names.fullmatch(plain)


def test_each_picture_of_the_guide_is_there_small_and_told(client: Client, clinic: None) -> None:
    client.force_login(make_user("Practitioners"))
    page = BeautifulSoup(client.get("/admin/guide/writing/").content, "html.parser")
    shown = [str(image["src"]) for image in page.select(".guide-picture") if image["alt"]]
    files = {file.stem: file for file in (ROOT / "static/images/guide").iterdir()}
    assert len(shown) == len(PICTURES)
    assert files.keys() == PICTURES.keys()
    assert [name for name in files if not any(f"guide/{name}." in src for src in shown)] == []
    assert [name for name, file in files.items() if file.stat().st_size > LARGEST] == []
