"""The home page stays where it is, whoever takes it away by a slip, and however."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site
from wagtail.permissions import page_permission_policy
from wagtail.test.utils.form_data import nested_form_data, streamfield

from clinic_site.pages.models import ContactPage, HomePage
from clinic_site.pages.scheduled_publishing import publish_scheduled
from tests.admin.addresses import Address, addresses
from tests.factories import make_article, make_topic, make_user

pytestmark = pytest.mark.usefixtures("clinic")


@pytest.fixture
def home() -> HomePage:
    make_article()
    page: HomePage = HomePage.objects.get()
    return page


@pytest.fixture(params=["Editors", "superuser"])
def staff(request: pytest.FixtureRequest, client: Client, home: HomePage) -> Client:
    if request.param == "superuser":
        client.force_login(get_user_model().objects.create_superuser("root"))
    else:
        client.force_login(make_user(request.param))
    return client


def stands() -> bool:
    paths = ("/", "/fitness/psoas-so-what/")
    return all(Client().get(path).status_code == 200 for path in paths)


@pytest.mark.parametrize("name", ["unpublish", "delete", "move"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_form_of_the_admin_takes_it_away(
    staff: Client, home: HomePage, name: str, method: str
) -> None:
    address = reverse(f"wagtailadmin_pages:{name}", args=[home.pk])
    typed = {"include_descendants": "on", "confirm_site_name": "Clinic website"}
    page = getattr(staff, method)(address, typed, follow=True)
    assert "This is the home page" in page.content.decode()
    assert stands()


def test_it_is_moved_nowhere(staff: Client, home: HomePage) -> None:
    ends = (home.pk, Page.get_first_root_node().pk)
    staff.post(reverse("wagtailadmin_pages:move_confirm", args=ends))
    assert stands()


@pytest.mark.parametrize("kind", ["unpublish", "delete", "move"])
def test_no_bulk_action_takes_it_away(staff: Client, home: HomePage, kind: str) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", kind])
    address = f"{address}?id={home.pk}&next=/admin/"
    assert staff.get(address).status_code == 200
    typed = {"confirm_site_name": "Clinic website", "chooser": Page.get_first_root_node().pk}
    assert staff.post(address, typed).status_code in (200, 302)
    assert stands()


def test_nothing_offers_it(staff: Client, home: HomePage) -> None:
    listed = staff.get(reverse("wagtailadmin_explore", args=[home.pk])).content.decode()
    edited = staff.get(reverse("wagtailadmin_pages:edit", args=[home.pk])).content.decode()
    for name in ("unpublish", "delete", "move"):
        address = reverse(f"wagtailadmin_pages:{name}", args=[home.pk])
        assert f'"{address}' not in listed + edited


def test_the_list_of_pages_begins_there(staff: Client, home: HomePage) -> None:
    begins = reverse("wagtailadmin_explore", args=[home.pk])
    for above in ("wagtailadmin_explore_root", "wagtailadmin_explore"):
        args = [Page.get_first_root_node().pk] if above == "wagtailadmin_explore" else []
        assert staff.get(reverse(above, args=args)).headers["Location"] == begins
    page = staff.get(begins).content.decode()
    root = page_permission_policy.explorable_root_instance(get_user_model().objects.get())
    assert root.pk == home.pk
    assert f'href="{reverse("wagtailadmin_explore_root")}"' not in page


def test_of_several_sites_all_are_listed(staff: Client, home: HomePage) -> None:
    Page.get_first_root_node().add_child(instance=ContactPage(title="Another", slug="another"))
    page = staff.get(reverse("wagtailadmin_explore_root"))
    assert page.status_code == HTTPStatus.OK
    assert "Another" in page.content.decode()


def test_neither_does_a_job_or_a_shell(client: Client, home: HomePage) -> None:
    for take_away in (home.unpublish, home.delete, Page.objects.get(pk=home.pk).unpublish):
        with pytest.raises(PermissionDenied, match="the home page"), transaction.atomic():
            take_away()
    with pytest.raises(PermissionDenied, match="website itself"), transaction.atomic():
        Site.objects.get().delete()
    assert stands()


def test_its_end_is_refused_and_heeded_by_nobody(client: Client, home: HomePage) -> None:
    HomePage.objects.update(expire_at=timezone.now() - timedelta(minutes=1))
    topic = make_topic("Posture", expire_at=timezone.now() - timedelta(minutes=1))
    publish_scheduled(timezone.now())
    assert stands()
    topic.refresh_from_db()
    assert not topic.live, "what comes after it is done all the same"


def home_form(**typed: Any) -> dict[str, Any]:
    comments = {f"{name}_FORMS": 0 for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    known = {"title": "Home", "slug": "home", "body": streamfield([]), "comments": comments}
    return nested_form_data(known) | typed


def test_an_editor_who_sets_its_end_is_told(client: Client, home: HomePage) -> None:
    client.force_login(make_user("Editors"))
    address = reverse("wagtailadmin_pages:edit", args=[home.pk])
    form = home_form(expire_at="2099-01-01 09:00", **{"action-publish": "1"})
    page = client.post(address, form, follow=True).content.decode()
    assert "The home page can’t come down by itself" in page
    assert HomePage.objects.get().expire_at is None


@pytest.mark.parametrize("kind", [HomePage, ContactPage])
def test_a_page_that_no_editor_made_stays_while_its_next_version_waits(
    client: Client, home: HomePage, kind: type[Page]
) -> None:
    page = kind.objects.get()
    assert page.live_revision is None
    page.title, page.go_live_at = "Later", timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.live
    assert page.title != "Later"
    assert client.get(page.url).status_code == 200


def test_the_site_is_not_deleted(client: Client, home: HomePage) -> None:
    client.force_login(get_user_model().objects.create_superuser("root"))
    address = reverse("wagtailsites:delete", args=[Site.objects.get().pk])
    assert "website itself can’t be deleted" in client.post(address, follow=True).content.decode()
    assert stands()


def site_form(root_page: Page) -> dict[str, object]:
    site = Site.objects.get()
    return {
        "hostname": site.hostname,
        "port": site.port,
        "site_name": "",
        "root_page": root_page.pk,
        "is_default_site": "on",
    }


@pytest.mark.parametrize("name", ["add", "edit"])
def test_a_site_begins_with_no_page_that_readers_cannot_open(
    client: Client, home: HomePage, name: str
) -> None:
    client.force_login(get_user_model().objects.create_superuser("root"))
    site = Site.objects.get()
    address = reverse(f"wagtailsites:{name}", args=[site.pk] if name == "edit" else [])
    ended = make_topic("Ended", expire_at=timezone.now() - timedelta(minutes=1))
    for page, words in [
        (make_topic("Draft", live=False), "“Draft” isn’t published"),
        (ended, "“Ended” isn’t published"),
        (Page.get_first_root_node(), "Choose one below it"),
    ]:
        shown = client.post(address, site_form(page)).content.decode()
        assert words in shown[shown.index("root_page") :]
    site.refresh_from_db()
    assert site.root_page.pk == home.pk
    assert Site.objects.count() == 1


def test_a_site_may_begin_with_another_page(client: Client, home: HomePage) -> None:
    client.force_login(get_user_model().objects.create_superuser("root"))
    site, topic = Site.objects.get(), make_topic("Strength")
    address = reverse("wagtailsites:edit", args=[site.pk])
    assert client.post(address, site_form(topic)).status_code == 302
    site.refresh_from_db()
    assert site.root_page.pk == topic.pk
    assert client.get("/").status_code == 200


ABOUT_A_PAGE = [
    address
    for address in addresses()
    if address.name.startswith("wagtailadmin_pages:")
    and set(address.kwargs) in ({"page_id"}, {"parent_page_id"}, {"page_to_move_id"})
]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", ABOUT_A_PAGE, ids=lambda address: address.name)
def test_the_root_of_all_pages_breaks_no_address(
    home: HomePage, admin_client: Client, address: Address, method: str
) -> None:
    root = home.get_parent()
    admin_client.raise_request_exception = False
    path = reverse(address.name, args=[root.pk])
    assert getattr(admin_client, method)(path).status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    assert Page.objects.filter(pk__in=[root.pk, home.pk], live=True).count() == 2
