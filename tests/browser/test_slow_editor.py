"""On a slow server, what an editor or a reviewer sends is done once, and nothing typed is lost."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.running_site import RunningSite, running_site

SLOW = 20_000  # milliseconds
FIRST_VERSION = """
from blog.models import ArticlePage
from clinic_site.accounts.models import User
editor = User.objects.get(username="editor")
original = ArticlePage.objects.get(slug="psoas-so-what")
copy = original.copy(keep_live=False, user=editor, update_attrs={"slug": SLUG, "title": "First"})
copy = ArticlePage.objects.get(pk=copy.pk)
copy.save_revision(user=editor)
copy.get_workflow().start(copy, editor)
print(copy.pk)
"""
NEW_PAGE = """
from clinic_site.accounts.models import User
from clinic_site.pages.models import HomePage, StandardPage
page = StandardPage(title="Where to lock a bike", live=False)
HomePage.objects.get().add_child(instance=page)
page.save_revision(user=User.objects.get(username="editor"))
print(page.pk)
"""
WHAT_BECAME_OF_IT = """
from wagtail.models import Page
for page in Page.objects.filter(draft_title__startswith="Where to lock a bike"):
    print(page.live, page.has_unpublished_changes)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    settings = {"DJANGO_SETTINGS_MODULE": "tests.browser.slow_settings"}
    with running_site(tmp_path_factory.mktemp("slow"), **settings) as site:
        yield site


def waiting_for_review(site: RunningSite, slug: str) -> str:
    """Send the first version of an article to its reviewer; return its address in the admin."""
    (pk,) = site.run_python(FIRST_VERSION.replace("SLUG", repr(slug)))
    return f"/admin/pages/{pk}/edit/"


def posts_of(page: Page, part: str = "/admin/pages/") -> list[str]:
    """Collect what `page` posts from now on, but for Wagtail's word of who else is there."""
    posts: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST" and part in request.url:
            posts.append(request.headers.get("accept", ""))

    page.on("request", note)
    return posts


def live(site: RunningSite, slug: str) -> list[str]:
    code = "from wagtail.models import Page; print(Page.objects.get(slug=SLUG).live)"
    return site.run_python(code.replace("SLUG", repr(slug)))


@pytest.mark.each_database  # an answer and an autosave meet in it
@pytest.mark.parametrize("pressed", ["once", "twice"])
def test_approving_a_first_version_publishes_it(
    signed_in: Callable[[str], Page], site: RunningSite, pressed: str
) -> None:
    address = waiting_for_review(site, f"approved-{pressed}")
    page = signed_in("practitioner")
    page.goto(address)
    posts = posts_of(page)
    approve = page.get_by_role("button", name="Approve and Publish")
    approve.click(click_count=2 if pressed == "twice" else 1)
    expect(page.get_by_text("You approved “First”. Readers can see it now.")).to_be_visible(
        timeout=SLOW
    )
    expect(page.get_by_text("permission")).to_have_count(0)
    assert len(posts) == 1, posts
    assert live(site, f"approved-{pressed}") == ["True"]
    assert page.goto(f"/fitness/approved-{pressed}/").status == 200  # type: ignore[union-attr]


def test_asking_for_changes_ends_with_a_sentence(
    signed_in: Callable[[str], Page], site: RunningSite
) -> None:
    address = waiting_for_review(site, "asked")
    page = signed_in("practitioner")
    page.goto(address)
    posts = posts_of(page, "/edit/")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Ask for changes").click()
    dialog = page.locator(".modal.in")
    dialog.get_by_role("textbox").fill("Name your source, please.")
    dialog.get_by_role("button").last.click()
    expect(page.get_by_text("You asked for changes to “First”.")).to_be_visible(timeout=SLOW)
    expect(page.get_by_text("permission")).to_have_count(0)
    assert len(posts) == 1, posts
    page = signed_in("editor")
    page.goto(address)
    expect(page.get_by_text("Name your source, please.", exact=True)).to_be_visible()


def test_a_new_page_published_at_once_is_published_once(
    signed_in: Callable[[str], Page], site: RunningSite
) -> None:
    page = signed_in("editor")
    (home,) = site.ask_database("SELECT page_ptr_id FROM pages_homepage")
    page.goto(f"/admin/pages/add/pages/standardpage/{home}/")
    page.wait_for_timeout(2500)  # before, the editor does not yet look for what is typed
    page.get_by_role("textbox", name="Title").press_sequentially("Parking near us", delay=60)
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    told = page.locator(".messages .success")
    expect(told).to_contain_text("published", timeout=SLOW)
    pages = site.ask_database("SELECT live FROM wagtailcore_page WHERE title = 'Parking near us'")
    assert pages in (["1"], ["True"]), "one page, and readers see it"


@pytest.mark.each_database
def test_a_new_page_published_from_two_tabs_at_once_is_published_once(
    signed_in: Callable[[str], Page], site: RunningSite
) -> None:
    first = signed_in("editor")
    (pk,) = site.run_python(NEW_PAGE)
    second = first.context.new_page()
    for tab in (first, second):
        tab.goto(f"/admin/pages/{pk}/edit/")
        expect(tab.get_by_role("textbox", name="Title")).to_have_value("Where to lock a bike")
        tab.get_by_role("button", name="More actions").click()
        expect(tab.get_by_role("button", name="Publish", exact=True)).to_be_visible()
    with ExitStack() as answered:
        for tab in (first, second):  # the second is sent long before the first is answered
            answered.enter_context(tab.expect_navigation(timeout=SLOW))
            publish = tab.get_by_role("button", name="Publish", exact=True)
            publish.click(no_wait_after=True)
    for tab in (first, second):
        expect(tab.locator(".messages .success")).to_be_visible(timeout=SLOW)
        expect(tab.locator(".messages .error")).to_have_count(0)
    assert site.run_python(WHAT_BECAME_OF_IT) == ["True False"], "live, and no draft is left"
    second.close()


def test_who_was_signed_out_signs_in_beside_it_and_saves(
    browser: Browser, site: RunningSite
) -> None:
    context = browser.new_context(base_url=site.url)
    page = context.new_page()

    def sign_in(tab: Page) -> None:
        tab.get_by_label("Username").fill("editor")
        tab.get_by_label("Password").fill(site.password_of("editor"))
        tab.get_by_role("button", name="Sign in").click()
        tab.wait_for_url("**/admin/")

    page.goto("/admin/login/")
    sign_in(page)
    (pk,) = site.ask_database("SELECT id FROM wagtailcore_page WHERE slug = 'psoas-so-what'")
    page.goto(f"/admin/pages/{pk}/edit/")
    context.clear_cookies()
    page.get_by_role("textbox", name="Summary").fill("Typed while the session ended.")
    page.get_by_role("button", name="Save draft").click()
    told = page.get_by_role("alert").filter(has_text="You’ve been signed out.")
    expect(told).to_be_visible(timeout=SLOW)
    with context.expect_page() as beside:
        told.get_by_role("link", name="Sign in (new tab)").click()
    sign_in(beside.value)
    told.get_by_role("button", name="Send it now").click()
    expect(page.get_by_text("has been updated")).to_be_visible(timeout=SLOW)
    expect(page.get_by_role("textbox", name="Summary")).to_have_value(
        "Typed while the session ended."
    )
    context.close()
