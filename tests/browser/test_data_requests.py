"""Somebody calls: "Show me everything", then "Delete me". An owner does each in five clicks."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewContext
from tests.browser.test_access import violations
from tests.browser.test_booking import choose_visit, reference_on, say_who

MOST = 5


class Clicks:
    """Clicks, and counts; typing is not counted."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, what: Locator) -> None:
        self.made += 1
        what.click()


def book(page: Page, name: str) -> str:
    page.goto("/book/")
    choose_visit(page, "Posture assessment")
    page.locator("details[open] .chip").last.click()
    say_who(page, name, phone="805-555-0166")
    page.get_by_role("button", name="Send the request").click()
    return reference_on(page)


def look_up(owner: Page, click: Clicks, text: str) -> None:
    owner.goto("/admin/")
    click(owner.get_by_role("link", name="People’s data"))
    owner.get_by_label("Email address, phone number or name").fill(text)
    click(owner.get_by_role("button", name="Find"))


def assert_accessible(page: Page, heading: str) -> None:
    # A click returns before the page that it leads to is there.
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    assert violations(page, "main") == []


def test_everything_is_shown_then_erased_each_in_five_clicks(
    new_context: NewContext, signed_in: Callable[[str], Page], tmp_path: Path
) -> None:
    reference = book(new_context().new_page(), "Wilhelmina Stork")
    others = book(new_context().new_page(), "Otto Stork")
    owner, click = signed_in("owner"), Clicks()

    look_up(owner, click, "(805) 555-0166")
    assert_accessible(owner, "What we hold")
    click(owner.get_by_role("button", name=re.compile(r"Show everything\W+Wilhelmina Stork")))
    main = owner.get_by_role("main")
    expect(main).to_contain_text(reference)
    expect(main).not_to_contain_text(others)
    assert_accessible(owner, "Everything we hold")
    with owner.expect_download() as download:
        click(owner.get_by_role("link", name="Download as a file"))
    download.value.save_as(tmp_path / "person.json")
    held = json.loads((tmp_path / "person.json").read_text())["held"]
    assert reference in str(held["Appointments"])
    assert click.made <= MOST

    click = Clicks()
    look_up(owner, click, "wilhelmina@patient.example")
    click(owner.get_by_role("button", name=re.compile(r"Erase…\W+Wilhelmina Stork")))
    assert_accessible(owner, "Erase for good")
    click(owner.get_by_role("button", name="Erase for good"))
    expect(owner.locator(".messages")).to_contain_text("erased.")
    assert click.made <= MOST

    owner.goto("/admin/appointments/")
    expect(main).to_contain_text("Otto Stork")
    expect(main).to_contain_text(reference)
    expect(main).not_to_contain_text("Wilhelmina")
