"""What is printed says what the page says: words of forms, free times, addresses of sources."""

from playwright.sync_api import Page, expect

from tests.browser.test_booking import choose_visit

ON_PAPER = "getComputedStyle(document.querySelector('.sources a[href^=http]'), '::after').content"


def test_paper_keeps_what_is_offered_and_leaves_out_what_is_pressed(page: Page) -> None:
    page.goto("/book/")
    page.emulate_media(media="print")
    for words in ("Posture assessment", "60 minutes, $110"):
        expect(page.get_by_text(words).first).to_be_visible()
    expect(page.locator("input:visible, .button:visible")).to_have_count(0)
    page.emulate_media(media="screen")
    choose_visit(page, "Posture therapy")
    page.emulate_media(media="print")
    hidden = page.locator(".day:not([open]) .chip")
    assert hidden.count()
    for chip in (hidden.first, hidden.last):
        expect(chip).to_be_visible()
    expect(page.locator(".button:visible")).to_have_count(0)


def test_sources_say_their_address_on_paper(page: Page) -> None:
    page.goto("/daily-life/sitting/")
    assert page.evaluate(ON_PAPER) == "none"
    page.emulate_media(media="print")
    assert "http" in page.evaluate(ON_PAPER)
    expect(page.locator(".button:visible, form:visible")).to_have_count(0)
