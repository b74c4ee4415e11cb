"""A moderator with five minutes: by keyboard, and on a phone."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Page, expect

QUEUE = "/admin/comments/"
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def queue(signed_in: Callable[[str], Page]) -> Page:
    page = signed_in("moderator")
    page.goto(QUEUE)
    return page


def cards(page: Page) -> Locator:
    return page.locator("[data-comment-card]")


def test_single_keys_decide_about_the_comment_that_has_the_focus(queue: Page) -> None:
    first, second = cards(queue).nth(0), cards(queue).nth(1)
    there = cards(queue).count()
    second_id = second.get_attribute("id")
    queue.keyboard.press("r")  # nothing has the focus yet, so nothing is meant
    queue.keyboard.press("j")
    expect(first).to_be_focused()
    queue.keyboard.press("j")
    queue.keyboard.press("k")
    expect(first).to_be_focused()
    queue.keyboard.press("r")
    expect(queue.get_by_role("status").first).to_contain_text("rejected")
    expect(cards(queue)).to_have_count(there - 1)
    expect(queue.locator(f"#{second_id}")).to_be_focused()  # on to the next
    queue.get_by_role("status").first.get_by_role("button", name="Undo").click()
    expect(cards(queue)).to_have_count(there)


def test_keys_are_left_alone_while_somebody_types_and_when_turned_off(queue: Page) -> None:
    there = cards(queue).count()
    box = cards(queue).nth(0).get_by_role("checkbox")
    box.focus()
    for key in "arse":
        queue.keyboard.press(key)
    queue.get_by_text("Keys", exact=True).click()
    queue.get_by_label("Keyboard shortcuts are on").uncheck()
    cards(queue).nth(0).focus()
    for key in "arse":
        queue.keyboard.press(key)
    queue.reload()
    expect(cards(queue)).to_have_count(there)
    queue.get_by_text("Keys", exact=True).click()
    queue.get_by_label("Keyboard shortcuts are on").check()


def test_a_part_is_left_out_by_selecting_it(queue: Page) -> None:
    cards(queue).first.get_by_role("link", name="Remove part").click()
    field = queue.get_by_label("What stays")
    words = field.input_value()
    field.evaluate("field => field.setSelectionRange(0, 5)")
    queue.get_by_role("button", name="Remove the selected text").click()
    expect(field).to_have_value(f"[…]{words[5:]}")
    queue.get_by_role("button", name="Save").click()
    expect(queue.get_by_role("status").first).to_contain_text("is removed")
    queue.get_by_role("status").first.get_by_role("button", name="Undo").click()
    expect(queue.get_by_role("status").first).to_contain_text("Undone")


def test_several_are_decided_on_a_phone_and_taken_back(queue: Page) -> None:
    queue.set_viewport_size(PHONE)
    there = cards(queue).count()
    for place in range(2):
        cards(queue).nth(place).get_by_role("checkbox").check()
    queue.get_by_role("button", name="Mark as spam (selected)").click()
    expect(cards(queue)).to_have_count(there - 2)
    queue.get_by_role("status").first.get_by_role("button", name="Undo").click()
    expect(cards(queue)).to_have_count(there)


def test_nothing_runs_over_the_edge_of_a_phone(queue: Page) -> None:
    queue.set_viewport_size(PHONE)
    for address in (QUEUE, f"{QUEUE}1/", f"{QUEUE}1/redact/", f"{QUEUE}1/reply/"):
        queue.goto(address)
        main = queue.locator("main")
        assert main.evaluate("main => main.scrollWidth <= main.clientWidth"), address


def test_on_a_phone_undo_stays_in_sight_and_buttons_stand_apart(queue: Page) -> None:
    queue.set_viewport_size(PHONE)
    queue.reload()
    boxes = [
        box
        for button in cards(queue).first.locator(".comment-buttons .button").all()
        if (box := button.bounding_box())
    ]
    assert all(box["height"] >= 44 for box in boxes)
    for one, other in pairwise(boxes):
        beside = other["x"] - (one["x"] + one["width"])
        below = other["y"] - (one["y"] + one["height"])
        assert max(beside, below) >= 12
    cards(queue).first.get_by_role("button", name="Reject").click()
    undo = queue.get_by_role("status").first.get_by_role("button", name="Undo")
    expect(undo).to_be_in_viewport()
    size = undo.bounding_box()
    assert size
    assert size["height"] >= 44
    undo.click()
    expect(queue.get_by_role("status").first).to_contain_text("Undone.")
