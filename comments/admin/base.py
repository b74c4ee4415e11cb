"""What the moderators' screens have in common."""

from http import HTTPStatus
from typing import Any, cast

from django.contrib import messages as plain_messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from clinic_site.accounts.models import User
from comments.models import Comment, CommentEvent

# Named here, and not left to whoever puts the views together: one without it is open to all staff.
COMMENTS = ModelPermissionPolicy(Comment)

QUEUE = "comment_queue:index"
QUEUE_TITLE = gettext_lazy("Comments to review")
PAGE_OF_ONE = "comment_queue:inspect"
LARGEST_VERSION = 2**31 - 1


class ModerationScreen(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A page for those who may decide about comments."""

    permission_policy = COMMENTS
    any_permission_required = ["change"]
    header_icon = "comment"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        way = [] if self.request.path == reverse(QUEUE) else [queue_crumb()]
        return [*super().get_breadcrumbs_items(), *way, {"url": "", "label": self.get_page_title()}]


class ModerationAction(PermissionCheckedMixin, TemplateView):
    """An address that only does something: opened in a browser it leads back to the queue."""

    http_method_names = ["get", "head", "post"]
    permission_policy = COMMENTS
    any_permission_required = ["change"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(reverse(QUEUE))


def queue_crumb() -> dict[str, Any]:
    return {"url": reverse(QUEUE), "label": QUEUE_TITLE}


def staff(request: HttpRequest) -> User:
    return cast(User, request.user)


def read_number(written: str) -> int | None:
    """Return a number that a form holds, or None for anything else."""
    if not (written.isascii() and written.isdecimal()) or len(written) > len(str(LARGEST_VERSION)):
        return None
    return min(int(written), LARGEST_VERSION)


def where_next(request: HttpRequest) -> str:
    return get_valid_next_url_from_request(request) or reverse(QUEUE)


def page_of(comment: Comment) -> str:
    return reverse(PAGE_OF_ONE, args=[comment.pk])


def say_done(request: HttpRequest, words: str, *events: CommentEvent) -> None:
    """Say what was done, with a button that takes it back."""
    context = {"words": words, "events": events, "next": where_next(request)}
    written = render_to_string("comments/admin/includes/done.html", context, request)
    plain_messages.success(request, written)


CONFLICT = HTTPStatus.CONFLICT
