"""The front desk goes through its day in the browser."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.desk_pages import Counted, book_by_phone, done, first_free


@pytest.fixture
def desk(signed_in: Callable[[str], Page]) -> Page:
    return signed_in("frontdesk")


def test_requests_are_confirmed_and_others_proposed(desk: Page) -> None:
    desk.goto("/admin/inbox/")
    card = desk.locator(".desk-card", has=desk.get_by_role("button", name="Confirm")).first
    reference = card.get_by_role("link").first.inner_text()
    card.get_by_role("button", name="Confirm").click()
    done(desk, "Confirmed.")
    expect(desk.locator("#requested-section")).not_to_contain_text(reference)

    desk.get_by_role("link", name="Propose other times").first.click()
    times = desk.locator(".desk-time input")
    for time in (times.first, times.last):  # they may not overlap
        time.check()
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


def _a_day_far_ahead() -> str:
    """Three hundred days from now, which the desk may book and patients may not."""
    return (timezone.localdate() + timedelta(days=300)).isoformat()


def test_a_day_with_visits_is_closed_and_all_are_told_in_few_clicks(desk: Page) -> None:
    visit, day = book_by_phone(desk, "Noor Haddad"), _a_day_far_ahead()
    desk.get_by_role("link", name="Move", exact=True).click()
    desk.get_by_text("Enter another time").click()
    desk.get_by_label("Day", exact=True).fill(day)
    desk.get_by_label("Time", exact=True).fill("10:00")
    desk.get_by_role("button", name="Move to this time").click()
    done(desk, "Moved.")

    desk.goto("/admin/")
    counted = Counted(desk)
    counted.click(desk.get_by_role("link", name="Close a day"))
    desk.get_by_label("First day").fill(day)
    desk.get_by_label("First day").press("Tab")
    button = desk.get_by_role("button", name="Close, cancel selected and email patients")
    expect(button).to_be_visible()
    counted.click(button)
    done(desk, "canceled.")
    expect(desk.get_by_role("main")).to_contain_text("No one is left to be told.")
    assert counted.clicks <= 5
    assert counted.loads <= 2
    desk.goto(visit)
    expect(desk.locator(".desk-now")).to_contain_text("canceled")
