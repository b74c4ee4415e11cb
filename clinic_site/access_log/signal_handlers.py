"""Sign-ins, and changes of accounts, roles and settings, whatever way they come about."""

from contextlib import suppress
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models import Model
from django.db.models.signals import (
    m2m_changed,
    post_delete,
    post_save,
    pre_delete,
    pre_save,
)
from wagtail.contrib.settings.models import BaseGenericSetting
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from clinic_site.access_log.events import record_access_event
from clinic_site.access_log.models import AccessLine

Kind = AccessLine.Kind
# What signing in writes of an account by itself: when, and the same password hashed anew.
BY_SIGNING_IN = ({"last_login"}, {"password"})
CHANGES = {"post_add": "+", "post_remove": "-", "pre_clear": "-"}
# What a role may do with pages and pictures, in a part of their tree.
SCOPED: tuple[type[Any], ...] = (GroupPagePermission, GroupCollectionPermission)


def record_changes_of(model: type[Model], kind: AccessLine.Kind = Kind.SETTING) -> None:
    """Write a line when a record of `model` changes: which, and the names of the fields alone."""
    uid = f"access_log.{model._meta.label}"
    pre_save.connect(_will_change, sender=model, dispatch_uid=uid)
    post_save.connect(_changed, sender=model, dispatch_uid=uid)
    pre_delete.connect(_deleted, sender=model, dispatch_uid=uid)
    _kinds[model] = kind


_kinds: dict[type[Model], AccessLine.Kind] = {}


def watch_accounts() -> None:
    user = get_user_model()
    user_logged_in.connect(_signed_in)
    user_logged_out.connect(_signed_out)
    user_login_failed.connect(_sign_in_failed)
    record_changes_of(user, Kind.ACCOUNT)
    record_changes_of(Group, Kind.ROLE)
    for many in (user.groups, user.user_permissions, Group.permissions):
        m2m_changed.connect(_rights_changed, sender=many.through)
    for model in SCOPED:
        post_save.connect(_scoped_given, sender=model)
        post_delete.connect(_scoped_taken, sender=model)


def _signed_in(user: Any, request: Any = None, **_signal: Any) -> None:
    by = getattr(request, "signed_in_by", "")
    record_access_event(Kind.SIGN_IN, account=user.pk, details=by)


def _signed_out(user: Any, **_signal: Any) -> None:
    if user is not None:
        record_access_event(Kind.SIGN_OUT, account=user.pk)


def _sign_in_failed(credentials: dict[str, Any], **_signal: Any) -> None:
    """Keep whose account it is, if it is anybody's; what was typed may be a password."""
    user, account = get_user_model(), None
    with suppress(user.DoesNotExist):
        account = user._default_manager.get_by_natural_key(credentials.get("username")).pk
    record_access_event(Kind.SIGN_IN_FAILED, account=account)


def _will_change(sender: type[Model], instance: Any, raw: bool = False, **signal: Any) -> None:
    """Look at what is about to be overwritten."""
    named = {*(signal.get("update_fields") or ())}
    instance._access_log_changes = None
    if raw or (named in BY_SIGNING_IN and sender is get_user_model()):
        return
    before = sender._default_manager.filter(pk=instance.pk).values().first() if instance.pk else {}
    instance._access_log_changes = sorted(
        field.name
        for field in sender._meta.concrete_fields
        if before and before[field.attname] != getattr(instance, field.attname)
    )


def _changed(sender: type[Model], instance: Any, created: bool, **_signal: Any) -> None:
    changes = getattr(instance, "_access_log_changes", None)
    if changes is None or not (created or changes):
        return
    if created and isinstance(instance, BaseGenericSetting):
        return  # the site makes the one record itself, when somebody first reads it
    details = "created" if created else " ".join(changes)
    record_access_event(_kinds[sender], about=instance, details=details)


def _deleted(sender: type[Model], instance: Any, **_signal: Any) -> None:
    record_access_event(_kinds[sender], about=instance, details="deleted")


def _rights_changed(
    instance: Any, action: str, reverse: bool, model: Any, pk_set: Any, **_signal: Any
) -> None:
    """A role or permission was given to an account, or a permission to a role; or taken."""
    if action not in CHANGES:
        return
    if reverse:  # asked from the other side: each of the others has changed
        others = model._default_manager.filter(pk__in=pk_set or ())
        for other in _holders(instance, model) if pk_set is None else others:
            _record_rights(other, f"{CHANGES[action]}{_name(instance)}")
        return
    rows = model._default_manager.filter(pk__in=pk_set or ())
    if pk_set is None:  # all of them are about to be taken
        rows = _held(instance, model)
    names = [f"{CHANGES[action]}{_name(row)}" for row in rows]
    if names:
        _record_rights(instance, ", ".join(names))


def _held(instance: Any, model: type[Model]) -> Any:
    if model is Group:
        return instance.groups.all()
    held = instance.permissions if isinstance(instance, Group) else instance.user_permissions
    return held.all()


def _holders(instance: Any, model: type[Model]) -> Any:
    """Return who has a role or permission: accounts, or roles."""
    of_account = "groups" if isinstance(instance, Group) else "user_permissions"
    name = "permissions" if model is Group else of_account
    return model._default_manager.filter(**{name: instance})


def _record_rights(instance: Model, details: str) -> None:
    record_access_event(Kind.ROLE, about=instance, details=details)


def _name(row: Any) -> str:
    return row.codename if isinstance(row, Permission) else str(row)


def _scoped_given(instance: Any, created: bool, raw: bool = False, **_signal: Any) -> None:
    if created and not raw:
        record_scoped_given(instance)


def record_scoped_given(row: Any) -> None:
    """Write that a role got a permission on a part of the pages or pictures."""
    _record_rights(row.group, f"+{row.permission.codename}")


def _scoped_taken(instance: Any, **_signal: Any) -> None:
    _record_rights(instance.group, f"-{instance.permission.codename}")
