"""A page that stays open says before somebody is signed out, and lets them stay."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.browser.test_calendar import a_workday_ahead, free, open_day
from tests.running_site import RunningSite

IDLE = """
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
for row in Session.objects.all():
    session = SessionStore(row.session_key)
    session["active_at"] -= MINUTES * 60
    session.save()
"""


def pass_idly(page: Page, site: RunningSite, minutes: int) -> None:
    """Let time pass for the session and in the browser, in which nothing is done."""
    site.run_python(IDLE.replace("MINUTES", str(minutes)))
    page.clock.fast_forward(minutes * 60_000)


def test_who_does_nothing_is_warned_can_stay_and_is_told_of_the_end(
    signed_in: Callable[[str], Page], site: RunningSite
) -> None:
    page = signed_in("frontdesk")
    page.clock.install()
    with page.expect_response("**/admin/session/"):
        page.goto("/admin/")
    told = page.get_by_role("alert")
    pass_idly(page, site, 29)
    expect(told).to_contain_text("You’ll be signed out soon")
    with page.expect_response("**/admin/session/"):
        told.get_by_role("button", name="Stay signed in").press("Enter")
    expect(told).to_have_count(0)
    pass_idly(page, site, 30)
    expect(told).to_contain_text("You’ve been signed out. What you typed is still on this page.")
    expect(told.get_by_role("link", name="Sign in in a new tab")).to_be_visible()


def sign_in(tab: Page, site: RunningSite) -> None:
    tab.get_by_label("Username").fill("frontdesk")
    tab.get_by_label("Password").fill(site.password_of("frontdesk"))
    tab.get_by_role("button", name="Sign in").click()
    tab.wait_for_url("**/admin/")


def test_a_window_of_the_calendar_tells_of_the_end_and_keeps_what_was_typed(
    browser: Browser, site: RunningSite
) -> None:
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    page.goto("/admin/login/")
    sign_in(page, site)
    with page.expect_response("**/admin/session/"):
        open_day(page, a_workday_ahead(150))
    free(page).click()
    window = page.get_by_role("dialog")
    window.locator("[name=name]").fill("Typed meanwhile")
    window.get_by_role("searchbox").fill("Typed too")
    context.clear_cookies()
    window.get_by_role("searchbox").press("Enter")
    expect(window.get_by_text("What you typed is still on this page.")).to_be_visible()
    with context.expect_page() as beside:
        window.get_by_role("link", name="Sign in in a new tab").click()
    sign_in(beside.value, site)
    beside.value.close()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(window.get_by_text("signed out")).to_have_count(0)
    expect(window.locator("[name=name]")).to_have_value("Typed meanwhile")
    window.get_by_role("searchbox").press("Enter")
    expect(window.get_by_text("That didn’t work.")).to_be_hidden()
    context.close()
