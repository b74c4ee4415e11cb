from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from wagtail import hooks

from clinic_site.accounts.models import User
from clinic_site.accounts.viewsets import keep_an_owner, protect_superusers


@hooks.register("before_edit_user")
def before_edit_user(request: HttpRequest, user: Any) -> None:
    protect_superusers(request, user)


@hooks.register("before_bulk_action")
def before_bulk_action(
    request: HttpRequest, kind: str, objects: list[Any], _action: Any
) -> HttpResponse | None:
    protect_superusers(request, *objects)
    users = [row for row in objects if isinstance(row, User)]
    return keep_an_owner(request, kind, users) if users else None


@hooks.register("insert_global_admin_js")
def insert_global_admin_js() -> str:
    return render_to_string("accounts/admin/session_end.html")
