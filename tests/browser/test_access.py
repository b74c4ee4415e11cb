"""Nobody is kept out: axe finds nothing, and nothing runs over the edge of a small screen."""

from collections.abc import Callable, Iterator
from importlib.resources import files

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NOT_THERE, NewContext
from tests.browser.test_comment import send_with_private_link
from tests.running_site import RunningSite

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# One phone books so many times a day and no more.
PHONES = {
    (360, "light"): "805-555-0136",
    (360, "dark"): "805-555-0137",
    (1280, "light"): "805-555-0128",
    (1280, "dark"): "805-555-0129",
}

PAGES = [
    "/",
    "/fitness/",
    "/fitness/psoas-so-what/",
    "/fitness/stiff-hips/",
    "/fitness/stiff-hips/?sheet=exercises",
    "/contact/",
    "/team/",
    "/team/dana-whitfield/",
    "/first-visit/",
    "/first-visit/prices/",
    "/services/",
    "/services/posture-therapy/",
    "/book/",
    "/tags/hips/",
    "/search/?q=psoas",
    "/search/?q=psaos",
    "/search/?q=zygomaticus",
    "/privacy/",
    "/accessibility/",
    NOT_THERE,
]
DESK = {
    "moderator": [
        "/admin/",
        "/admin/comments/",
        "/admin/comments/?show=likely-spam",
        "/admin/comments/1/",
        "/admin/comments/1/redact/",
        "/admin/comments/1/reply/",
        "/admin/comments/all/",
        "/admin/comments/articles/",
        "/admin/comments/ready-replies/",
        "/admin/settings/comments/commentrules/",
    ],
    "frontdesk": [
        "/admin/",
        "/admin/inbox/",
        "/admin/calendar/",
        "/admin/calendar/?view=week",
        "/admin/calendar/?view=week&practitioner=1",
        "/admin/calendar/block/",
        "/admin/appointments/",
        "/admin/appointments/1/",
        "/admin/appointments/book/?service=2",
        "/admin/closures/",
        "/admin/closures/new/",
        "/admin/extra-hours/new/",
        "/admin/closures/inspect/2/",
        "/admin/numbers/",
        "/admin/classes/",
        "/admin/classes/1/",
        "/admin/classes/add/",
        "/admin/waiting/",
        "/admin/waiting/add/",
        "/admin/waiting/?q=nobody",
        "/admin/waiting/fits/?slot=20270112T1800Z-1",
    ],
    "practitioner": [
        "/admin/my-calendar/",
        "/admin/my-calendar/?view=week",
        "/admin/my-calendar/numbers/",
    ],
    "editor": ["/admin/reports/reviews/", "/admin/reports/page-views/"],
    "owner": [
        "/admin/health/",
        "/admin/location/edit/1/",
        "/admin/settings/clinic/clinicdetails/1/",
        "/admin/practitioners/",
        "/admin/staff/",
        "/admin/staff/invite/",
        "/admin/staff/4/leaving/",
        "/admin/users/edit/4/",
        "/admin/practitioners/edit/1/",
        "/admin/services/",
        "/admin/classes/",
        "/admin/classes/weekly/add/",
        "/admin/classes/weekly/1/change/",
        "/admin/classes/weekly/1/end/",
    ],
}


def violations(page: Page, within: str = "html") -> list[str]:
    page.wait_for_load_state()
    page.evaluate(AXE)
    result = page.evaluate(
        """([within, rules]) => axe.run(within, {
            runOnly: { type: "tag", values: rules },
            rules: { "target-size": { enabled: true } },
        })""",
        [within, RULES],
    )
    return [
        f"{found['id']}: {node['target']}"
        for found in result["violations"]
        for node in found["nodes"]
    ]


