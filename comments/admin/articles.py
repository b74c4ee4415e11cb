"""The articles, and whether people can comment below them."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import Page, get_page_models

from comments.actions import closing
from comments.admin.base import COMMENTS, ModerationAction, queue_crumb, staff
from comments.models import ClosedThread, Comment, CommentRules
from comments.moderation.rules import Closed

ARTICLES = "comment_queue:articles"
MOST_PAGES = 100

WHY_CLOSED = {
    Closed.SITE: gettext_lazy("closed: the whole site is"),
    Closed.PAGE: gettext_lazy("closed"),
    Closed.AGE: gettext_lazy("closed: it’s old enough"),
}


def with_comments() -> QuerySet[Page]:
    """Return the pages below which comments stand or can be written: none that was never public."""
    kinds = [kind for kind in get_page_models() if getattr(kind, "accepts_comments", False)]
    pages: QuerySet[Page] = Page.objects.type(*kinds).filter(
        Q(live=True) | Q(first_published_at__isnull=False)
    )
    return pages


def pages_titled(words: str) -> list[int]:
    """Return the keys of pages whose titles have these words, at most `MOST_PAGES`."""
    return [page.pk for page in Page.objects.autocomplete(words)[:MOST_PAGES]]


def comments_below(page: Page) -> str:
    return f"{reverse('comment_queue:all')}?{urlencode({'article': page.title})}"


class ThreadColumn(Column):
    """Open or closed, and the button that changes it."""

    cell_template_name = "comments/admin/includes/thread_cell.html"


class ArticlesView(PermissionCheckedMixin, BaseListingView):
    page_title = gettext_lazy("Comments by article")
    header_icon = "doc-full-inverse"
    permission_policy = COMMENTS
    any_permission_required = ["change"]
    index_url_name = ARTICLES
    index_results_url_name = "comment_queue:articles_results"
    default_ordering = ("title", "pk")
    paginate_by = 30
    is_searchable = True
    verbose_name_plural = gettext_lazy("articles")
    columns = [
        TitleColumn("title", label=gettext_lazy("Article"), get_url=comments_below),
        Column("waiting", label=gettext_lazy("Waiting")),
        ThreadColumn("thread", label=gettext_lazy("Comments")),
    ]

    def get_base_queryset(self) -> QuerySet[Page]:
        return with_comments()

    def search_queryset(self, queryset: QuerySet[Page]) -> QuerySet[Page]:
        found = pages_titled(self.search_query) if self.is_searching else None
        return queryset if found is None else queryset.filter(pk__in=found)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        home, *rest = super().get_breadcrumbs_items()
        return [home, queue_crumb(), *rest]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        may_change = self.request.user.has_perm("comments.change_commentrules")
        for page in describe_threads(list(context["object_list"])):
            page.may_change = may_change
            page.back = self.request.get_full_path()
        return context


def describe_threads(pages: list[Any]) -> list[Any]:
    """Tell each page whether comments wait below it, and why nobody can comment, if so."""
    keys = [page.pk for page in pages]
    waiting = Comment.objects.filter(page=OuterRef("pk"), state=Comment.State.PENDING)
    waits = set(Page.objects.filter(Exists(waiting), pk__in=keys).values_list("pk", flat=True))
    shut = set(ClosedThread.objects.filter(page__in=keys).values_list("page", flat=True))
    rules = CommentRules.load()
    for page in pages:
        page.waiting = _("some") if page.pk in waits else _("none")
        page.is_shut = page.pk in shut
        closed = closing.closed(page, rules, shut=page.is_shut)
        page.thread = WHY_CLOSED[closed] if closed else _("open")
    return pages


class ThreadView(ModerationAction):
    """Closes the comments of one page, or opens them again."""

    def post(self, request: HttpRequest, pk: int, act: str) -> HttpResponse:
        if not request.user.has_perm("comments.change_commentrules"):
            return HttpResponseRedirect(reverse("wagtailadmin_home"))
        page = get_object_or_404(with_comments(), pk=pk)
        if act == "close":
            closing.close_thread(page, by=staff(request))
            done = _("Comments on “%(title)s” are closed. Approved ones stay.")
        else:
            closing.open_thread(page, by=staff(request))
            done = _("Comments on “%(title)s” are open again, unless the rules close them.")
        messages.success(request, done % {"title": page.title})
        return HttpResponseRedirect(get_valid_next_url_from_request(request) or reverse(ARTICLES))
