"""`python -m tests.guide_pictures` takes the pictures of the guide for editors from the demo site.

They are kept in `static/images/guide`, small, since no machine that runs a site has a browser.
"""

import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "static/images/guide"
SCREEN = {"width": 1120, "height": 720}


def article(page: Page) -> None:
    page.goto("/fitness/psoas-so-what/")
    form = page.locator("form[action^='/comments/']").get_attribute("action") or ""
    page.goto(f"/admin/pages/{form.split('/')[2]}/edit/")
    page.wait_for_load_state("networkidle")


def blocks(page: Page) -> None:
    article(page)
    page.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Figure").first.wait_for()


def outline(page: Page) -> None:
    article(page)
    page.get_by_role("button", name="Toggle side panel").first.click()
    page.get_by_text("What is the Psoas?").last.wait_for()


def schedule(page: Page) -> None:
    page.goto("/admin/pages/search/?q=First+visit")
    page.locator("main").get_by_role("link", name="First visit", exact=True).first.click()
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    page.get_by_role("dialog").get_by_role("button").last.wait_for()


def picture(page: Page) -> None:
    page.goto("/admin/images/?q=hips-1")
    page.locator("main a[href*='/admin/images/']:has-text('hips-1')").first.click()
    page.locator(".jcrop-holder").wait_for()


def document(page: Page) -> None:
    page.goto("/daily-life/sitting/")
    page.locator(".download").scroll_into_view_if_needed()


PICTURES: dict[str, Callable[[Page], None]] = {
    "article": article,
    "blocks": blocks,
    "outline": outline,
    "schedule": schedule,
    "picture": picture,
    "download": document,
}


def take_pictures(url: str, password: str) -> None:
    from tests.browser.chromium import find_chromium

    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_context(base_url=url, viewport=SCREEN).new_page()  # type: ignore[arg-type]
        page.goto("/admin/login/")
        page.get_by_label("Username").fill("editor")
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/admin/")
        for name, show in PICTURES.items():
            show(page)
            page.wait_for_timeout(500)  # until nothing moves
            page.locator(".second-factor-off").evaluate_all("all => all.forEach(e => e.remove())")
            _keep(name, page.screenshot())
        browser.close()


def _keep(name: str, screenshot: bytes) -> None:
    file = FOLDER / f"{name}.webp"
    Image.open(BytesIO(screenshot)).convert("RGB").save(file, "WEBP", quality=70, method=6)
    sys.stdout.write(f"{file.relative_to(ROOT)}: {file.stat().st_size} bytes\n")


def main() -> None:
    from tests.running_site import running_site

    with TemporaryDirectory() as folder, running_site(Path(folder)) as site:
        take_pictures(site.url, site.password_of("editor"))


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    main()
