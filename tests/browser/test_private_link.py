"""From the email, by its private link: a visit is seen, moved and canceled."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NOT_THERE, NewContext
from tests.browser.test_access import violations
from tests.browser.test_booking import arrived, choose_visit, reference_on, say_who
from tests.running_site import RunningSite

LINK = re.compile(r"/book/mine/[\w-]{43}/")


def newest_link(site: RunningSite, page: Page, words: str) -> str:
    """The private link in the email that says `words`."""
    email = arrived(site, page, words).replace("=\n", "")
    found = LINK.search(email)
    assert found, email
    return found[0]


@pytest.mark.parametrize("javascript", [True, False])
def test_a_visit_is_moved_and_canceled(
    new_context: NewContext, site: RunningSite, javascript: bool
) -> None:
    context = new_context(java_script_enabled=javascript, bypass_csp=True)
    page = context.new_page()
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        if javascript:  # axe is a script
            found[name] = violations(page)

    page.goto("/book/")
    choose_visit(page, "First consultation")
    page.get_by_role("link", name="Next week").click()
    expect(page.locator("h2#week")).to_be_focused()
    page.locator("details[open] .chip").last.click()
    say_who(page, "Anna Berg" if javascript else "Paul Roth")
    page.get_by_role("button", name="Book this appointment").click()
    reference = reference_on(page)
    look("done")
    with page.expect_download() as download:
        page.get_by_role("link", name="Calendar file").click()
    assert download.value.suggested_filename == f"appointment-{reference}.ics"

    page.goto(newest_link(site, page, f"Your appointment {reference} is confirmed"))
    look("visit")
    page.get_by_role("link", name="Move it to another time").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Move your appointment")
    look("move")
    # Canceling online ends a day before a visit, and the first free time may be nearer than that.
    page.get_by_role("link", name="Next week").click()
    expect(page.locator("h2#week")).to_be_focused()
    expect(page).to_have_title(re.compile(r" to \w+ \d+ – Move your appointment"))
    page.locator("details[open] .chip").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Move to this time?")
    look("move to this time")
    page.get_by_role("button", name="Yes, move it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your appointment has moved")

    page.goto(newest_link(site, page, f"Your appointment {reference} has moved"))
    page.get_by_role("link", name="Cancel it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cancel this appointment?")
    look("cancel")
    page.get_by_role("button", name="Yes, cancel it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your appointment is canceled")
    look("canceled")
    assert found == {name: [] for name in found}


def test_axe_finds_nothing_on_a_link_that_opens_nothing(new_context: NewContext) -> None:
    page = new_context(bypass_csp=True).new_page()
    page.goto(f"/book/mine{NOT_THERE}")
    assert violations(page) == []
