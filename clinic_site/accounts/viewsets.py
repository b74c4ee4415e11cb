"""Staff accounts in the admin: owners keep them, and can make nobody mightier than themselves."""

from contextlib import suppress
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views import users

from clinic_site.accounts.models import User
from clinic_site.admin.edit_conflicts import EditConflictMixin


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
    pass


class StaffEditForm(OneNameMixin, NoSuperuserMixin, UserEditForm):
    pass


class UserEditView(EditConflictMixin, users.EditView):
    pass


class UserViewSet(users.UserViewSet):
    edit_view_class = UserEditView
    edit_template_name = "accounts/admin/user_edit.html"

    def get_form_class(self, for_update: bool = False) -> type:
        return StaffEditForm if for_update else StaffCreationForm


def protect_superusers(request: HttpRequest, *users: Any) -> None:
    """Raise PermissionDenied if somebody lesser is about to change a superuser's account."""
    lesser = not getattr(request.user, "is_superuser", False)
    if lesser and any(getattr(user, "is_superuser", False) for user in users):
        raise PermissionDenied
