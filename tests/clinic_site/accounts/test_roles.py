"""Each role sees its own part of the admin and nothing else."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from clinic_site.accounts.models import RoleGrant
from clinic_site.accounts.roles import Role, grant_roles
from tests.factories import make_article, make_clinic, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.search]

PLACES = {
    "/admin/pages/": {"Editors", "Owners"},
    "/admin/images/": {"Editors", "Owners"},
    "/admin/snippets/clinic/person/": {"Editors", "Owners"},
    "/admin/comments/": {"Moderators", "Owners"},
    "/admin/comments/all/results/": {"Moderators", "Owners"},
    "/admin/appointments/": {"Front desk", "Owners"},
    "/admin/location/": {"Owners"},
    "/admin/settings/clinic/clinicdetails/": {"Owners"},
    "/admin/users/": {"Owners"},
    "/admin/groups/": set(),
    "/admin/documents/": {"Editors", "Owners"},
    "/admin/redirects/": {"Editors", "Owners"},
    "/admin/search-synonyms/": {"Editors", "Owners"},
    "/admin/reports/searches/": {"Editors", "Owners"},
}


def is_let_in(client: Client, place: str) -> bool:
    """Tell whether the place opens, or leads on to something below it that does."""
    answer = client.get(place, follow=True)
    ends_at = answer.redirect_chain[-1][0] if answer.redirect_chain else place
    return answer.status_code == 200 and ends_at.startswith(place)


@pytest.mark.parametrize("role", Role)
def test_a_role_enters_its_own_part_only(client: Client, role: str) -> None:
    make_clinic()
    client.force_login(make_user(role))
    assert client.get("/admin/").status_code == 200
    entered = {place for place in PLACES if is_let_in(client, place)}
    assert entered == {place for place, roles in PLACES.items() if role in roles}


def test_nobody_enters_without_signing_in(client: Client) -> None:
    for place in PLACES:
        response = client.get(place)
        entrance = response.headers.get("Location", "").startswith("/admin/login/")
        assert entrance or response.status_code == 404, place


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.EDITORS, Role.OWNERS}))
def test_only_editors_change_pages(client: Client, role: str) -> None:
    article = make_article()
    client.force_login(make_user(role))
    assert client.get(f"/admin/pages/{article.pk}/edit/").status_code == 302


def has_permission(role: Role, codename: str) -> bool:
    return Group.objects.get(name=role).permissions.filter(codename=codename).exists()


def test_permissions_given_or_taken_by_hand_outlive_a_deploy_and_are_told_of() -> None:
    front_desk = Group.objects.get(name="Front desk")
    front_desk.permissions.add(Permission.objects.get(codename="change_bookingrules"))
    front_desk.permissions.remove(Permission.objects.get(codename="add_blockedtime"))
    assert grant_roles() == [
        "Front desk: booking.change_bookingrules was given by hand and stays so.",
        "Front desk: booking.add_blockedtime was taken by hand and stays so.",
    ]
    assert has_permission(Role.FRONT_DESK, "change_bookingrules")
    assert not has_permission(Role.FRONT_DESK, "add_blockedtime")


def test_a_role_gets_what_is_new_in_the_code_and_loses_what_has_gone_from_it() -> None:
    front_desk = Group.objects.get(name="Front desk")
    gone = Permission.objects.get(codename="export_appointment")
    front_desk.permissions.add(gone)
    RoleGrant.objects.create(
        role=Role.FRONT_DESK, kind="model", permission="booking.export_appointment"
    )
    front_desk.permissions.remove(Permission.objects.get(codename="add_blockedtime"))
    RoleGrant.objects.get(role=Role.FRONT_DESK, permission="booking.add_blockedtime").delete()
    assert grant_roles() == []
    assert not has_permission(Role.FRONT_DESK, "export_appointment")
    assert has_permission(Role.FRONT_DESK, "add_blockedtime")


def test_roles_are_set_back_by_a_command() -> None:
    front_desk = Group.objects.get(name="Front desk")
    editors = Group.objects.get(name="Editors")
    front_desk.permissions.set(editors.permissions.all())
    GroupPagePermission.objects.create(
        group=front_desk,
        page=Page.get_first_root_node(),
        permission=editors.page_permissions.first().permission,
    )
    call_command("reset_roles", stdout=StringIO())
    assert not front_desk.page_permissions.exists()
    assert not has_permission(Role.FRONT_DESK, "change_person")
    assert has_permission(Role.FRONT_DESK, "add_blockedtime")
    assert grant_roles() == []


def test_who_edits_no_pages_is_told_of_none(client: Client) -> None:
    make_clinic()
    make_article("A secret plan", live=False)
    address = reverse("wagtailadmin_choose_page_search")
    for role, told in (("Front desk", False), ("Moderators", False), ("Editors", True)):
        client.force_login(make_user(role))
        shown = client.get(address, {"q": "secret"}).content.decode()
        assert ("A secret plan" in shown) is told, role
