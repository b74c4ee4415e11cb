"""The moderators' screens, of Wagtail's own parts."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser, User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views.generic.models import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from comments.models import Comment
from comments.services import DecidedMeanwhile, decide


class ReadAndChange(ModelPermissionPolicy):
    """Comments are written by the public, and no hand deletes one, not even a superuser's."""

    def user_has_permission(self, user: AbstractBaseUser, action: str) -> bool:
        allowed: bool = super().user_has_permission(user, action)
        return allowed and action in {"view", "change"}


class CommentListView(IndexView):
    def get_base_queryset(self) -> QuerySet[Comment]:
        comments: QuerySet[Comment] = super().get_base_queryset()
        return comments.select_related("page")


class CommentView(InspectView):
    """One comment in its place, and the buttons that decide about it."""

    permission_required = "change"
    template_name = "comments/admin/comment.html"

    def get_object(self, queryset: QuerySet[Comment] | None = None) -> Comment:
        comment: Comment = super().get_object()
        return comment

    def get_page_title(self) -> str:
        return _("Comment by %(name)s") % {"name": self.object.name}

    def get_page_subtitle(self) -> str:
        return str(self.object.page)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["email"] = self.object.commenter.email
        context["page_url"] = self.object.page.get_url(self.request)
        context["decisions"] = [
            (state, label, icon) for state, label, icon in DECISIONS if state != self.object.state
        ]
        return context

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object.state = request.POST.get("seen", "")
        chosen = request.POST.get("decision", "")
        if chosen not in Comment.State.values:
            return self.get(request, *args, **kwargs)
        try:
            decide(self.object, Comment.State(chosen), by=cast(User, request.user))
        except DecidedMeanwhile:
            messages.warning(
                request, _("Somebody else has decided about this comment. Here is how it stands.")
            )
            return HttpResponseRedirect(request.path)
        messages.success(request, _("The comment is now: %s") % Comment.State(chosen).label)
        return HttpResponseRedirect(reverse(self.index_url_name) + WAITING)


DECISIONS = [
    (Comment.State.APPROVED, gettext_lazy("Approve"), "check"),
    (Comment.State.REJECTED, gettext_lazy("Reject"), "cross"),
    (Comment.State.SPAM, gettext_lazy("Mark as spam"), "warning"),
    (Comment.State.PENDING, gettext_lazy("Back to the queue"), "undo"),
]
WAITING = f"?state={Comment.State.PENDING}"


class CommentViewSet(ModelViewSet):
    model = Comment
    name = "comment_queue"
    url_prefix = "comments"
    icon = "comment"
    menu_label = gettext_lazy("Comments")
    menu_order = 300
    add_to_admin_menu = True
    permission_policy = ReadAndChange(Comment)
    index_view_class = CommentListView
    inspect_view_class = CommentView
    inspect_view_enabled = True
    list_filter = ["state"]
    list_export: list[str] = []
    search_fields = ["name", "text"]
    ordering = "submitted_at"
    form_fields = ["state"]
    list_display = [
        Column(
            "text",
            label=gettext_lazy("Comment"),
            accessor=lambda comment: Truncator(comment.text).words(12),
        ),
        "name",
        Column("page", label=gettext_lazy("Page"), accessor="page.title"),
        StatusTagColumn("state", label=gettext_lazy("State"), accessor="get_state_display"),
        DateColumn("submitted_at", label=gettext_lazy("Sent"), sort_key="submitted_at"),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
        ]
