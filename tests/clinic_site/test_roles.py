"""Each role sees its own part of the admin and nothing else."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from clinic_site.roles import ROLES, grant_roles
from tests.make import make_article, make_clinic, make_user

pytestmark = pytest.mark.django_db

PLACES = {
    "/admin/pages/": {"Editors", "Owners"},
    "/admin/images/": {"Editors", "Owners"},
    "/admin/snippets/clinic_site/person/": {"Editors", "Owners"},
    "/admin/comments/": {"Moderators", "Owners"},
    "/admin/comments/all/results/": {"Moderators", "Owners"},
    "/admin/appointments/": {"Front desk", "Owners"},
    "/admin/location/": {"Owners"},
    "/admin/settings/clinic_site/clinicdetails/": {"Owners"},
    "/admin/users/": {"Owners"},
    "/admin/groups/": set(),
    "/admin/documents/": set(),
    "/admin/redirects/": {"Editors", "Owners"},
}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_enters_its_own_part_only(client: Client, role: str) -> None:
    make_clinic()
    client.force_login(make_user(role))
    assert client.get("/admin/").status_code == 200
    entered = {place for place in PLACES if client.get(place, follow=False).status_code == 200}
    settings = "/admin/settings/clinic_site/clinicdetails/"
    if client.get(settings, follow=True).redirect_chain[-1:] != [("/admin/", 302)]:
        entered.add(settings)
    assert entered == {place for place, roles in PLACES.items() if role in roles}


def test_nobody_enters_without_signing_in(client: Client) -> None:
    for place in PLACES:
        response = client.get(place)
        entrance = response.headers.get("Location", "").startswith("/admin/login/")
        assert entrance or response.status_code == 404, place


@pytest.mark.parametrize("role", sorted(set(ROLES) - {"Editors", "Owners"}))
def test_only_editors_change_pages(client: Client, role: str) -> None:
    article = make_article()
    client.force_login(make_user(role))
    assert client.get(f"/admin/pages/{article.pk}/edit/").status_code == 302


def test_rights_given_by_hand_do_not_outlive_a_deploy() -> None:
    front_desk = Group.objects.get(name="Front desk")
    editors = Group.objects.get(name="Editors")
    front_desk.permissions.add(*editors.permissions.all())
    GroupPagePermission.objects.create(
        group=front_desk,
        page=Page.get_first_root_node(),
        permission=editors.page_permissions.first().permission,
    )
    grant_roles()
    assert not front_desk.page_permissions.exists()
    assert not front_desk.permissions.filter(content_type__app_label="clinic_site").exists()


def test_who_edits_no_pages_is_told_of_none(client: Client) -> None:
    make_clinic()
    make_article("A secret plan", live=False)
    address = reverse("wagtailadmin_choose_page_search")
    for role, told in (("Front desk", False), ("Moderators", False), ("Editors", True)):
        client.force_login(make_user(role))
        shown = client.get(address, {"q": "secret"}).content.decode()
        assert ("A secret plan" in shown) is told, role
