"""A clinic always has an owner: the last one can't be deactivated, demoted or deleted."""

from collections.abc import Callable
from functools import partial

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client

from clinic_site.accounts.last_owner import active_owners
from clinic_site.accounts.models import User
from clinic_site.accounts.roles import Role
from tests.factories import make_user
from tests.threads import all_at_once

pytestmark = pytest.mark.django_db

ONLY = "only owner"


def edit(client: Client, user: User, *roles: str, active: bool = True) -> str:
    form = {
        "username": user.username,
        "email": user.email,
        "first_name": "Olive",
        "last_name": "Owens",
        "groups": [str(group.pk) for group in Group.objects.filter(name__in=roles)],
    }
    form |= {"is_active": "on"} if active else {}
    return client.post(f"/admin/users/edit/{user.pk}/", form).content.decode()


def delete(client: Client, user: User) -> str:
    return client.post(f"/admin/users/delete/{user.pk}/", follow=True).content.decode()


def deactivate_many(client: Client, user: User) -> str:
    path = f"/admin/bulk/accounts/user/set_active_state/?id={user.pk}"
    return client.post(path, {"mark_as_active": "False"}, follow=True).content.decode()


def delete_many(client: Client, user: User) -> str:
    path = f"/admin/bulk/accounts/user/delete/?id={user.pk}"
    return client.post(path, follow=True).content.decode()


def demote(client: Client, user: User) -> str:
    return edit(client, user, "Editors")


def deactivate(client: Client, user: User) -> str:
    return edit(client, user, Role.OWNERS, active=False)


WAYS = [demote, deactivate, delete, deactivate_many, delete_many]


@pytest.fixture
def root(client: Client) -> Client:
    """Somebody who may do all of it and is no owner."""
    client.force_login(User.objects.create_superuser("root", password="correct horse"))
    return client


@pytest.mark.parametrize("way", WAYS)
def test_the_last_owner_stays_and_it_is_said_why(
    root: Client, way: Callable[[Client, User], str]
) -> None:
    owner = make_user(Role.OWNERS)
    make_user(Role.OWNERS, username="gone", is_active=False)
    assert ONLY in way(root, owner)
    assert [*active_owners()] == [owner]


@pytest.mark.parametrize("way", WAYS)
def test_one_of_two_may_go(root: Client, way: Callable[[Client, User], str]) -> None:
    leaving, staying = make_user(Role.OWNERS), make_user(Role.OWNERS, username="staying")
    assert ONLY not in way(root, leaving)
    assert [*active_owners()] == [staying]


def test_the_last_owner_cannot_take_the_role_from_herself(client: Client) -> None:
    owner = make_user(Role.OWNERS)
    client.force_login(owner)
    assert ONLY in edit(client, owner, "Editors")
    assert [*active_owners()] == [owner]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("way", [demote, deactivate_many, delete])
def test_of_two_who_remove_each_other_at_once_one_stays(
    way: Callable[[Client, User], str],
) -> None:
    owners = [make_user(Role.OWNERS, username=name) for name in ("one", "two")]
    clients = [Client(), Client()]
    for client, owner in zip(clients, owners, strict=True):
        client.force_login(owner)
    connection.close()
    all_at_once(
        partial(way, client, other) for client, other in zip(clients, reversed(owners), strict=True)
    )
    assert active_owners().count() == 1
