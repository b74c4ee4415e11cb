"""Where moderators go from the menu, each to what they may do."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem


class ModerationMenuItem(MenuItem):
    """Shown to those who have the permission that its screen asks for."""

    def __init__(self, label: Any, url_name: str, permission: str, **kwargs: Any) -> None:
        super().__init__(label, reverse(url_name), **kwargs)
        self.permission = f"comments.{permission}"

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.permission)


def menu() -> SubmenuMenuItem:
    items = [
        ModerationMenuItem(
            _("To decide"), "comment_queue:index", "change_comment", icon_name="time", order=1
        ),
        ModerationMenuItem(
            _("All comments"), "comment_queue:all", "view_comment", icon_name="list-ul", order=2
        ),
        ModerationMenuItem(
            _("By article"),
            "comment_queue:articles",
            "change_comment",
            icon_name="doc-full-inverse",
            order=3,
        ),
        ModerationMenuItem(
            _("Saved replies"),
            "ready_replies:index",
            "change_cannedreply",
            icon_name="clipboard-list",
            order=4,
        ),
        RulesMenuItem(),
    ]
    inner = Menu(None, items=items)
    return SubmenuMenuItem(_("Comments"), inner, name="comments", icon_name="comment", order=140)


class RulesMenuItem(MenuItem):
    def __init__(self) -> None:
        url = reverse("wagtailsettings:edit", args=["comments", "commentrules"])
        super().__init__(_("Rules"), url, name="comment-rules", icon_name="cog", order=5)

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("comments.change_commentrules")
