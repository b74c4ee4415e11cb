"""Who may do what: Wagtail groups that hold what each app says of its own rights.

An app calls `register_rights` as it starts. After each `migrate` the groups get what is
new in the code and lose what the code no longer names; what somebody changed by hand stays, and is
told of. `manage.py reset_roles` sets them back.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from typing import NamedTuple

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import Collection as ImageCollection
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from clinic_site.accounts.models import RoleGrant

Kind = RoleGrant.Kind


class Role(StrEnum):
    """The roles, least right first. Owners have the rights of all others."""

    PRACTITIONERS = "Practitioners"
    MODERATORS = "Moderators"
    FRONT_DESK = "Front desk"
    EDITORS = "Editors"
    OWNERS = "Owners"


class RoleRights(NamedTuple):
    """What an app gives to a role, each written as "app.codename"."""

    models: Collection[str] = ()  # on all rows of a model
    pages: Collection[str] = ()  # on the whole page tree
    collections: Collection[str] = ()  # on the pictures of all collections


class Right(NamedTuple):
    """One permission: on all rows of a model, on the whole page tree, or on all collections."""

    kind: RoleGrant.Kind
    permission: str  # "app.codename"


_rights: dict[Role, set[Right]] = defaultdict(set)


def all_on(app: str, *models: str) -> set[str]:
    """Return the permissions to add, change, delete and view rows of some models of an app."""
    actions = ("add", "change", "delete", "view")
    return {f"{app}.{action}_{model}" for model in models for action in actions}


def register_rights(rights: Mapping[Role, RoleRights]) -> None:
    """Give each role its rights. An app calls this as it starts."""
    for role, given in rights.items():
        for kind, permissions in zip(Kind, given, strict=True):
            _rights[role] |= {Right(kind, permission) for permission in permissions}


def rights_of(role: Role) -> set[Right]:
    """Return what the code gives to a role."""
    entrance = {Right(Kind.MODEL, "wagtailadmin.access_admin")}
    given = _rights.values() if role is Role.OWNERS else [_rights[role]]
    return entrance.union(*given)


@transaction.atomic
def grant_roles() -> list[str]:
    """Bring the groups up to what the code has changed since the last time.

    Returns a sentence for each right that somebody has given or taken by hand, which stays so.
    """
    return [sentence for role in Role for sentence in _grant(role)]


@transaction.atomic
def reset_roles() -> None:
    """Make the groups hold exactly what the code says."""
    RoleGrant.objects.all().delete()
    for role in Role:
        group, _created = Group.objects.get_or_create(name=role)
        for right in _held(group) - rights_of(role):
            _take(group, right)
        _grant(role)


def _grant(role: Role) -> list[str]:
    group, _created = Group.objects.get_or_create(name=role)
    wanted, granted, held = rights_of(role), _granted(role), _held(group)
    if not granted:  # the first time: Wagtail has made groups of these names with rights of its own
        granted = held
    for right in wanted - granted:
        _give(group, right)
    for right in (granted - wanted) & held:
        _take(group, right)
    RoleGrant.objects.filter(role=role).delete()
    RoleGrant.objects.bulk_create(RoleGrant(role=role, **right._asdict()) for right in wanted)
    by_hand = {
        "given": held - granted - wanted,
        "taken": (granted & wanted) - held,
    }
    return [
        f"{role}: {right.permission} was {what} by hand and stays so."
        for what, rights in by_hand.items()
        for right in sorted(rights)
    ]


def _granted(role: Role) -> set[Right]:
    rows = RoleGrant.objects.filter(role=role).values_list("kind", "permission")
    return {Right(Kind(kind), permission) for kind, permission in rows}


def _held(group: Group) -> set[Right]:
    sources = {
        Kind.MODEL: group.permissions.all(),
        Kind.PAGES: Permission.objects.filter(grouppagepermission__group=group),
        Kind.COLLECTIONS: Permission.objects.filter(groupcollectionpermission__group=group),
    }
    return {
        Right(kind, f"{app}.{codename}")
        for kind, permissions in sources.items()
        for app, codename in permissions.values_list("content_type__app_label", "codename")
    }


def _permission(right: Right) -> Permission:
    """Return the row of a permission. Raises LookupError for one that no model has."""
    app, codename = right.permission.split(".")
    found = Permission.objects.filter(content_type__app_label=app, codename=codename).first()
    if found is None:
        raise LookupError(f"a role names a permission that does not exist: {right.permission}")
    return found


def _give(group: Group, right: Right) -> None:
    permission = _permission(right)
    give: dict[Kind, Callable[[], object]] = {
        Kind.MODEL: lambda: group.permissions.add(permission),
        Kind.PAGES: lambda: GroupPagePermission.objects.get_or_create(
            group=group, page=Page.get_first_root_node(), permission=permission
        ),
        Kind.COLLECTIONS: lambda: GroupCollectionPermission.objects.get_or_create(
            group=group, collection=ImageCollection.get_first_root_node(), permission=permission
        ),
    }
    give[right.kind]()


def _take(group: Group, right: Right) -> None:
    app, codename = right.permission.split(".")
    if right.kind == Kind.MODEL:
        group.permissions.remove(
            *Permission.objects.filter(content_type__app_label=app, codename=codename)
        )
        return
    rows = GroupPagePermission if right.kind == Kind.PAGES else GroupCollectionPermission
    rows.objects.filter(
        group=group, permission__content_type__app_label=app, permission__codename=codename
    ).delete()
