from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.log_actions import LogActionRegistry

from booking.desk.appointment_list import AppointmentViewSet
from booking.desk.calendar.viewset import CalendarViewSet
from booking.desk.classes.viewset import ClassViewSet
from booking.desk.closures.viewset import ClosureViewSet, ExtraHoursViewSet
from booking.desk.courses.viewset import CourseViewSet
from booking.desk.home import TodayPanel
from booking.desk.inbox import InboxViewSet
from booking.desk.numbers.start import MonthPanel
from booking.desk.numbers.viewset import NumbersViewSet
from booking.desk.own.calendar import OwnCalendarViewSet
from booking.desk.own.start import MyDayPanel
from booking.desk.patients.viewset import PatientViewSet
from booking.desk.setup.first_steps import STEPS
from booking.desk.setup.practitioners import PractitionerViewSet
from booking.desk.setup.services import ServiceViewSet
from booking.desk.waiting.viewset import WaitingViewSet
from booking.models import AppointmentEvent, PatientEvent, WaitingListEvent
from clinic_site.admin.first_steps import FirstStep


class DeskViewSetGroup(ViewSetGroup):
    menu_label = _("Appointments")
    menu_icon = "calendar-alt"
    menu_order = 150
    items = (
        InboxViewSet,
        CalendarViewSet,
        CourseViewSet,
        ClassViewSet,
        WaitingViewSet,
        PatientViewSet,
        AppointmentViewSet,
        ClosureViewSet,
        ExtraHoursViewSet,
        PractitionerViewSet,
        ServiceViewSet,
        NumbersViewSet,
    )


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[ViewSet | ViewSetGroup]:
    return [DeskViewSetGroup(), OwnCalendarViewSet()]


@hooks.register("construct_homepage_panels")
def add_today_panel(request: HttpRequest, panels: list[Any]) -> None:
    if TodayPanel.is_for(request):
        panels.append(TodayPanel(request))
    if MyDayPanel.is_for(request):
        panels.append(MyDayPanel(request))
    if MonthPanel.is_for(request):
        panels.append(MonthPanel(request))


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("booking.import", _("Take busy times"), _("Busy times taken"))
    actions.register_action("booking.called", _("Call a patient"), _("Patient called"))
    actions.register_action(
        "booking.call_undone", _("Take a call back"), _("Note of a call taken back")
    )
    actions.register_action("booking.open_feed", _("Open a calendar feed"), _("Feed opened"))
    actions.register_action("booking.revoke_feed", _("Revoke a calendar feed"), _("Feed revoked"))
    actions.register_action("booking.patient_erased", _("Erase a patient"), _("Patient erased"))
    for action, label in (
        ("made", _("Class date added")),
        ("seats", _("Seats of a class changed")),
        ("moved", _("Class moved")),
        ("canceled", _("Class canceled")),
        ("reopened", _("Cancellation of a class undone")),
    ):
        actions.register_action(f"booking.class_{action}", label, label)
    for patient_event in PatientEvent.EventType:
        actions.register_action(
            f"booking.patient_{patient_event}",
            _("Patient: %(what)s") % {"what": patient_event.label},
            _("Patient: %(what)s") % {"what": patient_event.label},
        )
    for act in WaitingListEvent.EventType:
        words = _("Waiting list: %(what)s") % {"what": act.label}
        actions.register_action(f"booking.waiting_{act}", words, words)
    for event_type in AppointmentEvent.EventType:
        actions.register_action(
            f"booking.{event_type}",
            _("Appointment: %(what)s") % {"what": event_type.label},
            _("Appointment %(what)s") % {"what": event_type.label},
        )


@hooks.register("register_first_steps")
def register_first_steps() -> list[FirstStep]:
    return STEPS
