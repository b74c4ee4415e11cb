"""The report of articles whose medical review runs out."""

from datetime import timedelta
from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports import PageReportView

from blog.models import ArticlePage

SOON = timedelta(days=60)


class ReviewsDueFilter(WagtailFilterSet):
    owner = django_filters.ModelChoiceFilter(
        label=_("Owner"),
        queryset=lambda request: (
            get_user_model()
            .objects.filter(owned_pages__in=ArticlePage.objects.all())
            .distinct()
            .order_by("username")
        ),
    )

    class Meta:
        model = ArticlePage
        fields = ["owner", "reviewer"]


class ReviewsDueView(PageReportView):
    page_title = _("Due for review")
    header_icon = "time"
    index_url_name = "reviews_due"
    index_results_url_name = "reviews_due_results"
    results_template_name = "blog/admin/reviews_due_results.html"
    filterset_class = ReviewsDueFilter
    any_permission_required = ["add", "change", "publish"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.is_export = False
        self.show_export_buttons = False

    def get_queryset(self) -> QuerySet[ArticlePage]:
        due = ArticlePage.objects.due_for_review(timezone.localdate() + SOON)
        self.queryset = due.select_related("owner", "reviewer").defer("body", "sources")
        return super().get_queryset()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context | {"today": timezone.localdate()}
