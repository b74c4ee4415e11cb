"""The desk's day in the calendar: how many clicks each thing costs, and what comes out on paper."""

import io
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.browser.desk_pages import book_by_phone, done
from tests.browser.test_access import violations

CALENDAR = "/admin/calendar/"


class Clicks:
    """Counts what is pressed."""

    def __init__(self) -> None:
        self.number = 0

    def on(self, what: Locator) -> None:
        what.click()
        self.number += 1


@pytest.fixture
def clicks() -> Clicks:
    return Clicks()


@pytest.fixture
def desk(signed_in: Callable[[str], Page]) -> Page:
    return signed_in("frontdesk")


def a_workday_ahead(days: int = 120) -> date:
    """A Tuesday that nobody has booked yet and the desk may."""
    day = timezone.localdate() + timedelta(days=days)
    return day + timedelta(days=(1 - day.weekday()) % 7)


def open_day(page: Page, day: date, **more: str) -> None:
    query = "&".join(f"{name}={value}" for name, value in more.items())
    page.goto(f"{CALENDAR}?day={day.isoformat()}&{query}")


def window(page: Page) -> Locator:
    return page.locator("dialog[open]")


def free(page: Page, number: int = 0) -> Locator:
    return page.locator(".calendar-free [data-piece]").nth(number)


def book_new(page: Page, name: str, phone: str = "805-555-0188") -> None:
    free(page).click()
    box = window(page)
    box.get_by_label("Name", exact=False).last.fill(name)
    box.get_by_label("Phone", exact=True).fill(phone)
    box.locator("[name=service]").first.check()
    box.get_by_role("button", name="Book", exact=True).click()
    done(page, "Booked:")


def test_a_returning_patient_is_booked_in_four_clicks_and_it_is_taken_back_in_one(
    desk: Page, clicks: Clicks
) -> None:
    day = a_workday_ahead()
    open_day(desk, day)
    book_new(desk, "Quentin Quill")
    day += timedelta(days=1)
    open_day(desk, day)
    clicks.on(free(desk, 2))
    window(desk).get_by_role("searchbox").fill("qui")
    clicks.on(window(desk).get_by_role("button", name="Quentin Quill").first)
    expect(window(desk).get_by_role("button", name="Book", exact=True)).to_be_focused()
    if not window(desk).locator("[name=service]:checked").count():
        clicks.on(window(desk).locator("[name=service]").first)
    clicks.on(window(desk).get_by_role("button", name="Book", exact=True))
    done(desk, "Booked:")
    assert clicks.number <= 4
    assert f"day={day.isoformat()}" in desk.url
    visits = desk.locator(".calendar-entry", has_text="Quentin Quill")
    expect(visits).to_have_count(1)
    desk.locator(".messages").get_by_role("button", name="Undo").click()
    done(desk, "Undone.")
    expect(visits).to_have_count(0)


def test_a_visit_is_moved_in_three_clicks_or_dragged(desk: Page, clicks: Clicks) -> None:
    open_day(desk, a_workday_ahead(127))
    book_new(desk, "Mo Mover")
    entry = desk.locator(".calendar-entry", has_text="Mo Mover")
    before = entry.locator(".desk-entry__time").inner_text()
    clicks.on(entry.get_by_role("link"))
    clicks.on(window(desk).get_by_role("link", name="Move", exact=True))
    clicks.on(free(desk, 5))
    done(desk, "Moved.")
    assert clicks.number <= 3
    after = entry.locator(".desk-entry__time").inner_text()
    assert after != before
    entry.drag_to(free(desk, 1))
    done(desk, "Moved.")
    expect(entry.locator(".desk-entry__time")).not_to_have_text(after)


def book_today(page: Page, name: str) -> None:
    """Book a visit for an hour from now, or before midnight, whoever works then."""
    # More than the hour that comes twice when the clocks go back.
    in_an_hour = timezone.localtime(timezone.now() + timedelta(minutes=61))
    begins = min(in_an_hour, timezone.localtime().replace(hour=23, minute=25))
    book_by_phone(page, name, "805-555-0159", begins)


def test_arrived_is_one_click_and_taken_back_by_another(desk: Page, clicks: Clicks) -> None:
    book_today(desk, "Toni Today")
    open_day(desk, timezone.localdate())
    entry = desk.locator(".calendar-entry", has_text="Toni Today")
    clicks.on(entry.get_by_role("button", name="Arrived"))
    done(desk, "The patient has arrived.")
    assert clicks.number == 1
    clicks.on(desk.locator(".messages").get_by_role("button", name="Undo"))
    done(desk, "Undone.")
    assert clicks.number == 2
    expect(entry.get_by_role("button", name="Arrived")).to_be_visible()


