"""Owners keep the staff's accounts, and can make nobody mightier than themselves."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db

FORM = {
    "username": "new",
    "email": "new@clinic.example",
    "first_name": "New",
    "last_name": "Person",
    "password1": "a long enough one",
    "password2": "a long enough one",
    "is_active": "on",
    "is_superuser": "on",
}


@pytest.fixture
def owner(client: Client) -> Client:
    client.force_login(make_user("Owners"))
    return client


def test_an_owner_adds_staff_but_no_superuser(owner: Client) -> None:
    assert owner.post("/admin/users/new/", FORM).status_code == 302
    assert not get_user_model().objects.get(username="new").is_superuser


def test_an_owner_promotes_nobody(owner: Client) -> None:
    editor = make_user("Editors")
    form = FORM | {"username": "editors", "password1": "", "password2": ""}
    assert owner.post(f"/admin/users/edit/{editor.pk}/", form).status_code == 302
    editor.refresh_from_db()
    assert editor.first_name == "New"
    assert not editor.is_superuser


def test_an_owner_cannot_take_over_a_superuser(owner: Client) -> None:
    root = get_user_model().objects.create_superuser("root", "root@clinic.example", "unguessed")
    owner.post(f"/admin/users/edit/{root.pk}/", FORM | {"username": "root"})
    owner.post(f"/admin/bulk/auth/user/set_active_state/?id={root.pk}", {"mark_as_active": ""})
    root.refresh_from_db()
    assert root.check_password("unguessed")
    assert root.email == "root@clinic.example"
    assert root.is_active


def test_there_is_one_entrance(client: Client) -> None:
    response = client.get("/_util/login/")
    assert (response.status_code, response["Location"]) == (302, "/admin/login/")
