"""The addresses of the calendar."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSet

from booking.desk.access import DeskMenuItem
from booking.desk.calendar.blocked_time import BlockView, UnblockView
from booking.desk.calendar.free_time import FreeTimeView
from booking.desk.calendar.page import CalendarView
from booking.desk.calendar.visit import VisitView


class CalendarViewSet(ViewSet):
    name = "calendar"
    icon = "date"
    menu_label = _("Calendar")
    menu_item_class = DeskMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(CalendarView), name="index"),
            path("visit/<int:pk>/", self.construct_view(VisitView), name="visit"),
            path("free/", self.construct_view(FreeTimeView), name="free"),
            path("block/", self.construct_view(BlockView), name="block"),
            path("block/<int:pk>/remove/", self.construct_view(UnblockView), name="unblock"),
        ]
