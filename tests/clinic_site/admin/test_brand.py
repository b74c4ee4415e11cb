"""The admin wears the clinic's name and mark, and its Help leads to guides of our own."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from clinic_site.accounts.roles import Role
from clinic_site.admin.guide import GUIDES
from clinic_site.clinic.models import ClinicDetails
from tests.factories import make_user


def test_every_page_is_called_by_the_clinic_s_name(client: Client, clinic: ClinicDetails) -> None:
    ClinicDetails.objects.update(name="Harbor Posture")
    sign_in = BeautifulSoup(client.get("/admin/login/").content, "html.parser")
    assert sign_in.h1
    assert sign_in.h1.get_text(strip=True) == "Sign in to Harbor Posture"
    client.force_login(make_user("Front desk"))
    page = BeautifulSoup(client.get("/admin/").content, "html.parser")
    assert page.title
    assert page.title.get_text().endswith("- Harbor Posture")
    assert page.h1
    assert page.h1.get_text(strip=True) == "Harbor Posture"
    assert "Wagtail" not in page.title.get_text() + page.h1.get_text()
    brand = page.select_one("[data-wagtail-sidebar-branding-logo]")
    assert brand
    assert "Harbor Posture" in brand.get_text()


@pytest.mark.parametrize("role", sorted(Role))
def test_help_leads_to_guides_that_all_staff_can_read(
    client: Client, clinic: ClinicDetails, role: str
) -> None:
    client.force_login(make_user(role))
    start = client.get("/admin/").content.decode()
    assert "guide.wagtail.org" not in start
    for name in GUIDES:
        assert f"/admin/guide/{name}/" in start
        assert client.get(f"/admin/guide/{name}/").status_code == 200


def test_a_guide_is_read_as_a_page_with_its_parts(client: Client, clinic: ClinicDetails) -> None:
    client.force_login(make_user("Front desk"))
    page = BeautifulSoup(client.get("/admin/guide/front-desk/").content, "html.parser")
    guide = page.select_one(".guide")
    assert guide
    for link in guide.select("nav a"):
        assert guide.select(f"[id='{str(link['href']).removeprefix('#')}']")
    text = guide.get_text()
    assert "Closures." in text
    for markup in ("**", "##", "|---", "`"):
        assert markup not in text
    assert client.get("/admin/guide/nothing/").status_code == 404


@pytest.mark.parametrize("role", sorted(Role))
def test_who_works_on_no_page_is_offered_none_at_the_start(
    client: Client, clinic: ClinicDetails, role: str
) -> None:
    client.force_login(make_user(role))
    words = client.get("/admin/").content.decode()
    works_on_pages = role in (Role.EDITORS, Role.OWNERS)
    assert ("Search all pages" in words) == works_on_pages
