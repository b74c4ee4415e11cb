"""A patient books, with JavaScript, without it and by keyboard; the front desk confirms."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.running_site import RunningSite

REFERENCE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}")


def arrived(site: RunningSite, page: Page, words: str) -> str:
    """Wait for the worker to deliver an email with these words."""
    for _try in range(200):
        for email in site.emails():
            if words in email:
                return email
        page.wait_for_timeout(100)
    return pytest.fail(f"no email says {words!r}")


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def choose_visit(page: Page, service: str) -> None:
    heading = page.get_by_role("heading", level=1)
    first = heading.inner_text()
    page.get_by_label(service).check()
    go_on(page)
    expect(heading).not_to_have_text(first)
    page.wait_for_load_state()  # what stands below the heading may still be on its way
    if page.get_by_label("Anyone who is free").count():
        page.get_by_label("Anyone who is free").check()
        go_on(page)
    expect(heading).to_have_text("When would you like to come in?")
    page.wait_for_load_state()


def say_who(page: Page, name: str, *, phone: str = "805-555-0123") -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Your phone number").fill(phone)
    page.get_by_label("Your email address").fill(f"{name.split()[0].lower()}@patient.example")
    page.get_by_label("No, I’m new here").check()
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")


def reference_on(page: Page) -> str:
    reference = page.locator(".reference").first  # letters may follow
    expect(reference).to_have_text(REFERENCE)
    return reference.inner_text()


def test_a_time_is_asked_for_without_javascript_and_confirmed(
    plain_page: Page, signed_in: Callable[[str], Page], site: RunningSite
) -> None:
    plain_page.goto("/")
    plain_page.get_by_role("link", name="Book Appointment").first.click()
    choose_visit(plain_page, "Posture assessment")
    plain_page.locator("details[open] .chip").last.click()
    say_who(plain_page, "Greta Lund")
    expect(plain_page.get_by_role("main")).to_contain_text("Greta Lund")
    plain_page.get_by_role("button", name="Send the request").click()
    reference = reference_on(plain_page)
    expect(plain_page.get_by_role("main")).to_contain_text("We’re holding this time for you")
    assert "Greta" not in plain_page.content()
    assert "greta@patient.example" in arrived(site, plain_page, f"We have your request {reference}")

    desk = signed_in("frontdesk")
    desk.goto("/admin/appointments/")
    desk.get_by_role("link", name=reference).click()
    expect(desk.locator("#patient-section")).to_contain_text("Greta Lund")


def test_an_area_code_is_added_by_its_button_and_by_nothing_else(plain_page: Page) -> None:
    plain_page.goto("/book/")
    choose_visit(plain_page, "Posture assessment")
    plain_page.locator("details[open] .chip").last.click()
    plain_page.get_by_label("Your name").fill("Greta Lund")
    plain_page.get_by_label("Your phone number").fill("555-0142")
    plain_page.get_by_label("No, I’m new here").check()
    go_on(plain_page)
    button = plain_page.get_by_role("button", name="Use 805-555-0142")
    expect(button).to_be_visible()
    plain_page.get_by_label("Your phone number").press("Enter")
    expect(button).to_be_visible()
    button.click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    expect(plain_page.get_by_role("main")).to_contain_text("(805) 555-0142")


def test_by_keyboard_alone_a_mistake_is_found_and_put_right(page: Page) -> None:
    page.goto("/book/")
    page.get_by_label("Personal training").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("When would you like to come in?")
    page.locator("details[open] .chip").last.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Your name").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    assert page.title().startswith("Error: ")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your name")).to_be_focused()
    page.keyboard.type("Ada Byron")
    page.keyboard.press("Tab")
    page.keyboard.type("805 555 0144")
    page.get_by_label("No, I’m new here").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    page.get_by_role("button", name="Book this appointment").focus()
    page.keyboard.press("Enter")
    reference_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your appointment is confirmed")


def test_of_two_tabs_the_second_is_told_and_loses_nothing(new_context: NewContext) -> None:
    context = new_context()
    first, second = context.new_page(), context.new_page()
    for tab in (first, second):
        tab.goto("/book/")
        choose_visit(tab, "Massage")
        tab.locator("details[open] .chip").last.click()
        say_who(tab, "Lin Wu")
    for tab in (first, second):
        tab.get_by_role("button", name="Send the request").click()
    reference_on(first)
    assert second.title().startswith("Error: ")
    expect(second.get_by_role("main")).to_contain_text("no longer open")
    second.locator(".times-nearest .chip").first.click()
    expect(second.get_by_role("main")).to_contain_text("Lin Wu")
    second.get_by_role("button", name="Send the request").click()
    assert reference_on(second) != reference_on(first)
    second.reload()
    expect(second.locator(".reference")).to_be_visible()
