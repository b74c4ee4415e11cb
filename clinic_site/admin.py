"""What the apps' own admin screens have in common."""

from typing import Any

from django.urls import URLPattern, path
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.admin.viewsets.model import ModelViewSet


class RecordViewSet(ModelViewSet):
    """A list, and a page for each row, of what the public has sent.

    Rows are never added, rewritten or deleted by hand, whatever rights somebody has:
    there are no such addresses. Changes of state are posted to the row's own page.
    """

    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_admin_menu = True
    add_to_reference_index = False
    list_per_page = 30
    # There are no forms, but Wagtail asks.
    exclude_form_fields: list[str] = []

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        missing = ("add", "edit", "delete", "history", "usage")
        without = {f"{name}_url_name": None for name in missing}
        common: dict[str, Any] = super().get_common_view_kwargs(**without, **kwargs)
        return common

    @property
    def url_finder_class(self) -> type[ModelAdminURLFinder]:
        """Let Wagtail's log lead to the row's page."""
        attributes = {
            "permission_policy": self.permission_policy,
            "edit_url_name": self.get_url_name("inspect"),
        }
        return type(f"{self.model.__name__}URLFinder", (ModelAdminURLFinder,), attributes)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
        ]
