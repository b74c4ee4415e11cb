"""The front desk goes through its day in the browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect


@pytest.fixture
def desk(signed_in: Callable[[str], Page]) -> Page:
    return signed_in("frontdesk")


def done(page: Page, words: str) -> None:
    expect(page.locator(".messages")).to_contain_text(words)


def first_free(page: Page) -> Locator:
    return page.locator(".desk-time input").first


def book_by_phone(page: Page, name: str) -> str:
    """Book the first time that is free for a massage; return the address of the visit."""
    page.goto("/admin/appointments/book/")
    page.get_by_label("Service").select_option(label="Massage")
    page.get_by_role("button", name="Show open times").click()
    first_free(page).check()
    page.get_by_label("Name", exact=False).first.fill(name)
    page.get_by_label("Phone", exact=True).fill("805-555-0177")
    page.get_by_role("button", name="Book this time").click()
    done(page, "Booked:")
    expect(page.get_by_role("main")).to_contain_text(name)
    return page.url


def test_requests_are_confirmed_and_others_proposed(desk: Page) -> None:
    desk.goto("/admin/inbox/")
    card = desk.locator(".desk-card", has=desk.get_by_role("button", name="Confirm")).first
    reference = card.get_by_role("link").first.inner_text()
    card.get_by_role("button", name="Confirm").click()
    done(desk, "Confirmed.")
    expect(desk.locator("#requested-section")).not_to_contain_text(reference)

    desk.get_by_role("link", name="Propose other times").first.click()
    for choice in range(2):
        desk.locator(".desk-time input").nth(2 * choice).check()
    desk.get_by_label("Note to the patient (optional)").fill("Either would be lovely.")
    desk.get_by_role("button", name="Hold and propose these times").click()
    done(desk, "The times are held")
    expect(desk.get_by_role("main")).to_contain_text("times proposed")


def test_someone_on_the_phone_is_booked_and_moved(desk: Page) -> None:
    book_by_phone(desk, "Kim Park")
    before = desk.locator(".desk-now b").inner_text()
    desk.get_by_role("link", name="Move", exact=True).click()
    desk.get_by_role("button", name="Later times").click()
    first_free(desk).check()
    desk.get_by_role("button", name="Move to this time").click()
    done(desk, "Moved.")
    assert desk.locator(".desk-now b").inner_text() != before
    expect(desk.locator("#history-section")).to_contain_text("→")


def test_a_free_time_in_the_calendar_is_reached_and_booked_by_keyboard(desk: Page) -> None:
    desk.goto("/admin/calendar/?view=week&practitioner=1")
    desk.get_by_role("link", name="Next week").click()
    link = desk.locator("td.desk-free a").first
    link.focus()
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("ArrowUp")
    expect(link).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.get_by_label("With")).to_have_value("1")


def test_time_is_blocked_and_given_back(desk: Page) -> None:
    desk.goto("/admin/calendar/block/")
    desk.get_by_label("Practitioner").select_option(index=1)
    desk.get_by_label("Day").fill("2030-01-07")
    desk.get_by_label("From").fill("12:00")
    desk.get_by_label("To", exact=False).last.fill("13:00")
    desk.get_by_label("Reason").fill("A long lunch")
    desk.get_by_role("button", name="Block this time").click()
    done(desk, "The time is blocked.")
    expect(desk.get_by_role("main")).to_contain_text("A long lunch")
    desk.get_by_role("button", name="Unblock").click()
    done(desk, "The time can be booked again.")
    expect(desk.get_by_role("main")).not_to_contain_text("A long lunch")


def test_a_day_is_closed_and_those_it_hits_are_called(desk: Page) -> None:
    visit = book_by_phone(desk, "Noor Haddad")
    desk.get_by_role("link", name="Move", exact=True).click()
    desk.get_by_text("Enter another time").click()
    desk.get_by_label("Day", exact=True).fill(_a_day_far_ahead())
    desk.get_by_label("Time", exact=True).fill("10:00")
    desk.get_by_role("button", name="Move to this time").click()
    day = _a_day_far_ahead()
    desk.goto(f"/admin/closures/new/?first_day={day}&last_day={day}&reason=Floor")
    desk.get_by_role("button", name="Create").click()
    expect(desk.get_by_role("main")).to_contain_text("This affects one appointment")
    desk.get_by_role("button", name="Save and list the calls").click()
    expect(desk.get_by_role("main")).to_contain_text("Still to be told (1)")
    desk.get_by_label("What was agreed (optional)").fill("Will call again")
    desk.get_by_role("button", name="Done").click()
    expect(desk.get_by_role("main")).to_contain_text("Everyone has been told.")
    desk.goto(visit)
    expect(desk.locator(".desk-now")).to_contain_text("confirmed")


def _a_day_far_ahead() -> str:
    """Three hundred days from now, which the desk may book and patients may not."""
    return (timezone.localdate() + timedelta(days=300)).isoformat()
