"""What the apps' own admin screens have in common."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import DeleteView, IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet


class ProtectedDeleteView(DeleteView):
    """Says in words that something cannot be deleted while other records name it."""

    protected_message: Any

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except ProtectedError:
            messages.error(self.request, self.protected_message)
            return redirect(self.edit_url_name, self.object.pk)
        return response


class StateColumn(Column):
    """A row's state in words, with the icon that its model gives it."""

    cell_template_name = "site_admin/state_cell.html"

    def __init__(self, icons: Mapping[Any, str]) -> None:
        super().__init__("get_state_display", label=_("State"), sort_key="state")
        self.icons = icons

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"icon": self.icons[instance.state]}


class CappedPaginator(WagtailPaginator):
    """Counts no further than anybody leafs, so that a long list costs what a short one does."""

    most = 3000

    @cached_property
    def count(self) -> int:
        counted: int = self.object_list.order_by()[: self.most].count()
        return counted

    @property
    def items_count_label(self) -> str:
        label: str = super().items_count_label
        if self.count < self.most:
            return label
        return gettext("the first %(label)s; narrow the list to see others") % {"label": label}


class RecordIndexView(IndexView):
    """The list. Its model's QuerySet has the verb `matching`, for the search."""

    any_permission_required = ["view"]
    is_searchable = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.is_export = False  # what people sent leaves by no side door

    def search_queryset(self, queryset: Any) -> Any:
        return queryset.matching(self.search_query) if self.is_searching else queryset

    def get_list_buttons(self, instance: Any) -> list[Any]:
        return []


class RecordView(InspectView):
    """The page of one row. Subclasses say what is shown and what can be done."""

    def get_queryset(self) -> QuerySet[Any]:
        return self.model._default_manager.all()

    def get_object(self, queryset: Any = None) -> Any:
        # Before looking: whether there is such a row is nobody else's business either.
        if not self.user_has_any_permission(self.any_permission_required):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(), pk=self.pk)

    def get_fields(self) -> list[str]:
        return []


class UnreferencedViewSet(ModelViewSet):
    """Records that no text names: Wagtail has no usage of them to tell. They are not copied."""

    copy_view_enabled = False
    add_to_reference_index = False

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        kwargs = {"usage_url_name": None, **kwargs}
        common: dict[str, Any] = super().get_common_view_kwargs(**kwargs)
        return common

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "usage"]


class RecordViewSet(UnreferencedViewSet):
    """A list, and a page for each row, of what the public has sent.

    Rows are never added, rewritten or deleted by hand, whatever permissions somebody has:
    there are no such addresses. Changes of state are posted to the row's own page.
    """

    inspect_view_enabled = True
    add_to_admin_menu = True
    list_per_page = 30
    # There are no forms, but Wagtail asks.
    exclude_form_fields: list[str] = []

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        missing = ("add", "edit", "delete", "history")
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
