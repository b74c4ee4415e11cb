"""What else the desk does all day, from its start page: at most five clicks and two pages each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.desk_pages import Counted, done
from tests.browser.test_calendar import a_workday_ahead, free, open_day, window

CHOOSING = 2  # clicks: a list is opened, and one of its lines pressed


@pytest.fixture
def desk(signed_in: Callable[[str], Page]) -> Page:
    return signed_in("frontdesk")


@contextmanager
def few_clicks(page: Page) -> Iterator[Counted]:
    page.goto("/admin/")
    counted = Counted(page)
    yield counted
    page.wait_for_load_state()
    assert counted.clicks <= 5
    assert counted.loads <= 2


@contextmanager
def few_in_calendar(page: Page, name: str = "") -> Iterator[tuple[Counted, Locator]]:
    """The same in the calendar, which is one click and one page from the start."""
    open_day(page, a_workday_ahead(183))
    counted = Counted(page)
    entry = page.locator(".calendar-entry", has_text=name).get_by_role("link")
    counted.click(entry.first if name else free(page))
    yield counted, window(page)
    page.wait_for_load_state()
    assert counted.clicks <= 4
    assert counted.loads <= 1


def choose(counted: Counted, field: Locator, index: int = 1) -> None:
    field.select_option(index=index)
    counted.clicks += CHOOSING


def test_a_request_is_answered(desk: Page) -> None:
    with few_clicks(desk) as counted:
        counted.click(desk.get_by_role("link", name="Propose other times").first)
        times = desk.locator(".desk-time input")
        for number in (0, times.count() // 2, times.count() - 1):  # they may not overlap
            counted.click(times.nth(number))
        counted.click(desk.get_by_role("button", name="Hold and propose these times"))
        done(desk, "The times are held")
    with few_clicks(desk) as counted:
        counted.click(desk.locator("#desk-requests-section .start-list__what a").last)
        choose(counted, desk.locator("form[action*=declined] [name=ready]"))
        counted.click(desk.get_by_role("button", name="Decline and tell the patient"))
        done(desk, "Declined")


def test_a_new_caller_is_booked_corrected_and_canceled_in_the_calendar(desk: Page) -> None:
    with few_in_calendar(desk) as (counted, box):
        box.get_by_label("Name", exact=False).last.fill("Nell Newby")
        box.get_by_label("Phone", exact=True).fill("805-555-0199")
        counted.click(box.locator("[name=service]").first)
        counted.click(box.get_by_role("button", name="Book", exact=True))
        done(desk, "Booked:")
    with few_in_calendar(desk, "Nell Newby") as (counted, box):
        counted.click(box.get_by_text("Correct", exact=True))
        box.get_by_label("Phone", exact=True).fill("805-555-0198")
        counted.click(box.get_by_role("button", name="Save"))
        done(desk, "orrected")
    with few_in_calendar(desk, "Nell Newby") as (counted, box):
        counted.click(box.locator("summary", has_text="Cancel"))
        counted.click(box.get_by_role("button", name="Cancel and tell the patient"))
        done(desk, "anceled")


def test_a_holiday_is_closed_and_somebody_put_on_the_waiting_list(desk: Page) -> None:
    with few_clicks(desk) as counted:
        counted.click(desk.get_by_role("link", name="Close a day"))
        counted.click(desk.get_by_text("close that day").nth(1))
        counted.click(desk.locator("main").get_by_role("button", name="Close").last)
        done(desk, "Closed")
    desk.locator(".messages").get_by_role("button", name="Undo").click()
    done(desk, "These days are open again.")
    with few_clicks(desk) as counted:
        counted.click(desk.get_by_role("link", name="Add to the waiting list"))
        desk.locator("main [name=name]").fill("Willa Waiter")
        desk.get_by_label("Phone", exact=True).fill("805-555-0177")
        choose(counted, desk.locator("main [name=service]"))
        counted.click(desk.get_by_role("button", name="Add to the waiting list"))
        done(desk, "is on the list.")
