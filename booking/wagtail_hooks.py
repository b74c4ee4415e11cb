from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.log_actions import LogActionRegistry

from booking.desk.appointment_list import AppointmentViewSet
from booking.desk.calendar import CalendarViewSet
from booking.desk.closures import ClosureViewSet
from booking.desk.home import TodayPanel
from booking.desk.inbox import InboxViewSet
from booking.desk.own_calendar import OwnCalendarViewSet
from booking.desk.setup.practitioners import PractitionerViewSet
from booking.desk.setup.services import ServiceViewSet
from booking.models import AppointmentEvent


class DeskViewSetGroup(ViewSetGroup):
    menu_label = _("Appointments")
    menu_icon = "calendar-alt"
    menu_order = 150
    items = (
        InboxViewSet,
        CalendarViewSet,
        AppointmentViewSet,
        ClosureViewSet,
        PractitionerViewSet,
        ServiceViewSet,
    )


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet | ViewSetGroup]:
    return [DeskViewSetGroup(), OwnCalendarViewSet()]


@hooks.register("construct_homepage_panels")
def add_today_panel(request: HttpRequest, panels: list[Any]) -> None:
    if TodayPanel.is_for(request):
        panels.append(TodayPanel())


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("booking.view", _("View an appointment"), _("Appointment viewed"))
    actions.register_action("booking.import", _("Take busy times"), _("Busy times taken"))
    actions.register_action("booking.called", _("Call a patient"), _("Patient called"))
    actions.register_action("booking.look", _("Look at appointments"), _("Appointments looked at"))
    actions.register_action("booking.open_feed", _("Open a calendar feed"), _("Feed opened"))
    actions.register_action("booking.revoke_feed", _("Revoke a calendar feed"), _("Feed revoked"))
    for event_type in AppointmentEvent.EventType:
        actions.register_action(
            f"booking.{event_type}",
            _("Appointment: %(what)s") % {"what": event_type.label},
            _("Appointment %(what)s") % {"what": event_type.label},
        )
