"""The moderators' screens, of Wagtail's own parts."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.log_actions import log

from clinic_site.admin import RecordIndexView, RecordView, RecordViewSet, StateColumn
from comments.models import Comment
from comments.rules import in_words
from comments.services import (
    DecidedMeanwhile,
    WrongState,
    approve,
    mark_spam,
    reject,
    requeue,
)

State = Comment.State

ICONS = {
    State.PENDING: "time",
    State.APPROVED: "check",
    State.REJECTED: "cross",
    State.SPAM: "warning",
    State.WITHDRAWN: "undo",
    State.ERASED: "bin",
}
ACTIONS = {
    State.APPROVED: approve,
    State.REJECTED: reject,
    State.SPAM: mark_spam,
    State.PENDING: requeue,
}
DECISIONS = {
    State.APPROVED: gettext_lazy("Approve"),
    State.REJECTED: gettext_lazy("Reject"),
    State.SPAM: gettext_lazy("Mark as spam"),
    State.PENDING: gettext_lazy("Back to the queue"),
}


class CommentListView(RecordIndexView):
    def get_base_queryset(self) -> QuerySet[Comment]:
        return Comment.objects.waiting_first().select_related("page")


class CommentView(RecordView):
    """One comment, who wrote it, and the buttons that decide about it."""

    any_permission_required = ["change"]
    template_name = "comments/admin/comment.html"

    def get_queryset(self) -> QuerySet[Comment]:
        return Comment.objects.select_related("page", "commenter", "decided_by", "edit")

    def get_page_title(self) -> str:
        return _("Comment by %(name)s") % {"name": self.object.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        log(self.object, "comments.view", user=self.request.user)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "comment": self.object,
            "reasons": in_words(self.object.held_for),
            "icon": ICONS[State(self.object.state)],
            "page_url": self.object.page.get_url(self.request),
            "decisions": [
                (state, label, ICONS[state])
                for state, label in DECISIONS.items()
                if state != self.object.state and self.object.state in ACTIONS
            ],
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen, seen = request.POST.get("decision", ""), request.POST.get("seen", "")
        if chosen not in ACTIONS or not (seen.isascii() and seen.isdecimal()):
            return HttpResponseRedirect(request.path)
        comment = self.object
        try:
            if int(seen) != comment.version:
                raise DecidedMeanwhile
            ACTIONS[State(chosen)](comment, by=cast(User, request.user))
        except (DecidedMeanwhile, WrongState):
            messages.warning(
                request, _("Somebody else has decided about this comment. Here is how it stands.")
            )
            return HttpResponseRedirect(request.path)
        messages.success(
            request, _("This comment is now %(state)s.") % {"state": State(chosen).label}
        )
        return HttpResponseRedirect(reverse(self.index_url_name))


class CommentViewSet(RecordViewSet):
    model = Comment
    name = "comment_queue"
    url_prefix = "comments"
    icon = "comment"
    menu_label = gettext_lazy("Comments")
    menu_order = 140
    index_view_class = CommentListView
    inspect_view_class = CommentView
    list_filter = ["state"]
    list_display = [
        "excerpt",
        Column("name", label=gettext_lazy("Name")),
        Column("page", label=gettext_lazy("Page"), accessor="page.title"),
        StateColumn(ICONS),
        DateColumn("submitted_at", label=gettext_lazy("Sent"), sort_key="submitted_at"),
    ]
