"""What editors keep for the search: synonyms, and the list of what was searched in vain."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from blog.models import SearchSynonym, VainSearch
from blog.search.in_vain import KEPT
from clinic_site.admin.edit_conflicts import EditConflictMixin


class SynonymCreateView(CreateView):
    def get_initial(self) -> dict[str, Any]:
        """Begin with the word that the list of searches in vain leads here with."""
        initial: dict[str, Any] = super().get_initial()
        return initial | {"typed": self.request.GET.get("typed", "")[:60]}


class SynonymEditView(EditConflictMixin, EditView):
    pass


class SynonymViewSet(ModelViewSet):
    model = SearchSynonym
    name = "search_synonyms"
    url_prefix = "search-synonyms"
    icon = "search"
    menu_label = _("Search synonyms")
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = ["typed", "means"]
    list_export: list[str] = []
    search_fields = ["typed", "means"]
    search_backend_name = None
    add_view_class = SynonymCreateView
    edit_view_class = SynonymEditView


class VainSearchesView(ReportView):
    page_title = _("Searches that found nothing")
    header_icon = "search"
    index_url_name = "searches_in_vain"
    index_results_url_name = "searches_in_vain_results"
    results_template_name = "blog/admin/searches_in_vain_results.html"
    permission_policy = ModelPermissionPolicy(SearchSynonym)
    any_permission_required = ["add", "change"]
    paginate_by = 50

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.is_export = False
        self.show_export_buttons = False

    def get_queryset(self) -> QuerySet[VainSearch]:
        self.queryset = VainSearch.objects.all()
        return super().get_queryset()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context | {"kept_days": KEPT.days}
