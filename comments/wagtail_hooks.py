from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from comments.admin import CommentViewSet
from comments.models import CommentEvent


@hooks.register("register_admin_viewset")
def register_comments() -> CommentViewSet:
    return CommentViewSet()


@hooks.register("register_log_actions")
def register_decisions(actions: LogActionRegistry) -> None:
    actions.register_action("comments.view", _("View a comment"), _("Comment viewed"))
    for action in CommentEvent.Action:
        actions.register_action(f"comments.{action}", action.label, _("Comment: %s") % action.label)
