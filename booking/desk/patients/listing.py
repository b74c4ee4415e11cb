"""The one box for patients, what it finds, and the bookings that are nobody's yet."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.widgets.button import HeaderButton

from booking.actions.errors import StaleAppointment, StalePatient
from booking.actions.patients.assigning import attach
from booking.desk.patients.access import PatientsMixin, address_with, looked_for, note_found
from booking.desk.patients.undo import say_assigned
from booking.desk.undo import is_number
from booking.models import Appointment, Patient, PatientEvent
from booking.patients.matching import sure_matches
from booking.patients.search import find_patients
from clinic_site.access_log.looks import note_looks

SHOWN = 30
SHOWN_WHILE_TYPING = 8


class PatientsView(PatientsMixin):
    """Finds patients; without a question shows what is to be assigned. Takes what is found sure."""

    template_name = "booking/desk/patients/index.html"
    page_title = _("Patients")
    http_method_names = ["get", "head", "post"]

    def trail(self) -> list[dict[str, Any]]:
        return []

    @property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.user_has_permission("add"):
            return []
        url = reverse("patients:add")
        return [HeaderButton(_("New patient"), url=url, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        may_change = self.user_has_permission("change")
        context |= {"header_buttons": self.header_buttons, "may_change": may_change}
        text = looked_for(self.request)
        if text:
            found = find_patients(text, now=timezone.now())
            note_found(found)
            return context | {"q": text, "found": found}
        return context | self.to_assign()

    def to_assign(self) -> dict[str, Any]:
        waiting = list(
            Appointment.objects.unmatched().select_related("location", "practitioner__person")[
                : SHOWN + 1
            ]
        )
        shown = waiting[:SHOWN]
        sure = sure_matches(shown)
        note_looks([*shown, *sure.values()])
        rows = [(booking, sure.get(booking.pk)) for booking in shown]
        return {"rows": rows, "sure": len(sure), "more": len(waiting) > SHOWN}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Assign the bookings that are ticked, each to the patient who was shown beside it."""
        if not self.user_has_permission("change"):
            return redirect("patients:index")
        asked = [self.assign(value) for value in request.POST.getlist("booking")[:SHOWN]]
        done = [event for event in asked if event]
        words = ngettext("%(count)s booking assigned.", "%(count)s bookings assigned.", len(done))
        say_assigned(request, words % {"count": len(done)}, done, reverse("patients:index"))
        return redirect("patients:index")

    def assign(self, value: str) -> PatientEvent | None:
        booking, patient = _pair(value)
        if booking is None or patient is None or booking.patient_id:
            return None
        try:
            return attach(booking, patient, by=self.user)
        except (StaleAppointment, StalePatient):
            return None


class SearchPatientsView(PatientsMixin):
    """Takes what was typed into the box, and leads to what it finds."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(address_with(reverse("patients:index"), request.POST.get("q", "")))


class TypingView(PatientsMixin):
    """What the box finds while somebody types: a few, for the script of the box."""

    template_name = "booking/desk/patients/includes/found.html"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        text = request.POST.get("q", "")
        found = find_patients(text, now=timezone.now(), shown=SHOWN_WHILE_TYPING)
        note_found(found, renews=True)
        context = self.get_context_data(
            found=found, typing=True, choosing="choosing" in request.POST
        )
        response = self.render_to_response(context)
        response["Cache-Control"] = "no-store"
        return response


def _pair(value: str) -> tuple[Appointment | None, Patient | None]:
    """Read "12-34": which booking is whose."""
    booking, _dash, patient = value.partition("-")
    if not (is_number(booking) and is_number(patient)):
        return None, None
    return (
        Appointment.objects.filter(pk=booking).first(),
        Patient.objects.filter(pk=patient, merged_into=None).first(),
    )
