"""Who may do what: Wagtail groups that hold what each app says of its own permissions.

An app calls `register_permissions` as it starts. After each `migrate` the groups get what is
new in the code and lose what the code no longer names; what somebody changed by hand stays, and is
told of. `manage.py reset_roles` sets them back.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection as ImageCollection
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page

from clinic_site.accounts.models import RoleGrant

Kind = RoleGrant.Kind


class Role(StrEnum):
    """The roles, fewest permissions first. Owners have those of all others."""

    PRACTITIONERS = "Practitioners"
    MODERATORS = "Moderators"
    FRONT_DESK = "Front desk"
    EDITORS = "Editors"
    OWNERS = "Owners"


# What each may do, for whoever gives it.
ROLE_WORDS = {
    Role.PRACTITIONERS: _("See their own calendar and the names of their own patients."),
    Role.MODERATORS: _("Decide about comments and answer them. See who wrote them."),
    Role.FRONT_DESK: _("Answer requests, book and move appointments, see patients’ records."),
    Role.EDITORS: _("Write pages and articles, publish them, look after pictures and people."),
    Role.OWNERS: _("All of these, plus services, hours, settings, staff, and people’s data."),
}


class RolePermissions(NamedTuple):
    """What an app gives to a role, each written as "app.codename"."""

    models: Collection[str] = ()  # on all rows of a model
    pages: Collection[str] = ()  # on the whole page tree
    collections: Collection[str] = ()  # on the pictures of all collections


class ScopedPermission(NamedTuple):
    """One permission: on all rows of a model, on the whole page tree, or on all collections."""

    kind: RoleGrant.Kind
    permission: str  # "app.codename"


_permissions: dict[Role, set[ScopedPermission]] = defaultdict(set)
_about_patients: set[str] = set()


def all_on(app: str, *models: str) -> set[str]:
    """Return the permissions to add, change, delete and view rows of some models of an app."""
    actions = ("add", "change", "delete", "view")
    return {f"{app}.{action}_{model}" for model in models for action in actions}


def register_permissions(
    permissions: Mapping[Role, RolePermissions], *, about_patients: Collection[str] = ()
) -> None:
    """Give each role its permissions. An app calls this as it starts.

    Whoever has one of those `about_patients` signs in in two steps.
    """
    _about_patients.update(about_patients)
    for role, given in permissions.items():
        for kind, names in zip(Kind, given, strict=True):
            _permissions[role] |= {ScopedPermission(kind, name) for name in names}


def sees_patients(user: Any) -> bool:
    """Tell whether `user` may see anything of patients or of those who comment."""
    return any(user.has_perm(permission) for permission in sorted(_about_patients))


def permissions_of(role: Role) -> set[ScopedPermission]:
    """Return what the code gives to a role."""
    entrance = {ScopedPermission(Kind.MODEL, "wagtailadmin.access_admin")}
    given = _permissions.values() if role is Role.OWNERS else [_permissions[role]]
    return entrance.union(*given)


@transaction.atomic
def grant_roles() -> list[str]:
    """Bring the groups up to what the code has changed since the last time.

    Returns a sentence for each that somebody has given or taken by hand, which stays so.
    """
    return [sentence for role in Role for sentence in _grant(role)]


@transaction.atomic
def reset_roles() -> None:
    """Make the groups hold exactly what the code says."""
    RoleGrant.objects.all().delete()
    for role in Role:
        group, _created = Group.objects.get_or_create(name=role)
        for scoped in _held(group) - permissions_of(role):
            _take(group, scoped)
        _grant(role)


def _grant(role: Role) -> list[str]:
    group, _created = Group.objects.get_or_create(name=role)
    wanted, granted, held = permissions_of(role), _granted(role), _held(group)
    if not granted:  # the first time: Wagtail has given some to groups of these names
        granted = held
    for scoped in wanted - granted:
        _give(group, scoped)
    for scoped in (granted - wanted) & held:
        _take(group, scoped)
    RoleGrant.objects.filter(role=role).delete()
    RoleGrant.objects.bulk_create(RoleGrant(role=role, **scoped._asdict()) for scoped in wanted)
    by_hand = {
        "given": held - granted - wanted,
        "taken": (granted & wanted) - held,
    }
    return [
        f"{role}: {scoped.permission} was {what} by hand and stays so."
        for what, permissions in by_hand.items()
        for scoped in sorted(permissions)
    ]


def _granted(role: Role) -> set[ScopedPermission]:
    rows = RoleGrant.objects.filter(role=role).values_list("kind", "permission")
    return {ScopedPermission(Kind(kind), permission) for kind, permission in rows}


def _held(group: Group) -> set[ScopedPermission]:
    sources = {
        Kind.MODEL: group.permissions.all(),
        Kind.PAGES: Permission.objects.filter(grouppagepermission__group=group),
        Kind.COLLECTIONS: Permission.objects.filter(groupcollectionpermission__group=group),
    }
    return {
        ScopedPermission(kind, f"{app}.{codename}")
        for kind, permissions in sources.items()
        for app, codename in permissions.values_list("content_type__app_label", "codename")
    }


def _permission(scoped: ScopedPermission) -> Permission:
    """Return the row of a permission. Raises LookupError for one that no model has."""
    app, codename = scoped.permission.split(".")
    found = Permission.objects.filter(content_type__app_label=app, codename=codename).first()
    if found is None:
        raise LookupError(f"a role names a permission that does not exist: {scoped.permission}")
    return found


def _give(group: Group, scoped: ScopedPermission) -> None:
    permission = _permission(scoped)
    give: dict[Kind, Callable[[], object]] = {
        Kind.MODEL: lambda: group.permissions.add(permission),
        Kind.PAGES: lambda: GroupPagePermission.objects.get_or_create(
            group=group, page=Page.get_first_root_node(), permission=permission
        ),
        Kind.COLLECTIONS: lambda: GroupCollectionPermission.objects.get_or_create(
            group=group, collection=ImageCollection.get_first_root_node(), permission=permission
        ),
    }
    give[scoped.kind]()


def _take(group: Group, scoped: ScopedPermission) -> None:
    app, codename = scoped.permission.split(".")
    if scoped.kind == Kind.MODEL:
        group.permissions.remove(
            *Permission.objects.filter(content_type__app_label=app, codename=codename)
        )
        return
    rows = GroupPagePermission if scoped.kind == Kind.PAGES else GroupCollectionPermission
    rows.objects.filter(
        group=group, permission__content_type__app_label=app, permission__codename=codename
    ).delete()
