"""Back, from every step and after every error, never meets the browser's own error."""

import os  # noqa: F401, asked by what is skipped
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import NewContext
from tests.browser.test_booking import choose_visit, go_on, reference_on, say_who
from tests.browser.test_comment import send_with_private_link
from tests.faults.test_locked_database import locked
from tests.running_site import RunningSite

QUESTIONS = [
    "What would you like to book?",
    "Who would you like to see?",
    "When would you like to come in?",
    "What works for you?",
    "How can we reach you?",
    "Check your answers",
]


def at(page: Page, question: str) -> None:
    """What a browser shows for an error of its own has no such heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(question)


@pytest.fixture(params=[True, False], ids=["javascript", "plain"])
def patient(new_context: NewContext, request: pytest.FixtureRequest) -> Page:
    page: Page = new_context(java_script_enabled=request.param).new_page()
    return page


def test_back_from_every_step_and_every_mistake_shows_the_question_before(patient: Page) -> None:
    page, way = patient, []

    def arrive(question: str) -> None:
        at(page, question)
        way.append(question)

    service, whom, when, suits, reach, check = QUESTIONS
    page.goto("/book/")
    arrive(service)
    go_on(page)
    arrive(service)  # with a mistake
    page.get_by_label("Posture therapy").check()
    go_on(page)
    arrive(whom)
    go_on(page)
    arrive(whom)
    page.get_by_label("Anyone who is free").check()
    go_on(page)
    arrive(when)
    page.get_by_role("link", name="Tell us what works for you").click()
    arrive(suits)
    go_on(page)
    arrive(suits)
    page.get_by_role("button", name="Back").click()
    arrive(when)
    page.locator("details[open] .chip").last.click()
    arrive(reach)
    page.get_by_label("Your name").fill("Greta Lund")
    go_on(page)
    arrive(reach)
    page.get_by_label("Your phone number").fill("805-555-0123")
    page.get_by_label("No, I’m new here").check()
    go_on(page)
    arrive(check)
    page.get_by_role("link", name="Change – Your name").click()
    arrive(reach)
    go_on(page)
    arrive(check)
    for question in reversed(way[:-1]):
        page.go_back()
        at(page, question)
    for question in way[1:]:
        page.go_forward()
        at(page, question)


def test_back_after_sending_says_that_it_is_sent(patient: Page) -> None:
    page = patient
    page.goto("/book/")
    choose_visit(page, "Posture assessment")
    page.locator("details[open] .chip").last.click()
    say_who(page, "Nora Quist", phone="805-555-0177")
    page.get_by_role("button", name="Send the request").click()
    reference = reference_on(page)
    page.reload()
    assert reference_on(page) == reference
    for _step in ("check", "contact", "time"):
        page.go_back()
        at(page, "You’ve already sent this booking")
        expect(page.get_by_role("main")).to_contain_text(reference)
    page.get_by_role("link", name="See what you sent").click()
    assert reference_on(page) == reference


@pytest.mark.skipif("os.environ.get('TEST_DATABASE_URL')", reason="the lock is SQLite's")
def test_back_over_a_form_that_had_to_be_sent_again_shows_its_question(
    site: RunningSite, browser: Browser
) -> None:
    """Another program keeps the database from being written for a while."""
    page = browser.new_page(base_url=site.url)
    page.goto("/book/")
    with locked(site):
        page.get_by_label("Posture therapy").check()
        go_on(page)
        at(page, "We’ll be right back")
    page.get_by_role("button", name="Send it again").click()
    at(page, QUESTIONS[1])
    for question in (QUESTIONS[0], QUESTIONS[0]):
        page.go_back()
        at(page, question)
    page.close()


def test_what_was_typed_is_there_after_back_a_reload_and_in_a_restored_tab(
    new_context: NewContext,
) -> None:
    context = new_context()
    page = context.new_page()
    page.goto("/book/")
    choose_visit(page, "Posture therapy")
    page.locator("details[open] .chip").last.click()
    say_who(page, "Greta Lund")
    page.go_back()
    expect(page.get_by_label("Your name")).to_have_value("Greta Lund")
    page.reload()
    expect(page.get_by_label("Your name")).to_have_value("Greta Lund")
    restored = context.new_page()  # a phone opens the address anew, from nothing
    restored.goto(page.url)
    expect(restored.get_by_label("Your name")).to_have_value("Greta Lund")
    assert re.fullmatch(r".*/book/request/[\w-]{43}/contact/#question", restored.url)
    assert context.cookies() == []


def test_each_question_has_the_focus_and_the_next_stop_is_its_first_answer(page: Page) -> None:
    page.goto("/book/")
    page.get_by_label("Posture therapy").check()
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Anyone who is free")).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_back_after_every_error_of_a_comment_shows_the_form_with_what_was_typed(
    patient: Page, site: RunningSite
) -> None:
    page, article = patient, "/daily-life/sitting/"
    page.goto(article)
    page.get_by_label("Name").fill("Tove")
    page.get_by_role("textbox", name="Comment").fill("All day, alas.")
    for email in ("", "tove@", "tove@reader.example"):
        page.get_by_role("textbox", name="Email").fill(email)
        page.get_by_role("button", name="Post Comment").click()
    at(page, "Thank you for your comment")
    for _error in range(2):
        page.go_back()
        at(page, "Leave a Reply")
        expect(page.get_by_role("main")).to_contain_text("was sent")
    page.go_back()
    expect(page).to_have_url(re.compile(article))
    page.go_forward()
    at(page, "Leave a Reply")


def test_back_in_the_private_link_of_a_comment_meets_pages_of_ours(
    page: Page, site: RunningSite
) -> None:
    page.goto(send_with_private_link(page, site, "Tove Lind", "Is it too late?"))
    for words in ("", "It never is."):
        page.get_by_label("Your words").fill(words)
        page.get_by_role("button", name="Save changes").click()
        at(page, "Your comment")
    page.get_by_role("link", name="Erase it").click()
    at(page, "Erase your comment for good?")
    page.go_back()
    at(page, "Your comment")
    page.go_back()
    at(page, "Your comment")
    page.go_back()
    at(page, "Your comment")
    page.get_by_role("link", name="Erase it").click()
    page.get_by_role("button", name="Yes, erase it").click()
    at(page, "Your comment is erased")
