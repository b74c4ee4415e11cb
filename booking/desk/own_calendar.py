"""A practitioner's own calendar: who comes to them when, and nothing else."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from booking.desk.calendar import CalendarView
from booking.models import Practitioner
from clinic_site.clinic.models.locations import Location

OWN = "booking.see_own_calendar"


class OwnCalendarView(CalendarView):
    """The calendar with one column of people: the one who is signed in."""

    any_permission_required = None
    page_title = _("My calendar")
    screen = "own calendar"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (request.user.has_perm(OWN) and self.practitioner):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @cached_property
    def practitioner(self) -> Practitioner | None:
        mine = Practitioner.objects.filter(person__account=self.user.pk)
        return mine.select_related("person").first()

    @property
    def header_buttons(self) -> list[Any]:
        return []

    def choose_people(self, location: Location, first: date, last: date) -> list[Practitioner]:
        return [self.practitioner] if self.practitioner else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"own": True, "may_book": False, "may_block": False}


class OwnCalendarMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        if not request.user.has_perm(OWN):
            return False
        return Practitioner.objects.filter(person__account=request.user.pk).exists()


class OwnCalendarViewSet(ViewSet):
    name = "my-calendar"
    url_namespace = "own_calendar"
    icon = "date"
    menu_label = _("My calendar")
    menu_order = 149
    add_to_admin_menu = True
    menu_item_class = OwnCalendarMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", self.construct_view(OwnCalendarView), name="index")]