def test_time_is_blocked_and_given_back_from_the_calendar(desk: Page) -> None:
    open_day(desk, a_workday_ahead(134))
    free(desk).click()
    window(desk).get_by_text("Block this time").first.click()
    window(desk).get_by_label("Reason").fill("Stocktaking")
    window(desk).get_by_role("button", name="Block this time").click()
    done(desk, "The time is blocked.")
    expect(desk.locator("[data-board]")).to_contain_text("Stocktaking")
    desk.locator(".messages").get_by_role("button", name="Undo").click()
    done(desk, "The time can be booked again.")
    expect(desk.locator("[data-board]")).not_to_contain_text("Stocktaking")
    desk.locator(".messages").get_by_role("button", name="Undo").click()
    expect(desk.locator("[data-board]")).to_contain_text("Stocktaking")


def test_the_calendar_is_worked_by_keyboard(desk: Page) -> None:
    open_day(desk, a_workday_ahead(141))
    first = free(desk)
    first.focus()
    desk.keyboard.press("ArrowDown")
    expect(first).not_to_be_focused()
    desk.keyboard.press("ArrowUp")
    expect(first).to_be_focused()
    desk.keyboard.press("Enter")
    expect(window(desk)).to_contain_text("Starts at")
    desk.keyboard.press("Escape")
    expect(window(desk)).to_have_count(0)
    expect(first).to_be_focused()
    desk.keyboard.press("PageDown")
    following = a_workday_ahead(141) + timedelta(days=1)
    desk.wait_for_url(f"**day={following.isoformat()}*")


def test_what_others_do_appears_by_itself(desk: Page, signed_in: Callable[[str], Page]) -> None:
    day = a_workday_ahead(148)
    open_day(desk, day)
    free(desk, 3).click()
    window(desk).get_by_label("Name", exact=False).last.fill("Half typed")
    other = signed_in("frontdesk")
    open_day(other, day)
    book_new(other, "Nina News")
    desk.evaluate("dispatchEvent(new Event('focus'))")
    entry = desk.locator(".calendar-entry.is-changed", has_text="Nina News")
    expect(entry).to_have_count(1)
    name = window(desk).get_by_label("Name", exact=False).last
    expect(name).to_have_value("Half typed")


def test_the_calendar_works_without_javascript(
    desk: Page, new_context: Callable[..., object]
) -> None:
    state = desk.context.storage_state()
    plain = new_context(java_script_enabled=False, storage_state=state).new_page()  # type: ignore[attr-defined]
    open_day(plain, a_workday_ahead(155))
    free(plain).click()
    main = plain.get_by_role("main")
    main.get_by_label("Name", exact=False).last.fill("Una Unscripted")
    main.get_by_label("Phone", exact=True).fill("805-555-0166")
    main.locator("[name=service]").first.check()
    main.get_by_role("button", name="Book", exact=True).click()
    done(plain, "Booked:")
    plain.locator(".calendar-entry", has_text="Una Unscripted").get_by_role("link").click()
    main.get_by_role("link", name="Move", exact=True).click()
    free(plain, 4).click()
    done(plain, "Moved.")


@pytest.mark.parametrize("each", [False, True])
def test_the_day_on_paper_has_every_visit(desk: Page, each: bool) -> None:
    day = a_workday_ahead(162 if each else 169)
    open_day(desk, day)
    names = ["Ada Abel", "Ben Birch", "Cy Clark", "Di Dunn", "Ed Eck", "Flo Frey"]
    for number, name in enumerate(names, start=60 if each else 70):
        book_new(desk, name, f"805-555-01{number}")
    open_day(desk, day, **({"sheets": "each"} if each else {}))
    pages = PdfReader(io.BytesIO(desk.pdf(format="Letter"))).pages
    words = "\n".join(page.extract_text() for page in pages)
    for name in names:
        assert name in words
    assert len(set(re.findall(r"\(805\) 555-01[67]\d", words))) == len(names)
    assert all("Patient" in page.extract_text() for page in pages), "heads repeat"
    expect(desk.locator("[data-board]")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_anyone_can_use_the_calendar(desk: Page, scheme: str) -> None:
    desk.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for width in (360, 768, 1280):
        desk.set_viewport_size({"width": width, "height": 900})
        for query in ("", "?view=week", "?view=week&practitioner=1"):
            desk.goto(f"{CALENDAR}{query}")
            assert violations(desk) == []
            assert desk.evaluate("document.documentElement.scrollWidth") <= width
