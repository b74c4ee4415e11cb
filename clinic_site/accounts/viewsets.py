"""Staff accounts in the admin: owners keep them, and can make nobody mightier than themselves."""

from contextlib import suppress
from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views import users

from clinic_site.accounts.last_owner import LastOwner, ensure_an_owner_without, lock_owners
from clinic_site.accounts.models import User
from clinic_site.accounts.roles import ROLE_WORDS, Role
from clinic_site.admin.edit_conflicts import EditConflictMixin

LAST_OWNER = _("This is the only owner. Make someone else an owner first.")


class RolesField(forms.ModelMultipleChoiceField):
    """Roles to tick, each with what it means."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Group.objects.all(), **{"label": _("Roles")} | kwargs)

    def label_from_instance(self, obj: Any) -> str:
        words = ROLE_WORDS.get(obj.name)
        return format_html("<span><b>{}</b>: {}</span>", obj.name, words) if words else str(obj)


class NoSuperuserMixin:
    """Superusers are made on the server, by `manage.py createsuperuser`, and only there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("is_superuser"):  # type: ignore[attr-defined]
            field.disabled = True
            field.help_text = _("Set on the server only, with the command createsuperuser.")


class OneNameMixin:
    """A user name is one person's, in capitals or not, as it is when they sign in."""

    cleaned_data: dict[str, Any]
    instance: User

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        with suppress(User.DoesNotExist):
            if User.objects.get_by_natural_key(name).pk != self.instance.pk:
                raise ValidationError(_("That username is taken."))
        return name


class StaffCreationForm(OneNameMixin, NoSuperuserMixin, UserCreationForm):
    groups = RolesField(required=False)


class StaffEditForm(OneNameMixin, NoSuperuserMixin, UserEditForm):
    groups = RolesField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        stays_active = cleaned.get("is_active", self.instance.is_active)
        stays_owner = any(group.name == Role.OWNERS for group in cleaned.get("groups", ()))
        if not (stays_active and stays_owner):
            try:
                ensure_an_owner_without([self.instance])
            except LastOwner:
                self.add_error("groups" if stays_active else "is_active", LAST_OWNER)
        return cleaned


class LocksOwnersMixin:
    """Has others wait who might take the last owner away, before anything else is locked."""

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        lock_owners()
        response: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
        return response


class UserEditView(LocksOwnersMixin, EditConflictMixin, users.EditView):
    pass


class UserDeleteView(LocksOwnersMixin, users.DeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        try:
            ensure_an_owner_without([self.object])
        except LastOwner:
            messages.error(self.request, LAST_OWNER)
            return redirect("wagtailusers_users:edit", self.object.pk)
        response: HttpResponse = super().form_valid(form)
        return response


class UserViewSet(users.UserViewSet):
    edit_view_class = UserEditView
    delete_view_class = UserDeleteView
    edit_template_name = "accounts/admin/user_edit.html"

    def get_form_class(self, for_update: bool = False) -> type:
        return StaffEditForm if for_update else StaffCreationForm


def keep_an_owner(request: HttpRequest, action: str, users: Any) -> HttpResponse | None:
    """Answer a bulk action that would take the last owner away. Call it in its transaction."""
    deactivates = action == "set_active_state" and request.POST.get("mark_as_active") != "True"
    if not (deactivates or action == "delete"):
        return None
    lock_owners()
    try:
        ensure_an_owner_without(users)
    except LastOwner:
        said = _("The only owner is among them. Make someone else an owner first.")
        messages.error(request, said)
        return redirect("wagtailusers_users:index")
    return None


def protect_superusers(request: HttpRequest, *users: Any) -> None:
    """Raise PermissionDenied if somebody lesser is about to change a superuser's account."""
    lesser = not getattr(request.user, "is_superuser", False)
    if lesser and any(getattr(user, "is_superuser", False) for user in users):
        raise PermissionDenied
