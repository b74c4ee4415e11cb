"""Somebody sets up two-step sign-in, loses their phone, and an owner helps them out."""

import base64
import time
from collections.abc import Iterator

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.test_access import violations, width_of
from tests.running_site import RunningSite, running_site

SIZES = ((360, "dark"), (1280, "light"))
REMEMBER = "Don’t ask again in this browser for 30 days"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """The site as it is outside of the demo, with a second step for whoever sees patients."""
    var = tmp_path_factory.mktemp("two-steps")
    with running_site(var, REQUIRE_SECOND_FACTOR="true") as site:
        yield site


def code_of(page: Page) -> str:
    """Return what an app shows that was told the key on the page."""
    key = page.locator(".second-factor__key").inner_text().replace(" ", "")
    totp = TOTP(base64.b32decode(key))
    totp.time = time.time()
    return f"{totp.token():06d}"


def give_password(page: Page, site: RunningSite, account: str, name: str = "") -> None:
    page.goto("/admin/login/")
    page.get_by_label("Email or username").fill(name or account)
    page.get_by_label("Password").fill(site.password_of(account))
    page.keyboard.press("Enter")


def set_up(page: Page) -> list[str]:
    """Scan the square, type the code; return the recovery codes."""
    arrive(page, "Set up two-step sign-in")
    expect(page.get_by_role("img", name="QR code for your authenticator app")).to_be_visible()
    page.get_by_label("The six digits that the app shows now").fill(code_of(page))
    page.keyboard.press("Enter")
    arrive(page, "Save your recovery codes")
    expect(page.locator(".second-factor__codes li")).to_have_count(10)
    return page.locator(".second-factor__codes li").all_inner_texts()


def arrive(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


def look(page: Page) -> None:
    """Nobody is kept out of this page, and nothing of it is cut off."""
    for width, scheme in SIZES:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert violations(page, "main") == [], (page.url, width, scheme)
        assert width_of(page) == width, page.url


def sign_out(page: Page) -> None:
    page.locator(".sidebar-footer > button").click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_label("Email or username")).to_be_visible()


def test_a_phone_is_set_up_lost_and_reset_by_an_owner(
    new_context: NewContext, site: RunningSite
) -> None:
    desk = new_context(bypass_csp=True).new_page()
    give_password(desk, site, "frontdesk")
    arrive(desk, "Set up two-step sign-in")
    look(desk)
    codes = set_up(desk)
    look(desk)
    desk.get_by_role("link", name="I’ve saved them").click()
    desk.wait_for_url("**/admin/")
    expect(desk.get_by_text("Two-step sign-in is off")).to_have_count(0)

    sign_out(desk)
    give_password(desk, site, "frontdesk")
    arrive(desk, "Enter your code")
    desk.get_by_label("Code").fill("000000")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("That isn’t the code.")).to_be_visible()
    look(desk)
    desk.get_by_label("Code").fill(codes[0])
    desk.get_by_label(REMEMBER).check()
    desk.get_by_label("Code").press("Enter")
    desk.wait_for_url("**/admin/")

    sign_out(desk)
    give_password(desk, site, "frontdesk", "frontdesk@motionunlimited.example")
    desk.wait_for_url("**/admin/")  # this browser is remembered
    desk.goto("/admin/two-step/")
    expect(desk.get_by_text("You have 9 recovery codes left.")).to_be_visible()
    look(desk)

    owner = new_context(java_script_enabled=False).new_page()
    give_password(owner, site, "owner", "owner@motionunlimited.example")
    set_up(owner)
    owner.goto("/admin/users/")
    owner.get_by_role("link", name="Demo Front desk").first.click()
    lost = owner.locator('a[href*="/two-step/reset/"]')  # Wagtail's form needs scripts, ours none
    owner.goto(str(lost.get_attribute("href")))
    arrive(owner, "Reset two-step sign-in")
    owner.get_by_role("button", name="Reset two-step sign-in").click()
    expect(owner.get_by_text("can set up another phone at the next sign-in")).to_be_visible()
    owner.goto("/admin/access-log/?kind=second_factor")
    expect(owner.get_by_role("row").filter(has_text="reset")).to_contain_text("Demo Owners")

    desk.goto("/admin/calendar/")
    expect(desk.get_by_label("Email or username")).to_be_visible()
    give_password(desk, site, "frontdesk")
    assert codes[1] not in set_up(desk)
