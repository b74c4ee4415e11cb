"""Who may do what. The groups are made to match this table after every `migrate`.

Each role sees its own part of the admin and nothing else; the owners see all of it.
"""

from typing import Any, NamedTuple

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page


class Role(NamedTuple):
    models: frozenset[str] = frozenset()  # permissions as "app.codename"
    pages: frozenset[str] = frozenset()  # on the whole page tree
    collections: frozenset[str] = frozenset()  # on all pictures


def every(app: str, *models: str) -> frozenset[str]:
    actions = ("add", "change", "delete", "view")
    return frozenset(f"{app}.{action}_{model}" for model in models for action in actions)


ENTER = frozenset({"wagtailadmin.access_admin"})

EDITOR = Role(
    models=ENTER | every("clinic_site", "person") | every("wagtailredirects", "redirect"),
    pages=frozenset({"add_page", "change_page", "publish_page", "lock_page", "unlock_page"}),
    collections=frozenset({"add_image", "change_image", "choose_image"}),
)
MODERATOR = Role(
    models=ENTER
    | {
        "comments.view_comment",
        "comments.change_comment",
        "comments.see_addresses",
        "comments.change_commentrules",
    }
    | every("comments", "cannedreply")
)
FRONT_DESK = Role(
    models=ENTER
    | {"booking.view_appointment", "booking.add_appointment", "booking.change_appointment"}
    | {"booking.view_ringback", "booking.change_ringback"}
    | {"booking.view_waitinglistentry", "booking.change_waitinglistentry"}
    | every("booking", "block", "closure")
)
PRACTITIONER = Role(models=ENTER | {"booking.see_own_calendar"})
OWNER = Role(
    models=EDITOR.models
    | MODERATOR.models
    | FRONT_DESK.models
    | PRACTITIONER.models
    | {"booking.export_appointment"}
    | every("clinic_site", "location")
    | {"clinic_site.change_clinicdetails"}
    | every("booking", "service", "practitioner", "offering", "weeklyhours", "calendarfeed")
    | {"booking.change_bookingrules"}
    | every("auth", "user"),
    pages=EDITOR.pages | {"bulk_delete_page"},
    collections=EDITOR.collections,
)

ROLES = {
    "Practitioners": PRACTITIONER,
    "Moderators": MODERATOR,
    "Front desk": FRONT_DESK,
    "Editors": EDITOR,
    "Owners": OWNER,
}


def grant_roles(**_signal: Any) -> None:
    """Make the groups of `ROLES` hold exactly what it says, no less and no more.

    After a migration of some apps only, or a flush, there may be nothing to grant yet.
    """
    ours = Permission.objects.filter(content_type__app_label="clinic_site")
    if Page.get_first_root_node() is None or not ours.exists():
        return
    for name, role in ROLES.items():
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.set(_permissions(role.models))
        _grant_pages(group, role.pages)
        _grant_collections(group, role.collections)


def _permissions(names: frozenset[str]) -> list[Permission]:
    wanted = Q(pk__in=[])
    for name in names:
        app, codename = name.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    found = list(Permission.objects.filter(wanted))
    if len(found) != len(names):
        raise LookupError(f"a role names a permission that does not exist: {sorted(names)}")
    return found


def _grant_pages(group: Group, codenames: frozenset[str]) -> None:
    root = Page.get_first_root_node()
    granted = GroupPagePermission.objects.filter(group=group)
    granted.exclude(page=root, permission__codename__in=codenames).delete()
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=codenames
    ):
        granted.get_or_create(group=group, page=root, permission=permission)


def _grant_collections(group: Group, codenames: frozenset[str]) -> None:
    root = Collection.get_first_root_node()
    granted = GroupCollectionPermission.objects.filter(group=group)
    granted.exclude(collection=root, permission__codename__in=codenames).delete()
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailimages", codename__in=codenames
    ):
        granted.get_or_create(group=group, collection=root, permission=permission)
