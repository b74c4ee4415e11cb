"""The way back from having said whose a booking is."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from booking.actions.errors import CannotUndo, StaleAppointment, StalePatient
from booking.actions.patients.assigning import undo_assignment
from booking.desk.patients.access import PatientsMixin
from booking.desk.undo import TOO_LATE, is_number
from booking.models import PatientEvent


def say_assigned(
    request: HttpRequest, words: Any, events: Sequence[PatientEvent], back: str
) -> None:
    """Say what was done, and offer to undo all of it; that leads `back` as well."""
    context = {"words": words, "events": events, "back": back}
    done = render_to_string("booking/desk/patients/includes/assigned.html", context, request)
    messages.success(request, done if events else words)


class UndoAssignmentView(PatientsMixin):
    """Takes back whose some bookings are said to be, each named by its line of history."""

    any_permission_required = ["change"]
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        named = [key for key in request.POST.getlist("event") if is_number(key)]
        events = PatientEvent.objects.filter(pk__in=named).select_related("appointment")
        undone = [self.undo(event) for event in events.order_by("pk")]
        if undone and all(undone):
            messages.success(request, _("Undone. It’s back to how it was."))
        else:
            messages.warning(request, TOO_LATE)
        return redirect(get_valid_next_url_from_request(request) or "patients:index")

    def undo(self, event: PatientEvent) -> bool:
        try:
            undo_assignment(event, by=self.user)
        except (CannotUndo, StaleAppointment, StalePatient):
            return False
        return True
