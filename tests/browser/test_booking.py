"""A patient books without JavaScript; the front desk finds it and confirms."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.running_site import RunningSite


def next_monday() -> str:
    today = date.today()  # noqa: DTZ011 - the browser and the clinic are both asked for a day only
    return (today + timedelta(days=7 - today.weekday())).isoformat()


def arrived(site: RunningSite, page: Page, words: str) -> str:
    """Wait for the worker to deliver a letter with these words."""
    for _try in range(50):
        for letter in site.letters():
            if words in letter:
                return letter
        page.wait_for_timeout(100)
    return pytest.fail(f"no letter says {words!r}")


def fill_in(page: Page, service: str) -> None:
    """Answer both steps as Sam does, up to the check."""
    page.get_by_label(service).check()
    page.get_by_label("Which day would suit you best?").fill(next_monday())
    page.get_by_label("Morning").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Your name").fill("Sam Okafor")
    page.get_by_label("Your phone number").fill("805-555-0123")
    page.get_by_label("Your email address").fill("sam@patient.example")
    page.get_by_label("No, I am new here").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")


def test_an_appointment_is_asked_for_and_confirmed(
    plain_page: Page, signed_in: Callable[[str], Page], site: RunningSite
) -> None:
    plain_page.goto("/")
    plain_page.get_by_role("link", name="Book Appointment").first.click()
    fill_in(plain_page, "Posture assessment")
    expect(plain_page.get_by_role("main")).to_contain_text("Sam Okafor")
    plain_page.get_by_role("button", name="Send").click()
    reference = plain_page.url.rstrip("/").rsplit("/", 1)[1]
    expect(plain_page.get_by_role("main")).to_contain_text(reference)
    assert "Sam" not in plain_page.content()
    assert "sam@patient.example" in arrived(site, plain_page, f"We have your request {reference}")

    desk = signed_in("frontdesk")
    desk.get_by_role("link", name="Appointments").click()
    desk.get_by_role("link", name=reference).click()
    expect(desk.get_by_text("Sam Okafor")).to_be_visible()
    desk.locator("#confirmed_day").fill(next_monday())
    desk.locator("#confirmed_time").fill("10:30")
    desk.get_by_role("button", name="Confirm and email the patient").click()
    expect(desk.get_by_text("Confirmed. The patient gets an email with the time.")).to_be_visible()
    assert "10:30" in arrived(site, desk, "Your appointment is confirmed")


def test_the_back_button_leads_to_what_was_typed(page: Page) -> None:
    page.goto("/book/")
    fill_in(page, "Massage")
    page.go_back()
    expect(page.get_by_label("Your name")).to_have_value("Sam Okafor")
