"""What moderators see of comments when they come in, and how they get about."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.ui.components import Component

from comments.admin.words import number
from comments.queue import Kind, counts


def may_moderate(request: HttpRequest) -> bool:
    return request.user.has_perm("comments.change_comment")


class WaitingPanel(Component):
    name = "comments_waiting"
    template_name = "comments/admin/home_panel.html"
    order = 120

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        waiting = counts()
        return {
            "waiting": waiting,
            "to_read": number(waiting.to_read),
            "likely_spam": number(waiting.likely_spam),
            "edits": number(waiting.edits),
            "spam_query": f"?show={Kind.LIKELY_SPAM}",
        }


class DeskMenuItem(MenuItem):
    """Shown to those who have the permission that its screen asks for."""

    def __init__(self, label: Any, url_name: str, permission: str, **kwargs: Any) -> None:
        super().__init__(label, reverse(url_name), **kwargs)
        self.permission = f"comments.{permission}"

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)


def menu() -> SubmenuMenuItem:
    items = [
        DeskMenuItem(
            _("To decide"), "comment_queue:index", "change_comment", icon_name="time", order=1
        ),
        DeskMenuItem(
            _("All comments"), "comment_queue:all", "view_comment", icon_name="list-ul", order=2
        ),
        DeskMenuItem(
            _("By article"),
            "comment_queue:articles",
            "change_comment",
            icon_name="doc-full-inverse",
            order=3,
        ),
        DeskMenuItem(
            _("Ready replies"),
            "ready_replies:index",
            "change_cannedreply",
            icon_name="clipboard-list",
            order=4,
        ),
        MenuItemOfRules(),
    ]
    inner = Menu(None, items=items)
    return SubmenuMenuItem(_("Comments"), inner, name="comments", icon_name="comment", order=140)


class MenuItemOfRules(MenuItem):
    def __init__(self) -> None:
        url = reverse("wagtailsettings:edit", args=["comments", "commentrules"])
        super().__init__(_("Rules"), url, name="comment-rules", icon_name="cog", order=5)

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("comments.change_commentrules")
