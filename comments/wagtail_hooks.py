from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from comments.admin.deleted_pages import warn_of_lost_comments
from comments.admin.home import WaitingPanel, may_moderate
from comments.admin.menu import menu
from comments.admin.replies import CannedReplyViewSet
from comments.admin.viewsets import CommentViewSet
from comments.models import CommentEvent


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    return [CannedReplyViewSet(), CommentViewSet()]


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    return menu()


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: list[Any]) -> None:
    if may_moderate(request):
        panels.append(WaitingPanel())


@hooks.register("before_delete_page")
def say_what_becomes_of_comments(request: HttpRequest, page: Page) -> None:
    warn_of_lost_comments(request, page)


@hooks.register("register_log_actions")
def register_decisions(actions: LogActionRegistry) -> None:
    for name, label, done in (
        ("view", _("View a comment"), _("Comment viewed")),
        ("address", _("See a commenter’s address"), _("Address of a commenter seen")),
        ("export", _("Export comments"), _("Comments exported")),
        ("close", _("Close comments"), _("Comments closed")),
        ("open", _("Open comments"), _("Comments opened")),
    ):
        actions.register_action(f"comments.{name}", label, done)
    for action in CommentEvent.EventType:
        actions.register_action(f"comments.{action}", action.label, _("Comment: %s") % action.label)
