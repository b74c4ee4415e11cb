from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry

from clinic_site.data_requests.viewset import DataRequestViewSet


@hooks.register("register_admin_viewset")
def register_viewset() -> ViewSet:
    return DataRequestViewSet()


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    for name, label, message in (
        ("find", _("Look for a person’s data"), _("Person’s data looked for")),
        ("export", _("Show all of a person’s data"), _("Person’s data handed over")),
        ("erase", _("Erase a person’s data"), _("Person’s data erased")),
        ("periods", _("Change how long things are kept"), _("Periods changed")),
    ):
        actions.register_action(f"data_requests.{name}", label, message)
