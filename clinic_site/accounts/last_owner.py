"""A clinic always has an owner who can sign in: the last one can't be taken away.

Two owners who take the role from each other at once each see one left. So whoever might take the
last one away locks the role first, then looks, then writes, all in one transaction.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db.models import QuerySet

from clinic_site.accounts.models import User
from clinic_site.accounts.roles import Role


class LastOwner(Exception):
    """Nobody would be left who may change everything."""


def active_owners() -> QuerySet[User]:
    return User.objects.filter(groups__name=Role.OWNERS, is_active=True)


def lock_owners() -> None:
    """Let others wait who might take an owner away. Call it first of all in a transaction."""
    Group.objects.select_for_update().get(name=Role.OWNERS)


def ensure_an_owner_without(users: Iterable[User]) -> None:
    """Raise LastOwner if one of `users` is an owner, and no other is. Call `lock_owners` before."""
    owners = {*active_owners().values_list("pk", flat=True)}
    leaving = {user.pk for user in users}
    if owners & leaving and not owners - leaving:
        raise LastOwner
