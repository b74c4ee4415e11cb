"""What an editor pastes from a word processor becomes blocks, and is what the site stores."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PATIENCE
from tests.running_site import RunningSite

PASTED = Path(__file__).parent.parent / "clinic_site" / "pages" / "pasted"
PASTE = """(place, html) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", html);
    clipboardData.setData("text/plain", "only words");
    place.focus();
    const options = { clipboardData, bubbles: true, cancelable: true };
    place.dispatchEvent(new ClipboardEvent("paste", options));
}"""


def test_a_text_block_becomes_headings_texts_tables_and_a_quotation(
    signed_in: Callable[[str], Page], site: RunningSite
) -> None:
    page = signed_in("editor")
    body = new_article(page, site)
    body.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Text").click()
    paste(body, "word_windows")

    note = body.get_by_role("status")
    expect(note).to_contain_text("Left out: 1 picture, 1 footnote mark, 1 link.")
    kinds = ["heading", "paragraph", "heading", "paragraph", "heading", "table", "quote"]
    assert block_types(body) == [*kinds, "paragraph"]

    note.get_by_role("button", name="Undo the paste").click()
    expect(note).to_contain_text("undone")
    assert block_types(body) == ["paragraph"]

    paste(body, "word_windows")
    expect(note).to_contain_text("Left out")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messages .success")).to_be_visible(timeout=PATIENCE)
    stored = page.locator("#panel-child-content-body-content")
    assert block_types(stored) == [*kinds, "paragraph"]
    expect(stored.locator(".public-DraftEditor-content").last).to_contain_text("World Health")
    expect(stored.get_by_role("textbox", name="Heading").first).to_have_value(
        "Why sitting stiffens the hips"
    )
    expect(page.get_by_role("link", name="[1]")).to_have_count(0)


IMAGE = """(place, way) => {
    const data = new DataTransfer();
    data.items.add(new File(["x"], "image.png", { type: "image/png" }));
    const told = { bubbles: true, cancelable: true };
    place.dispatchEvent(way === "paste"
        ? new ClipboardEvent("paste", { clipboardData: data, ...told })
        : new DragEvent("drop", { dataTransfer: data, ...told }));
}"""
WRITTEN = """words => [...document.querySelector("form[data-edit-form]").elements].some(
    field => field.draftailEditor && field.value.includes(words))"""
UNDO_AND_SAVE = """([undo, save]) => { undo.click(); save.click(); }"""


def test_a_paste_that_is_taken_back_and_saved_at_once_is_not_stored(
    signed_in: Callable[[str], Page], site: RunningSite
) -> None:
    page = signed_in("editor")
    body = new_article(page, site)
    body.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Text").click()
    text = body.locator(".public-DraftEditor-content").first
    text.click()
    page.keyboard.type("Kept words.")
    text.evaluate(PASTE, "<ul><li>Taken back</li></ul>")
    expect(text).to_contain_text("Taken back")
    page.wait_for_function(WRITTEN, arg="Taken back")
    undo = body.get_by_role("button", name="Undo the paste").element_handle()
    save = page.get_by_role("button", name="Save draft").element_handle()
    with page.expect_navigation():
        page.evaluate(UNDO_AND_SAVE, [undo, save])

    stored = page.locator("#panel-child-content-body-content .public-DraftEditor-content")
    expect(stored).to_have_text("Kept words.", timeout=PATIENCE)


@pytest.mark.parametrize("way", ["paste", "drop"])
def test_a_picture_that_is_pasted_or_dropped_is_left_out_in_words(
    signed_in: Callable[[str], Page], site: RunningSite, way: str
) -> None:
    page = signed_in("editor")
    body = new_article(page, site)
    body.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Text").click()
    body.locator(".public-DraftEditor-content").first.evaluate(IMAGE, way)
    expect(body.get_by_role("status")).to_have_text(
        "Left out: a picture. Please insert it as a block of its own."
    )


def new_article(page: Page, site: RunningSite) -> Locator:
    (topic,) = site.ask_database("SELECT id FROM wagtailcore_page WHERE slug = 'fitness'")
    page.goto(f"/admin/pages/add/blog/articlepage/{topic}/")
    page.get_by_role("textbox", name="Title").fill("Hips that sit all day")
    return page.locator("#panel-child-content-body-content")


def paste(body: Locator, sample: str) -> None:
    html = (PASTED / f"{sample}.html").read_text()
    body.locator(".public-DraftEditor-content").first.evaluate(PASTE, html)


def block_types(body: Locator) -> list[str]:
    """Return the types of a body's blocks that are not deleted, in their order."""
    return body.evaluate(
        """body => [...body.querySelectorAll("[data-streamfield-child]")]
            .filter(child => child.querySelector('input[name$="-deleted"]').value !== "1")
            .map(child => child.querySelector('input[name$="-type"]').value)"""
    )
