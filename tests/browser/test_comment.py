"""A patient comments without JavaScript; a moderator lets it appear."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

ARTICLE = "/fitness/psoas-so-what/"


def test_a_comment_waits_until_a_moderator_approves_it(
    plain_page: Page, signed_in: Callable[[str], Page]
) -> None:
    plain_page.goto(ARTICLE)
    plain_page.get_by_label("Name").fill("Noor")
    plain_page.get_by_label("Email").fill("noor@reader.example")
    plain_page.get_by_label("Comment", exact=False).last.fill("I sit all day. Thank you.")
    plain_page.get_by_role("button", name="Post Comment").click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Thank you for your comment")
    plain_page.goto(ARTICLE)
    expect(plain_page.get_by_text("I sit all day.")).to_have_count(0)

    moderator = signed_in("moderator")
    moderator.get_by_role("link", name="Decide about comments").click()
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
    expect(page.get_by_label("Email")).to_be_focused()
    expect(page.get_by_label("Name")).to_have_value("Noor")
