"""A practitioner's own calendar: who comes to them when, and time that they keep free."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import HeaderButton

from booking.desk.calendar.page import CalendarView
from booking.desk.numbers.page import OwnNumbersView
from booking.desk.own.access import OwnMixin, practitioner_of
from booking.desk.own.feeds import OwnFeedsView
from booking.desk.own.time import OwnBlockView, OwnUnblockView
from booking.models import Practitioner
from clinic_site.clinic.models.locations import Location


class OwnCalendarView(OwnMixin, CalendarView):
    """The calendar with one column of people: the one who is signed in."""

    page_title = _("My calendar")
    own = True
    unblock_name = "own_calendar:unblock"

    def trail(self) -> list[dict[str, Any]]:
        return []

    @property
    def header_buttons(self) -> list[HeaderButton]:
        block, feed = reverse("own_calendar:block"), reverse("own_calendar:feed")
        numbers = reverse("own_calendar:numbers")
        return [
            HeaderButton(_("Block time"), url=block, icon_name="lock", priority=10),
            HeaderButton(_("Calendar feed"), url=feed, icon_name="date", priority=20),
            HeaderButton(_("My numbers"), url=numbers, icon_name="order", priority=30),
        ]

    def choose_people(self, location: Location, first: date, last: date) -> list[Practitioner]:
        return [self.own_practitioner] if self.own_practitioner else []

    def may(self, permission: str) -> bool:
        return permission == "delete_blockedtime"

    def address_of_free(self, slot: str, location: Location) -> str:
        """Free time of their own is theirs to block."""
        query = {"slot": slot, "next": self.url_of()}
        return f"{reverse('own_calendar:block')}?{urlencode(query)}"


class OwnCalendarMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return practitioner_of(request) is not None


class OwnCalendarViewSet(ViewSet):
    name = "my-calendar"
    url_namespace = "own_calendar"
    icon = "date"
    menu_label = _("My calendar")
    menu_order = 149
    add_to_admin_menu = True
    menu_item_class = OwnCalendarMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(OwnCalendarView), name="index"),
            path("block/", self.construct_view(OwnBlockView), name="block"),
            path("block/<int:pk>/remove/", self.construct_view(OwnUnblockView), name="unblock"),
            path("numbers/", self.construct_view(OwnNumbersView), name="numbers"),
            path("feed/", self.construct_view(OwnFeedsView), name="feed"),
        ]
