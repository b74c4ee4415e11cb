"""What can be done with a visit from within the calendar: a window, or a page of its own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.utils import get_valid_next_url_from_request

from booking.desk.access import DeskMixin
from booking.desk.labels import ICONS
from booking.desk.transition_forms.reasons import ReasonForm
from booking.desk.transition_forms.table import forms_for
from booking.desk.transition_forms.times import GiveTimeForm, MoveForm
from booking.models import Appointment
from clinic_site.access_log.looks import note_looks

FRAGMENT = "X-Fragment"  # asked for by a page that shows it in a window


class InWindowMixin:
    """A screen that the calendar shows in a window: then its words alone are sent."""

    request: HttpRequest
    window_template: str
    template_name: Any

    def get_template_names(self) -> list[str]:
        return [self.window_template if FRAGMENT in self.request.headers else self.template_name]

    @property
    def back(self) -> str:
        """Where the calendar stood."""
        return get_valid_next_url_from_request(self.request) or reverse("calendar:index")


class VisitView(InWindowMixin, DeskMixin, TemplateView):
    template_name = "booking/desk/calendar/visit_page.html"
    window_template = "booking/desk/calendar/visit.html"
    page_title = _("Visit")
    header_icon = "calendar-alt"

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": self.back, "label": _("Calendar")}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        visits = Appointment.objects.select_related("location", "service", "practitioner__person")
        self.visit = get_object_or_404(visits, pk=kwargs["pk"])
        note_looks([self.visit])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        visit, may_change = self.visit, self.request.user.has_perm("booking.change_appointment")
        forms = [form(appointment=visit) for form in forms_for(visit)] if may_change else []
        calendar = self.back.split("#")[0]
        joint = "&" if "?" in calendar else "?"
        # Whoever is in a class moves to another date of it, not to an open time.
        moves = any(isinstance(form, MoveForm) for form in forms) and not visit.class_session_id
        return context | {
            "appointment": visit,
            "icon": ICONS[Appointment.State(visit.state)],
            "buttons": [form for form in forms if not isinstance(form, GiveTimeForm | ReasonForm)],
            "pages": [form for form in forms if isinstance(form, GiveTimeForm)],
            "panels": [form for form in forms if isinstance(form, ReasonForm)],
            "pick_url": f"{calendar}{joint}pick={visit.pk}" if moves else "",
            "next": self.back,
        }
