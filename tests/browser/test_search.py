"""Whoever types in the search is offered titles; without JavaScript there is the form alone."""

from playwright.sync_api import Page, expect

OFFERED = "#search-words + datalist option"


def test_titles_are_offered_while_somebody_types_and_no_cookie_is_set(page: Page) -> None:
    page.goto("/search/")
    words = page.get_by_label("Search articles and pages")
    words.press_sequentially("psoas")
    expect(page.locator(OFFERED).first).to_have_attribute("value", "Psoas? So What?!")
    words.fill("")
    expect(page.locator(OFFERED)).to_have_count(0)
    assert page.context.cookies() == []


def test_without_javascript_the_form_finds_as_it_did(plain_page: Page) -> None:
    plain_page.goto("/search/")
    expect(plain_page.locator("datalist")).to_have_count(0)
    plain_page.get_by_label("Search articles and pages").fill("psoas")
    plain_page.locator("main").get_by_role("button", name="Search").click()
    expect(plain_page.get_by_role("link", name="Psoas? So What?!").first).to_be_visible()
