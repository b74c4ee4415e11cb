from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry

from booking.admin.appointments import AppointmentViewSet
from booking.admin.services import ServiceViewSet
from booking.models import AppointmentEvent


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet]:
    return [AppointmentViewSet(), ServiceViewSet()]


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("booking.view", _("View an appointment"), _("Appointment viewed"))
    for what in AppointmentEvent.What:
        actions.register_action(
            f"booking.{what}",
            _("Appointment: %(what)s") % {"what": what.label},
            _("Appointment %(what)s") % {"what": what.label},
        )