def walk_through_booking(page: Page, phone: str) -> Iterator[str]:
    """Open each step of booking, with mistakes and without, and the way back by eight letters."""

    def arrive(heading: str, *, mistakes: bool = False) -> str:
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
        if mistakes:
            expect(page.locator("[data-error-summary]")).to_be_focused()
        return f"{heading} {'with mistakes' if mistakes else ''}"

    onward = page.get_by_role("button", name="Continue")
    page.goto("/book/")
    onward.click()
    yield arrive("What would you like to book?", mistakes=True)
    page.get_by_label("Corrective exercise class").check()
    onward.click()
    yield arrive("When would you like to come in?") + " of a class"
    page.get_by_role("button", name="Back").click()
    page.get_by_label("Posture therapy").check()
    onward.click()
    yield arrive("Who would you like to see?")
    page.get_by_label("Anyone who is free").check()
    onward.click()
    yield arrive("When would you like to come in?")
    page.get_by_role("link", name="Tell us what works for you").click()
    yield arrive("What works for you?")
    onward.click()
    yield arrive("What works for you?", mistakes=True)
    page.get_by_role("button", name="Back").click()
    page.locator("details[open] .chip").first.click()
    yield arrive("How can we reach you?")
    onward.click()
    yield arrive("How can we reach you?", mistakes=True)
    page.get_by_label("Your name").fill("A very long name " + "von und zu " * 5)
    page.get_by_label("Your phone number").fill(phone)
    page.get_by_label("No, I’m new here").check()
    onward.click()
    yield arrive("Check your answers")
    page.get_by_role("button", name="Send the request").click()
    yield arrive("Thank you. We have your request")
    reference, letters = page.locator(".reference").all_inner_texts()
    page.goto("/book/find/")
    yield arrive("Find your appointment")
    page.get_by_role("button", name="Open my appointment").click()
    yield arrive("Find your appointment", mistakes=True)
    page.get_by_label("Your reference").fill(reference)
    page.get_by_label("Your eight letters").fill(letters)
    page.get_by_role("button", name="Open my appointment").click()
    yield arrive("Thank you. We have your request") + " on its own page"
    page.get_by_role("link", name="Cancel the request").click()
    yield arrive("Cancel this request?")


def walk_through_comments(page: Page, site: RunningSite, name: str) -> Iterator[str]:
    """Open each page about a comment, with mistakes and without, up to erasing it."""
    page.goto("/fitness/psoas-so-what/")
    page.get_by_role("button", name="Post Comment").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    yield "a comment with mistakes"
    page.goto("/fitness/psoas-so-what/")
    page.get_by_role("link", name="Reply to Walt").first.click()
    yield "an answer to somebody"
    for kind in ("confirm", "unsubscribe"):
        page.goto(f"/comments/{kind}/x/")
        yield kind
    page.goto(send_with_private_link(page, site, name, "A" * 400))
    yield "one's own comment"
    page.get_by_label("Your words").fill("")
    page.get_by_role("button", name="Save changes").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    yield "a change with mistakes"
    page.get_by_role("link", name="Erase it").click()
    yield "erasing"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(
    new_context: NewContext, site: RunningSite, width: int, scheme: str
) -> None:
    context = new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    found = {}
    for address in PAGES:
        page.goto(address)
        found[address] = violations(page)
    for step in walk_through_comments(page, site, f"Mateo {width} {scheme}"):
        found[step] = violations(page)
    for step in walk_through_booking(page, PHONES[width, scheme]):
        found[step] = violations(page)
    assert found == {address: [] for address in found}


@pytest.mark.parametrize("role", DESK)
def test_axe_finds_nothing_in_our_own_admin_screens(
    signed_in: Callable[[str], Page], role: str
) -> None:
    page = signed_in(role)
    found = {}
    for width, scheme in ((1280, "light"), (360, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for address in DESK[role]:
            page.goto(address)
            found[f"{address}, {width} {scheme}"] = violations(page, "main")
    assert found == {address: [] for address in found}


def width_of(page: Page) -> int:
    """The width of a page that has arrived, in CSS pixels, what runs over its edge included."""
    page.wait_for_load_state()
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width


def test_nothing_runs_over_the_edge_of_a_small_screen(
    new_context: NewContext, site: RunningSite
) -> None:
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    for address in PAGES:
        page.goto(address)
        assert width_of(page) == 320, address
    for step in walk_through_comments(page, site, "Mateo L."):
        assert width_of(page) == 320, step
    for step in walk_through_booking(page, "805-555-0132"):
        assert width_of(page) == 320, step


def test_letters_of_twice_the_size_stay_within_a_small_screen(new_context: NewContext) -> None:
    page = new_context(viewport={"width": 320, "height": 640}, bypass_csp=True).new_page()
    for address in PAGES:
        page.goto(address)
        page.add_style_tag(content="html { font-size: 200% !important }")
        assert width_of(page) == 320, address
