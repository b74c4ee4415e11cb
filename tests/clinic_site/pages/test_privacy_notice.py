"""A new site has a model notice of privacy practices, which nobody reads before it is checked."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Page

from clinic_site.clinic.models import ClinicDetails
from clinic_site.pages.blocks.check_first import CheckFirstBlock
from clinic_site.pages.models import HomePage, StandardPage
from tests.factories import make_user

pytestmark = [pytest.mark.usefixtures("clinic"), pytest.mark.search]

ADDRESS = "/privacy-practices/"


def notice() -> StandardPage:
    page: StandardPage = ClinicDetails.load().privacy_notice.specific
    return page


def links_on(client: Client, address: str) -> list[str]:
    page = BeautifulSoup(client.get(address).content, "html.parser")
    return [link["href"] for link in page.find_all("a")]


def publish(page: StandardPage) -> None:
    page.save_revision().publish()


def test_a_new_site_has_it_as_a_draft(client: Client) -> None:
    assert notice().title == "Notice of privacy practices"
    assert client.get(ADDRESS).status_code == 404
    assert ADDRESS not in links_on(client, "/")


def test_its_draft_opens_in_the_editor_and_says_who_checks_it(client: Client) -> None:
    client.force_login(make_user("Editors"))
    page = client.get(f"/admin/pages/{notice().pk}/edit/")
    assert page.status_code == 200
    assert "Your lawyer checks all of it" in page.content.decode()


@pytest.mark.parametrize("note", ["", "Ask our lawyer."])
def test_a_page_waits_until_what_is_to_be_checked_is_checked(note: str) -> None:
    block = CheckFirstBlock()
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"note": note, "checked": False}))
    assert block.clean(block.to_python({"note": "Ask our lawyer.", "checked": True}))


def test_no_reader_sees_or_finds_what_editors_note(client: Client) -> None:
    body = [("check_first", {"note": "Ask Zebulon.", "checked": True}), ("text", "<p>Hello.</p>")]
    page = HomePage.objects.get().add_child(instance=StandardPage(title="Rights", body=body))
    assert "Zebulon" not in client.get(page.url).content.decode()
    assert "No results" in client.get("/search/?q=Zebulon").content.decode()


@pytest.mark.parametrize("address", ["/", "/privacy/"])
def test_every_page_leads_to_it_while_it_is_published(client: Client, address: str) -> None:
    publish(notice())
    assert ADDRESS in links_on(client, address)
    notice().unpublish()
    assert ADDRESS not in links_on(client, address)


def test_it_is_found_wherever_the_clinic_keeps_it(client: Client) -> None:
    parent: Any = HomePage.objects.get().add_child(instance=StandardPage(title="Papers"))
    below = parent.add_child(instance=StandardPage(title="Folder"))
    page = below.add_child(instance=StandardPage(title="Notice", live=False))
    details = ClinicDetails.load()
    details.privacy_notice = Page.objects.get(pk=page.pk)
    details.save()
    assert "/papers/folder/notice/" not in links_on(client, "/")
    publish(page)
    assert "/papers/folder/notice/" in links_on(client, "/")
