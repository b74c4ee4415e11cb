import json

from playwright.sync_api import Page, expect

ARTICLE = "/fitness/psoas-so-what/"


def test_a_reader_finds_the_article_from_home(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Fitness").first.click()
    page.get_by_role("link", name="Psoas? So What?!").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Psoas? So What?!")
    expect(page.get_by_role("navigation", name="You are here")).to_contain_text("Home")


def test_a_mention_of_a_figure_leads_to_it(page: Page) -> None:
    page.goto(ARTICLE)
    mention = page.get_by_role("link", name="Fig. 2").first
    target = (mention.get_attribute("href") or "").removeprefix("#")
    mention.click()
    expect(page.locator(f"[id='{target}'] figcaption")).to_contain_text("Fig. 2")
    expect(page.locator(f"[id='{target}'] img")).to_be_in_viewport()


def test_every_figure_is_shown_with_its_picture(page: Page) -> None:
    page.goto(ARTICLE)
    figures = page.locator("article figure")
    expect(figures).to_have_count(4)
    for figure in figures.all():
        figure.scroll_into_view_if_needed()
        expect(figure.locator("img")).to_have_js_property("complete", True)
        assert figure.locator("img").evaluate("image => image.naturalWidth") >= 400


def test_the_data_for_search_engines_is_within_the_sites_policy(page: Page) -> None:
    for address in ("/", ARTICLE, "/contact/"):
        page.goto(address)  # a violation would be an error of the console
        data = page.locator("script[type='application/ld+json']").text_content()
        assert json.loads(data or "")["@graph"]


def test_a_reader_is_given_no_cookie(page: Page) -> None:
    for address in ("/", "/fitness/", ARTICLE, "/contact/", "/book/"):
        page.goto(address)
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_phone_number_can_be_dialled_from_every_page(plain_page: Page) -> None:
    for address in ("/", ARTICLE, "/contact/", "/book/"):
        plain_page.goto(address)
        assert plain_page.locator('a[href="tel:+1-805-880-6533"]').count() >= 1


def test_a_figure_is_shown_large_over_its_page_and_without_javascript_by_itself(
    page: Page, plain_page: Page
) -> None:
    page.goto(ARTICLE)
    small = page.locator("[data-large-figure]").last
    small.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("img")).to_have_js_property("complete", True)
    width = "image => image.getBoundingClientRect().width"
    assert dialog.locator("img").evaluate(width) > small.locator("img").evaluate(width)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(small).to_be_focused()

    plain_page.goto(ARTICLE)
    plain_page.locator("[data-large-figure]").last.click()
    expect(plain_page.locator("main figure img")).to_be_visible()
    plain_page.get_by_role("link", name="Back to the text").click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Psoas? So What?!")
