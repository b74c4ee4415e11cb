"""Who may see the desk's screens."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.permissions import ModelPermissionPolicy

from booking.models import Appointment

APPOINTMENTS = ModelPermissionPolicy(Appointment)


class DeskMixin(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A screen of the front desk's own, with Wagtail's furniture around it."""

    permission_policy = APPOINTMENTS
    any_permission_required: list[str] | None = ["view"]

    request: HttpRequest

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, *self.trail(), here]

    def trail(self) -> list[dict[str, Any]]:
        """Return the screens between the admin's start and this one."""
        return []


class DeskMenuItem(MenuItem):
    """Stands in the menu of those who may see appointments."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(APPOINTMENTS.user_has_permission(request.user, "view"))
