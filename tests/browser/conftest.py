"""A real browser on the running site. Whatever it complains about fails the test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)

from tests.browser.chromium import find_chromium
from tests.running_site import RunningSite, running_site

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOT_THERE = "/nowhere/"  # the address at which tests expect the page for missing pages
PATIENCE = 10_000  # milliseconds


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    with running_site(tmp_path_factory.mktemp("var")) as site:
        yield site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for a file of tests: while its event loop runs, Django refuses all other tests."""
    chromium = find_chromium()
    if chromium is None:
        pytest.skip("there is no Chromium, Chrome or Edge, and CHROMIUM names none")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


NewContext = Callable[..., BrowserContext]


@pytest.fixture
def new_context(browser: Browser, site: RunningSite) -> Iterator[NewContext]:
    """Open a browser of somebody's own; its complaints are collected and must be none."""
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def open_context(**options: object) -> BrowserContext:
        context = browser.new_context(base_url=site.url, **options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        context.on("request", lambda request: complain_of_foreign_host(request))
        context.on("console", lambda message: complain_of_errors(message))
        contexts.append(context)
        return context

    def complain_of_errors(message: ConsoleMessage) -> None:
        expected = message.location["url"].endswith(NOT_THERE)
        if message.type == "error" and not expected:
            complaints.append(f"{message.text} ({message.location['url']})")

    def complain_of_foreign_host(request: Request) -> None:
        if not request.url.startswith((site.url, "data:", "blob:")):
            complaints.append(f"foreign host: {request.url}")

    yield open_context
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(new_context: NewContext) -> Page:
    return new_context().new_page()


@pytest.fixture
def plain_page(new_context: NewContext) -> Page:
    """A browser that runs no JavaScript."""
    return new_context(java_script_enabled=False).new_page()


@pytest.fixture
def signed_in(new_context: NewContext, site: RunningSite) -> Callable[[str], Page]:
    """Return a function that signs a demo account in and gives its page."""

    def sign_in(username: str) -> Page:
        page = new_context().new_page()
        page.goto("/admin/login/")
        page.get_by_label("Username").fill(username)
        page.get_by_label("Password").fill(site.password_of(username))
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/admin/")
        return page

    return sign_in
