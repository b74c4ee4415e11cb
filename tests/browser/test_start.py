"""The desk's tasks from the start page: how many clicks and page loads each costs."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.browser.desk_pages import Counted, book_by_phone, done
from tests.browser.test_access import violations

START = "/admin/"


@pytest.fixture
def desk(signed_in: Callable[[str], Page]) -> Page:
    return signed_in("frontdesk")


def line(page: Page, name: str) -> Locator:
    return page.locator(".start-list__line", has_text=name)


def test_arrived_completed_and_no_show_are_one_click_and_stay_on_the_start(desk: Page) -> None:
    # It began a minute ago, as a walk-in does, or at midnight; with somebody who has no other visit
    # now in any of the tests.
    now = timezone.localtime()
    begins = max(now - timedelta(minutes=1), now.replace(hour=0, minute=0))
    book_by_phone(desk, "Wanda West", "805-555-0141", begins, "Personal training")
    desk.goto(START)
    counted = Counted(desk)
    counted.click(line(desk, "Wanda West").get_by_role("button", name="Arrived"))
    done(desk, "The patient has arrived.")
    assert counted.clicks == 1
    counted.click(line(desk, "Wanda West").get_by_role("button", name="Completed"))
    done(desk, "The visit is completed.")
    assert counted.clicks == 2
    assert desk.url.endswith(START)
    counted.click(desk.locator(".messages").get_by_role("button", name="Undo"))
    done(desk, "Undone.")
    expect(line(desk, "Wanda West").get_by_role("button", name="Completed")).to_be_visible()


def test_a_request_is_confirmed_in_one_click(desk: Page) -> None:
    desk.goto(START)
    counted = Counted(desk)
    counted.click(
        desk.locator("#desk-requests-section").get_by_role("button", name="Confirm").first
    )
    done(desk, "Confirmed.")
    assert counted.clicks == 1
    desk.locator(".messages").get_by_role("button", name="Undo").click()
    done(desk, "Undone.")


def test_a_call_is_noted_in_one_click_and_taken_back_by_another(desk: Page) -> None:
    desk.goto("/admin/inbox/")
    counted = Counted(desk)
    counted.click(desk.get_by_role("button", name="Reached").first)
    done(desk, "Call noted.")
    assert counted.clicks == 1
    counted.click(desk.locator(".messages").get_by_role("button", name="Undo"))
    done(desk, "The call is back on the list.")
    assert counted.clicks == 2


def test_a_patient_is_found_while_their_name_is_typed(desk: Page) -> None:
    book_by_phone(desk, "Fiona Findable", "805-555-0142")
    desk.goto(START)
    counted = Counted(desk)
    desk.get_by_role("searchbox").fill("fin")
    counted.click(desk.locator("[data-patient-found]").get_by_text("Fiona Findable").first)
    expect(desk.get_by_role("main")).to_contain_text("Fiona Findable")
    assert counted.clicks == 1
    assert "fin" not in desk.url.lower().partition("?")[2][:3]


@pytest.mark.parametrize("username", ["frontdesk", "practitioner"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_anyone_can_use_the_start(
    signed_in: Callable[[str], Page], username: str, scheme: str
) -> None:
    page = signed_in(username)
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(START)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
