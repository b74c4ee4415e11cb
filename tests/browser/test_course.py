"""A course is booked on the phone in few clicks, and by its patient without JavaScript."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.desk_pages import Counted, done, first_free
from tests.browser.test_access import AXE, RULES
from tests.browser.test_booking import arrived
from tests.running_site import RunningSite, running_site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """A site of these tests' own: others close days, and six weeks need open times."""
    with running_site(tmp_path_factory.mktemp("courses")) as site:
        yield site


@pytest.fixture
def desk(signed_in: Callable[[str], Page]) -> Page:
    return signed_in("frontdesk")


def faults(page: Page) -> list[str]:
    """What axe finds but in the messages of Wagtail's own, which fade in."""
    page.evaluate(AXE)
    found = page.evaluate(
        "rules => axe.run({exclude: [['.messages']]}, {runOnly: rules})"
        ".then(done => done.violations)",
        RULES,
    )
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found]


def fits(page: Page) -> bool:
    wide: bool = page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    return wide


def look_at(page: Page) -> None:
    """On a small screen and a large one, light and dark."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert faults(page) == [], (page.url, width, scheme)
            assert fits(page), (page.url, width)


def choose_first(page: Page, counted: Counted) -> None:
    page.locator("[name=service]").select_option(label="Posture therapy")
    counted.clicks += 2  # opened, and chosen
    counted.click(page.get_by_role("button", name="Show open times"))
    expect(page.get_by_role("button", name="Find all times")).to_be_visible()


def test_a_course_of_six_is_booked_on_the_phone_in_eight_clicks(desk: Page) -> None:
    desk.goto("/admin/")
    counted = Counted(desk)
    counted.click(desk.get_by_role("link", name="Book a course"))
    expect(desk.locator("[name=size]")).to_have_value("6")
    choose_first(desk, counted)
    counted.click(first_free(desk))
    desk.locator("[name=name]").fill("Wendell Okafor")
    desk.get_by_label("Phone", exact=True).fill("805-555-0181")
    counted.click(desk.get_by_role("button", name="Find all times"))
    expect(desk.locator(".course-plan__row")).to_have_count(6)
    counted.click(desk.get_by_role("button", name="Book all visits"))
    done(desk, "Booked: 6 visits.")
    assert counted.clicks <= 8
    expect(desk.get_by_role("main")).to_contain_text("6 of 6 left")
    expect(desk.locator(".course-visits li")).to_have_count(6)
    look_at(desk)
    desk.goto("/admin/courses/")
    expect(desk.get_by_role("main")).to_contain_text("Wendell Okafor")
    look_at(desk)


def test_the_form_of_a_course_is_for_everybody(desk: Page) -> None:
    desk.goto("/admin/courses/book/")
    choose_first(desk, Counted(desk))
    first_free(desk).check()
    desk.get_by_role("button", name="Find all times").click()
    expect(desk.locator(".course-plan__row")).to_have_count(6)
    desk.get_by_role("button", name="Book all visits").click()
    expect(desk.locator(".messages")).to_contain_text("Not booked yet.")
    look_at(desk)


def test_a_patient_chooses_the_times_without_javascript(
    desk: Page, new_context: NewContext, site: RunningSite
) -> None:
    desk.goto("/admin/courses/book/")
    choose_first(desk, Counted(desk))
    desk.locator("[name=size]").fill("3")
    desk.locator("[name=name]").fill("Ines Carvalho")
    desk.get_by_label("Email", exact=True).fill("ines@patient.example")
    desk.get_by_role("button", name="Email an invitation").click()
    done(desk, "Invitation sent.")
    page = new_context(java_script_enabled=False).new_page()
    email = arrived(site, desk, "Dear Ines Carvalho,").replace("=\n", "")
    link = re.search(r"/book/course/[\w-]+/", email)
    assert link
    page.goto(link[0])
    expect(page.get_by_role("heading", level=1)).to_have_text("When would you like to start?")
    page.locator("button.chip").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your times")
    page.locator("[name=visit-2]").select_option(index=1)
    page.get_by_role("button", name="Book these 3 visits").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your visits are booked")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your visits are booked")
