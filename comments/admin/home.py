"""What moderators see of comments when they come in."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from comments.admin.labels import number
from comments.queue import QueueKind, waiting_counts


def may_moderate(request: HttpRequest) -> bool:
    return request.user.has_perm("comments.change_comment")


class WaitingPanel(Component):
    name = "comments_waiting"
    template_name = "comments/admin/home_panel.html"
    order = 120

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        waiting = waiting_counts()
        return {
            "waiting": waiting,
            "to_read": number(waiting.to_read),
            "likely_spam": number(waiting.likely_spam),
            "edits": number(waiting.edits),
            "spam_query": f"?show={QueueKind.LIKELY_SPAM}",
        }
