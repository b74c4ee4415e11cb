"""The report of articles whose medical review runs out, and the letter that it sends."""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.reports import PageReportView

from blog import emails
from blog.models import ArticlePage, ArticleQuerySet

SOON = timedelta(days=60)
LETTER_LOOKS_AHEAD = timedelta(days=31)  # to the next letter


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


def remind_owners(now: datetime) -> None:
    """Write to everybody who looks after articles that are due, or will be before the next letter.

    What nobody looks after any more, or nobody who may edit it, falls to the owners of the clinic.
    """
    due = ArticlePage.objects.due_for_review(timezone.localdate(now) + LETTER_LOOKS_AHEAD)
    for address, articles in _by_address(due.select_related("owner", "reviewer")).items():
        emails.reviews_due(articles, to=address)


def _by_address(due: ArticleQuerySet) -> dict[str, list[ArticlePage]]:
    owners = get_user_model().objects.filter(groups__name="Owners", is_active=True)
    fallback = list(owners.exclude(email="").values_list("email", flat=True))
    letters: dict[str, list[ArticlePage]] = defaultdict(list)
    for article in due:
        owner = article.owner
        may_edit = owner is not None and article.permissions_for_user(owner).can_edit()
        looked_after = may_edit and owner.email
        for address in [owner.email] if looked_after else fallback:
            letters[address].append(article)
    return letters
