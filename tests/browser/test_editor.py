"""An editor refers to a figure by choosing it, and the reviewer lets readers see it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect


def edit_address(page: Page) -> str:
    page.goto("/fitness/psoas-so-what/")
    form = page.locator("form[action^='/comments/']").get_attribute("action") or ""
    return f"/admin/pages/{form.split('/')[2]}/edit/"


def test_an_editor_chooses_a_figure_and_the_reviewer_publishes_it(
    signed_in: Callable[[str], Page],
) -> None:
    page = signed_in("editor")
    address = edit_address(page)
    page.goto(address)
    last_text = page.locator(".public-DraftEditor-content").last
    last_text.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    page.keyboard.type("/Refer")
    page.get_by_role("option", name="Refer to a figure").click()
    with page.expect_response(lambda answer: answer.request.method == "POST"):  # saved by itself
        page.get_by_role("dialog").get_by_role("button", name="Fig. 2").click()
    expect(last_text).to_contain_text("Fig. 2")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Send to Medical review").click()
    expect(page.get_by_text("is sent to review")).to_be_visible()

    page = signed_in("practitioner")
    page.goto(address)
    page.get_by_role("button", name="Approve and Publish").click()
    expect(page.get_by_text("Readers can see it now.")).to_be_visible()
    page.goto("/fitness/psoas-so-what/")
    expect(page.get_by_role("link", name="Fig. 2")).to_have_count(2)


def test_the_editor_says_what_is_missing_and_leads_there(signed_in: Callable[[str], Page]) -> None:
    page = signed_in("editor")
    page.goto(edit_address(page))
    summary = page.get_by_role("textbox", name="Summary")
    summary.fill("")
    page.get_by_role("button", name="Save draft").click()
    finding = page.get_by_role("link", name="The summary is missing")
    finding.click()
    expect(page.locator("#panel-child-content-summary-section")).to_be_in_viewport()
    # As people type: the editor does not notice what changes in its first two seconds.
    summary.press_sequentially("What the psoas does, and why it is never alone.", delay=80)
    expect(finding).to_have_count(0)
