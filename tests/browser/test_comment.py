"""A patient comments and answers, with and without JavaScript; a moderator lets it appear."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_booking import arrived
from tests.running_site import RunningSite

ARTICLE = "/fitness/psoas-so-what/"


def test_a_comment_waits_until_a_moderator_approves_it(
    plain_page: Page, signed_in: Callable[[str], Page]
) -> None:
    plain_page.goto(ARTICLE)
    plain_page.get_by_label("Name").fill("Noor")
    plain_page.get_by_role("textbox", name="Email").fill("noor@reader.example")
    plain_page.get_by_label("Comment", exact=False).last.fill("I sit all day. Thank you.")
    plain_page.get_by_role("button", name="Post Comment").click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Thank you for your comment")
    plain_page.goto(ARTICLE)
    expect(plain_page.get_by_text("I sit all day.")).to_have_count(0)

    moderator = signed_in("moderator")
    moderator.get_by_role("link", name="Review comments").click()
    card = moderator.get_by_role("region", name="Noor")
    expect(card.get_by_text("I sit all day. Thank you.")).to_be_visible()
    card.get_by_role("button", name="Approve", exact=True).click()

    plain_page.goto(ARTICLE)
    expect(plain_page.get_by_text("I sit all day.")).to_be_visible()
    assert "noor@" not in plain_page.content()


def test_a_mistake_is_named_first_and_leads_to_its_field(page: Page) -> None:
    page.goto(ARTICLE)
    page.get_by_label("Name").fill("Noor")
    page.get_by_role("button", name="Post Comment").click()
    expect(page).to_have_title("Error: Leave a reply to Psoas? So What?! – Motion Unlimited")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(page.get_by_role("textbox", name="Email")).to_be_focused()
    expect(page.get_by_label("Name")).to_have_value("Noor")


def test_somebody_is_answered_by_keyboard_alone(page: Page) -> None:
    page.goto(ARTICLE)
    page.get_by_role("link", name="Reply to Walt").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Reply to Walt")
    expect(page.get_by_text("seventy-four")).to_be_visible()
    page.get_by_label("Name").focus()
    for typed in ("Ines", "ines@reader.example", "Never too late, I think."):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_label("Email me when someone replies")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # past the private link; the field for programs is not there
    expect(page.get_by_role("button", name="Post Comment")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for your comment")
    expect(page.get_by_text("no one else can see it yet")).to_be_visible()


def send_with_private_link(page: Page, site: RunningSite, name: str, text: str) -> str:
    """Send a comment under a name of its own; return the link that the email about it holds."""
    page.goto(ARTICLE)
    page.get_by_label("Name").fill(name)
    page.get_by_role("textbox", name="Email").fill("mateo@reader.example")
    page.get_by_role("textbox", name="Comment").fill(text)
    page.get_by_label("Email me a private link").check()
    page.get_by_role("button", name="Post Comment").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you for your comment")
    link = re.search(r"/comments/mine/[\w-]+/", arrived(site, page, f"Dear {name},"))
    assert link
    return link[0]


def test_a_comment_is_looked_after_by_its_private_link(plain_page: Page, site: RunningSite) -> None:
    page = plain_page
    page.goto(send_with_private_link(page, site, "Mateo", "I stand up evry hour."))
    expect(page.get_by_text("One of us will read it soon.")).to_be_visible()
    page.get_by_label("Your words").fill("")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("alert")).to_contain_text("Please write your comment.")
    page.get_by_label("Your words").fill("I stand up every hour.")
    page.get_by_role("button", name="Save changes").click()
    expect(page.locator("blockquote")).to_have_text("I stand up every hour.")
    old = page.url
    page.get_by_role("button", name="Get a new link").click()
    expect(page).not_to_have_url(old)
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_text("You’ve withdrawn it.")).to_be_visible()
    page.get_by_role("link", name="Erase it").click()
    page.get_by_role("button", name="Yes, erase it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your comment is erased")
