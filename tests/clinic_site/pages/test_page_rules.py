"""Pages cannot be put where they make no sense."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page
from wagtail.test.utils import WagtailPageTestCase
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from blog.models import ArticlePage, TopicPage
from booking.models import ServicePage, ServicesPage
from clinic_site.pages.editing.reserved_slugs import reserved_slugs
from clinic_site.pages.models import ContactPage, HomePage, StandardPage, TeamPage
from tests.factories import make_article, make_user


class TestPageRules(WagtailPageTestCase):
    def test_what_may_stand_below_each_kind_of_page(self) -> None:
        self.assertAllowedSubpageTypes(Page, {HomePage, Page})
        self.assertAllowedSubpageTypes(
            HomePage, {TopicPage, ContactPage, TeamPage, ServicesPage, StandardPage, Page}
        )
        self.assertAllowedSubpageTypes(StandardPage, {StandardPage})
        self.assertAllowedSubpageTypes(TopicPage, {ArticlePage})
        self.assertAllowedSubpageTypes(ServicesPage, {ServicePage})
        for childless in (ArticlePage, ServicePage, ContactPage, TeamPage):
            self.assertAllowedSubpageTypes(childless, {})


# Addresses that the site itself answers

ITS_OWN = (
    "book", "search", "feed", "admin", "privacy", "accessibility", "tags", "comments",
    "calendars", "static", "media", "healthz", "readyz", "metrics", "es",
)  # fmt: skip


@pytest.fixture
def staff(client: Client, clinic: None) -> Client:
    client.force_login(make_user("Editors"))
    return client


@pytest.fixture
def book(clinic: None) -> StandardPage:
    """A page one level deeper, where the address /…/book/ is free."""
    parent = make_standard_page("Visiting", HomePage.objects.get())
    return make_standard_page("Book", parent)


def make_standard_page(title: str, parent: Page) -> StandardPage:
    page: StandardPage = parent.add_child(instance=StandardPage(title=title))
    return page


def form(**typed: Any) -> dict[str, Any]:
    comments = {f"{name}_FORMS": 0 for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    texts = {"introduction": rich_text(""), "body": streamfield([]), "comments": comments}
    known: dict[str, Any] = nested_form_data(texts | typed)
    return known


def test_the_addresses_of_the_site_itself_are_known() -> None:
    assert set(ITS_OWN) <= reserved_slugs()
    assert "robots.txt" in reserved_slugs()
    assert not {"fitness", "contact", "team", "about", ""} & reserved_slugs()


NEW = ["pages", "standardpage"]


def made() -> QuerySet[StandardPage]:
    """The pages that somebody has written; the notice of privacy practices comes with the site."""
    return StandardPage.objects.exclude(slug="privacy-practices")


@pytest.mark.parametrize("slug", ["book", "Search", "tags", "es"])
@pytest.mark.parametrize("button", ["action-publish", "save"])
def test_a_new_page_is_refused_an_address_of_the_site(
    staff: Client, slug: str, button: str
) -> None:
    address = reverse("wagtailadmin_pages:add", args=[*NEW, HomePage.objects.get().pk])
    answer = staff.post(address, form(title="Book", slug=slug) | {button: "1"})
    assert f"uses the address /{slug}/" in answer.content.decode()
    assert 'value="Book"' in answer.content.decode(), "what was typed is kept"
    assert not made().exists()


@pytest.mark.parametrize("button", ["action-publish", "save"])
def test_the_address_that_a_page_makes_of_its_title_is_a_free_one(
    staff: Client, button: str
) -> None:
    address = reverse("wagtailadmin_pages:add", args=[*NEW, HomePage.objects.get().pk])
    assert staff.post(address, form(title="Book", slug="") | {button: "1"}).status_code == 302
    page = made().get()
    assert (page.slug, page.live) == ("book-2", button == "action-publish")


def test_a_title_without_words_asks_for_an_address(staff: Client) -> None:
    address = reverse("wagtailadmin_pages:add", args=[*NEW, HomePage.objects.get().pk])
    answer = staff.post(address, form(title="!?", slug="") | {"action-publish": "1"})
    assert "This field is required" in answer.content.decode()
    assert not made().exists()


def test_a_page_is_refused_it_when_it_is_edited(staff: Client) -> None:
    page = make_standard_page("Visiting", HomePage.objects.get())
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = staff.post(address, form(title="Visiting", slug="feed"))
    assert "uses the address /feed/" in answer.content.decode()
    page.refresh_from_db()
    assert page.slug == "visiting"


@pytest.mark.parametrize("alias", [{}, {"alias": "on"}])
def test_a_copy_is_refused_it(staff: Client, book: StandardPage, alias: dict[str, str]) -> None:
    parent = HomePage.objects.get().pk
    copy = {"new_title": "Book", "new_slug": "book", "new_parent_page": parent} | alias
    address = reverse("wagtailadmin_pages:copy", args=[book.pk])
    assert "uses the address /book/" in staff.post(address, copy).content.decode()
    assert StandardPage.objects.filter(slug="book").count() == 1


def test_a_page_is_not_moved_there(staff: Client, book: StandardPage) -> None:
    home = HomePage.objects.get()
    address = reverse("wagtailadmin_pages:move_confirm", args=[book.pk, home.pk])
    assert "uses the address /book/" in staff.post(address, follow=True).content.decode()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    answer = staff.post(f"{address}?id={book.pk}", {"chooser": home.pk})
    assert "cannot be moved" in answer.content.decode()
    with pytest.raises(ValidationError):
        book.move(home, pos="last-child")
    book.refresh_from_db()
    assert book.get_parent().slug == "visiting"


def test_neither_does_a_program_put_one_there(book: StandardPage) -> None:
    home = HomePage.objects.get()
    with pytest.raises(ValidationError):
        home.add_child(instance=StandardPage(title="Book", slug="book"))
    with pytest.raises(ValidationError):
        CreatePageAliasAction(book, parent=home).execute()


def test_below_other_pages_every_address_is_free(client: Client, book: StandardPage) -> None:
    assert client.get("/visiting/book/").status_code == 200
    assert client.get(make_article("Search").url).status_code == 200
