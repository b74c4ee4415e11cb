from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet

from clinic_site.admin import ProtectedDeleteView
from clinic_site.links import warn_before_deleting, warn_before_moving
from clinic_site.models import Location
from clinic_site.users import protect_superusers


class LocationDeleteView(ProtectedDeleteView):
    protected_message = _("This location cannot be deleted: the clinic or appointments name it.")


class LocationViewSet(ModelViewSet):
    model = Location
    icon = "home"
    menu_label = _("Locations")
    add_to_settings_menu = True
    list_display = ["name", "street", "city", "phone"]
    list_export: list[str] = []
    delete_view_class = LocationDeleteView


@hooks.register("register_admin_viewset")
def register_locations() -> LocationViewSet:
    return LocationViewSet()


@hooks.register("before_edit_user")
def before_edit_user(request: HttpRequest, user: Any) -> None:
    protect_superusers(request, user)


@hooks.register("before_delete_page")
def before_delete_page(request: HttpRequest, page: Page) -> None:
    warn_before_deleting(request, page)


@hooks.register("before_move_page")
def before_move_page(request: HttpRequest, page: Page, _destination: Page) -> None:
    warn_before_moving(request, page)


@hooks.register("before_bulk_action")
def before_bulk_action(request: HttpRequest, _kind: str, objects: list[Any], _action: Any) -> None:
    protect_superusers(request, *objects)


@hooks.register("insert_global_admin_js")
def start_choosers() -> SafeString:
    return format_html('<script src="{}"></script>', static("js/admin/choosers.js"))


@hooks.register("construct_page_chooser_queryset")
def choose_among_own_pages(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Name drafts to those who edit pages only."""
    edits = page_permission_policy.user_has_any_permission(request.user, ["add", "change"])
    return pages if edits else pages.none()
