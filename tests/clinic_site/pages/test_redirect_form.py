"""A redirect that would never act, or lead nowhere, is refused beside its field."""

import pytest
from django.test import Client
from wagtail.contrib.redirects import views
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from clinic_site.pages.models import HomePage, StandardPage
from tests.factories import make_user

pytestmark = pytest.mark.usefixtures("clinic")

FREE = ["/old/", "/tags/old/", "/book/old/", "/old/page/?id=3", "/feed/rss/"]
OCCUPIED = ["/book/", "/contact", "/feed", "/", "/admin/old/", "/robots.txt", "/contact/?a=1"]


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(make_user("Owners"))
    return client


def refused(client: Client, old_path: str = "/old/", **fields: object) -> dict[str, list[str]]:
    """Send the form; return what stands beside its fields."""
    typed = {"old_path": old_path, "site": "", "redirect_link": "", "redirect_page": ""} | fields
    answer = client.post("/admin/redirects/add/", typed)
    return {} if answer.status_code == 302 else dict(answer.context["form"].errors)


@pytest.mark.parametrize("address", OCCUPIED)
def test_an_address_where_something_is_leads_nowhere_else(editor: Client, address: str) -> None:
    home = HomePage.objects.get()
    beside = refused(editor, address, redirect_page=home.pk)
    assert "There is something at this address already" in beside["old_path"][0]
    assert not Redirect.objects.exists()


@pytest.mark.parametrize("address", FREE)
def test_any_other_may(editor: Client, address: str) -> None:
    assert not refused(editor, address, redirect_page=HomePage.objects.get().pk)
    assert editor.get(address.lower()).status_code == 302


def test_where_a_draft_is_readers_may_be_led_elsewhere(editor: Client) -> None:
    home = HomePage.objects.get()
    home.add_child(instance=StandardPage(title="Old", live=False))
    assert not refused(editor, "/old/", redirect_page=home.pk)


def test_it_leads_somewhere(editor: Client) -> None:
    assert "Choose a page" in refused(editor)["redirect_page"][0]


def test_it_leads_to_one_place(editor: Client) -> None:
    home = HomePage.objects.get().pk
    beside = refused(editor, redirect_page=home, redirect_link="https://example.com/")
    assert "Keep one of the two." in beside["redirect_link"][0]


def test_it_leads_in_no_circle(editor: Client) -> None:
    host = Page.objects.get(pk=HomePage.objects.get().pk).get_site().hostname
    assert refused(editor, "/a/", redirect_link=f"http://{host}/a")
    assert not refused(editor, "/a/", redirect_link=f"http://{host}/b/")
    beside = refused(editor, "/b/", redirect_link=f"http://{host}/a/")
    assert "leads elsewhere itself" in beside["redirect_link"][0]


def test_the_rows_of_a_file_are_read_by_the_same_rules() -> None:
    row = {"old_path": "/book/", "redirect_link": "https://example.com/", "is_permanent": True}
    assert "old_path" in views.RedirectForm(row).errors
