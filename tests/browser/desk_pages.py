"""What several tests do in the front desk's pages."""

from datetime import datetime

from playwright.sync_api import Locator, Page, expect


class Counted:
    """Counts what somebody does: each click, and each page that it leads to."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.loads = page, 0, 0
        page.on("load", lambda _page: self._loaded())

    def _loaded(self) -> None:
        self.loads += 1

    def click(self, target: Locator) -> None:
        self.clicks += 1
        target.click()


def done(page: Page, words: str) -> None:
    expect(page.locator(".messages")).to_contain_text(words)


def first_free(page: Page) -> Locator:
    return page.locator(".desk-time input").first


def book_by_phone(
    page: Page,
    name: str,
    phone: str = "805-555-0177",
    at: datetime | None = None,
    service: str = "Massage",
) -> str:
    """Book a visit at the first open time, or `at` a local time; return the visit's address."""
    page.goto("/admin/appointments/book/")
    page.locator("[name=service]").select_option(label=service)
    page.get_by_role("button", name="Show open times").click()
    if at:
        page.get_by_text("Enter another time").click()
        page.get_by_label("Day", exact=True).fill(at.date().isoformat())
        page.get_by_label("Time", exact=True).fill(at.strftime("%H:%M"))
    else:
        first_free(page).check()
    page.locator("[name=name]").fill(name)
    page.get_by_label("Phone", exact=True).fill(phone)
    page.get_by_role("button", name="Book this time").click()
    done(page, "Booked:")
    expect(page.get_by_role("main")).to_contain_text(name)
    return page.url
