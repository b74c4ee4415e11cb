"""The page of one comment: its card, its history, and what is held of its writer."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from clinic_site.admin.viewsets import RecordView
from comments.actions.undo import undoable
from comments.admin.base import QUEUE, page_of, queue_crumb
from comments.admin.cards import card_of
from comments.admin.labels import ICONS, State, who
from comments.models import Comment, Commenter

SEE_ADDRESSES = "comments.see_addresses"


class CommentView(RecordView):
    """One comment in its place. The address stays hidden until somebody asks for it."""

    any_permission_required = ["change"]
    template_name = "comments/admin/comment.html"
    address = ""

    def get_queryset(self) -> QuerySet[Comment]:
        return Comment.objects.select_related("page", "parent", "decided_by", "edit")

    def get_page_title(self) -> str:
        if not self.object.name:
            return _("Erased comment")
        return _("Comment by %(name)s") % {"name": self.object.name}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            queue_crumb(),
            *self.last(),
        ]

    def last(self) -> list[dict[str, Any]]:
        return [{"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        comment = self.object
        log(comment, "comments.view", user=self.request.user)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        card = card_of(comment)
        card.next_url = reverse(QUEUE)
        events = list(comment.events.select_related("by"))
        return context | {
            "card": card,
            "comment": comment,
            "icon": ICONS[State(comment.state)],
            "events": [(event, who(event)) for event in events],
            "undoable": undoable(comment, timezone.now()),
            "here": page_of(comment),
            "answers": comment.answers.order_by("submitted_at", "pk")[:20],
            "writer": self.writer(),
            "address": self.address,
            "may_see_addresses": self.request.user.has_perm(SEE_ADDRESSES),
        }

    def writer(self) -> Commenter | None:
        """Return what is held of the writer, with the address left in the database."""
        return Commenter.objects.filter(comment=self.object).defer("email").first()


class AddressView(CommentView):
    """Shows the address to somebody who asks for it and may see it, and notes who did."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(page_of(self.object))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(SEE_ADDRESSES):
            raise PermissionDenied
        writer = Commenter.objects.filter(comment=self.object).first()
        if writer is not None:
            log(self.object, "comments.address", user=request.user)
            self.address = writer.email
        return self.render_to_response(self.get_context_data())
