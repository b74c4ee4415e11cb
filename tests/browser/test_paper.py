"""What is printed says what the page says: words of forms, free times, addresses of sources."""

import re

from playwright.sync_api import Page, expect

from tests.browser.test_booking import choose_visit, reference_on, say_who
from tests.browser.test_private_link import newest_link
from tests.running_site import RunningSite

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
    expect(hidden).not_to_have_count(0)
    for chip in (hidden.first, hidden.last):
        expect(chip).to_be_visible()
    expect(page.locator(".button:visible")).to_have_count(0)


def test_sources_say_their_address_on_paper(page: Page) -> None:
    page.goto("/daily-life/sitting/")
    assert page.evaluate(ON_PAPER) == "none"
    page.emulate_media(media="print")
    assert "http" in page.evaluate(ON_PAPER)
    expect(page.locator(".button:visible, form:visible")).to_have_count(0)


def sheets(page: Page) -> int:
    """How many sheets of Letter paper the page takes."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter")))


def test_an_article_is_two_or_three_sheets_and_says_where_it_stands(page: Page) -> None:
    for article in ("/fitness/psoas-so-what/", "/fitness/stiff-hips/"):
        page.goto(article)
        assert sheets(page) in (2, 3), article
        page.emulate_media(media="print")
        foot = page.locator(".print-foot")
        expect(foot).to_contain_text("1129 State Street")
        expect(foot).to_contain_text(article)
        expect(foot.locator("svg")).to_be_visible()
        page.emulate_media(media="null")
        expect(foot).to_be_hidden()


def test_exercises_are_printed_by_a_button(page: Page, plain_page: Page) -> None:
    page.goto("/fitness/stiff-hips/")
    page.get_by_role("link", name="Print the exercises").last.click()
    assert sheets(page) <= 2
    page.evaluate("window.print = () => { document.title = 'printing' }")
    page.get_by_role("button", name="Print").click()
    expect(page).to_have_title("printing")
    plain_page.goto("/fitness/stiff-hips/")
    expect(plain_page.get_by_role("button", name="Print")).to_be_hidden()


def test_a_visit_is_one_sheet_without_a_button(page: Page, site: RunningSite) -> None:
    page.goto("/book/")
    choose_visit(page, "First consultation")
    page.locator("details[open] .chip").last.click()
    say_who(page, "Pia Blatt")
    page.get_by_role("button", name="Book this appointment").click()
    reference = reference_on(page)
    for look_again in (False, True):
        if look_again:
            page.goto(newest_link(site, page, f"Your appointment {reference} is confirmed"))
        assert sheets(page) == 1
        page.emulate_media(media="print")
        expect(page.get_by_text(reference).first).to_be_visible()
        expect(page.get_by_text("1129 State Street").first).to_be_visible()
        expect(page.locator(".button:visible, input:visible, select:visible")).to_have_count(0)
        expect(page.get_by_text("earlier time").locator("visible=true")).to_have_count(0)
        page.emulate_media(media="null")
