"""A class fills up online, without JavaScript, and whoever comes seventh waits for a seat."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.test_booking import arrived, choose_visit, reference_on, say_who
from tests.running_site import RunningSite


def test_six_book_the_seats_and_the_seventh_waits(plain_page: Page, site: RunningSite) -> None:
    page = plain_page
    # The last of the dates shown, which nobody comes to yet, by its day.
    day = _dates(page).last.inner_text().splitlines()[0]
    for number in range(1, 7):
        left = "1 seat left" if number == 6 else f"{7 - number} seats left"
        _dates(page).filter(has_text=day).filter(has_text=left).click()
        say_who(page, f"Number{number} Kim", phone=f"805-555-016{number}")
        page.get_by_role("button", name="Book this appointment").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Your appointment is confirmed")
    _dates(page).filter(has_text=day).filter(has_text="Full: join the waiting list").click()
    say_who(page, "Seventh Kim", phone="805-555-0177")
    page.get_by_role("button", name="Join the waiting list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You’re on the waiting list")
    arrived(site, page, f"You’re on the waiting list: {reference_on(page)}")


def _dates(page: Page) -> Locator:
    """Begin to book the class; return its dates."""
    page.goto("/book/")
    choose_visit(page, "Corrective exercise class")
    return page.locator(".times-week .chip")
