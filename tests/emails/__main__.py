"""`python -m tests.emails FOLDER` draws every email as its readers see it, and finds what is wrong.

Of each there are pictures of a phone (320 px) and a window (640 px), light and dark, and one as
Word draws it, roughly. What axe finds, and what runs over the edge, is printed; then it fails.
"""

import os
import re
import sys
from pathlib import Path

os.environ.pop("TEST_DATABASE_URL", None)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

WIDTHS, SCHEMES = (320, 640), ("light", "dark")
MSO = re.compile(r"<!--\[if mso\]>(.*?)<!\[endif\]-->", re.DOTALL)


def make_all() -> dict[str, str]:
    """Return the HTML of every email, by the name of its case."""
    import django
    import time_machine
    from django.db import connection

    django.setup()
    from tests.database import copy_empty_database
    from tests.emails.every import CASES, NOW, email_of, set_the_scene

    copy_empty_database(Path(connection.settings_dict["NAME"]))
    with time_machine.travel(NOW, tick=False):
        set_the_scene()
        made = {name: email_of(name).html for name in CASES}
    connection.close()
    return made


def for_word(html: str) -> str:
    """Return about what Word makes of it: its own parts, no styles by class, padding on cells."""
    from bs4 import BeautifulSoup

    from tests.emails.support import padded_for_word

    soup = BeautifulSoup(html, "html.parser")
    for sheet in soup("style"):
        sheet.decompose()
    for tag in soup.find_all(style=True):
        lost = r"(max-width|max-height|border-radius|overflow|table-layout|white-space)"
        lost += "" if tag.name == "td" else "|padding"
        style = re.sub(rf"(^|; ?)({lost}): [^;]*", "", tag["style"])
        tag["style"] = style
        if padded_for_word(tag):
            tag.parent["style"] += "; padding: 14px 24px"
    return re.sub(r"<xml>.*?</xml>", "", MSO.sub(r"\1", str(soup)))


def draw(made: dict[str, str], folder: Path) -> list[str]:
    """Fill `folder` with pictures; return what is wrong with any."""
    from playwright.sync_api import sync_playwright

    from tests.browser.chromium import find_chromium
    from tests.browser.conftest import QUIET
    from tests.browser.test_access import violations

    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=QUIET)
        for scheme in SCHEMES:
            page = browser.new_page(color_scheme=scheme)
            for name, html in made.items():
                page.set_content(html)
                found += [f"{name}, {scheme}: {what}" for what in violations(page, "body")]
                for width in WIDTHS:
                    page.set_viewport_size({"width": width, "height": 400})
                    if page.evaluate("document.documentElement.scrollWidth") > width:
                        found.append(f"{name}: runs over the edge at {width} px")
                    page.screenshot(path=folder / f"{name} {width} {scheme}.png", full_page=True)
        page = browser.new_page(viewport={"width": 1000, "height": 400})
        for name, html in made.items():
            page.set_content(for_word(html))
            page.screenshot(path=folder / f"{name} word.png", full_page=True)
        browser.close()
    return found


def main() -> int:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    found = draw(make_all(), folder)
    for line in found:
        print(line)  # noqa: T201
    print(f"The pictures are in {folder}.")  # noqa: T201
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
