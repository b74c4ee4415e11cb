"""One patient: what is known, which visits there were and will be, and what can be done."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from booking.actions.errors import StalePatient, StillExpected
from booking.actions.patients.erasing import erase_patient
from booking.actions.patients.records import change_patient, create_patient
from booking.desk.patients.access import STALE, PatientsMixin, patient_or_404
from booking.desk.patients.forms import PatientForm
from booking.models import Appointment, Patient, PatientEvent
from booking.patients.search import visits_of
from clinic_site.access_log.looks import note_looks

EARLIER_VISITS = 100
SHOWN_AT_ONCE = 5


class PatientMixin(PatientsMixin):
    """A screen about one patient."""

    any_permission_required: list[str] | None = ["view"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.may_look = self.permission_policy.user_has_permission(request.user, "view")
        if self.may_look:
            self.patient: Patient = patient_or_404(kwargs["pk"])

    def trail(self) -> list[dict[str, Any]]:
        here = {"url": self.record_url, "label": self.patient.name}
        return [*super().trail(), *([here] if self.is_below else [])]

    is_below = True  # the record's own page

    @property
    def record_url(self) -> str:
        return reverse("patients:record", args=[self.patient.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        note_looks([*self.patient.family, *self.patient.booked_by])
        return context | {
            "patient": self.patient,
            "record_url": self.record_url,
            "may_change": self.user_has_permission("change"),
        }


class PatientView(PatientMixin):
    template_name = "booking/desk/patients/record.html"
    page_title = _("Patient")
    is_below = False
    http_method_names = ["get", "head"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        now = timezone.now()
        bookings = Appointment.objects.of_patient(self.patient).select_related(
            "location", "practitioner__person"
        )
        ahead = Appointment.STANDING
        listed = list(bookings[: EARLIER_VISITS + 1])
        to_come = [
            one
            for one in listed
            if one.state in ahead and (one.ends_at is None or one.ends_at > now)
        ]
        past = [one for one in listed if one not in to_come]
        events = list(self.events())
        note_looks([*listed[:EARLIER_VISITS], *self.patient.books_for])
        note_looks(row for event in events for row in (event.appointment, event.other))
        return context | {
            "visits": visits_of([self.patient], now=now)[self.patient.pk],
            "to_come": to_come[::-1],
            "past": past[:SHOWN_AT_ONCE],
            "earlier": past[SHOWN_AT_ONCE:EARLIER_VISITS],
            "events": events,
            "may_erase": self.user_has_permission("delete"),
            "may_book": self.request.user.has_perm("booking.add_appointment"),
        }

    def events(self) -> Any:
        lines = PatientEvent.objects.filter(patient__in=self.patient.family_ids)
        return lines.select_related("by", "appointment", "other").order_by("-at", "-pk")[:100]


class NewPatientView(PatientsMixin):
    """Makes a record; of a booking, if the address names one, whose it then is."""

    any_permission_required = None
    permission_required = "add"
    template_name = "booking/desk/patients/form.html"
    page_title = _("New patient")
    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(PatientForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PatientForm(request.POST)
        if not form.is_valid():
            return self.show(form)
        patient = create_patient(form.details, by=self.user)
        messages.success(request, _("The record is saved."))
        return redirect("patients:record", patient.pk)

    def show(self, form: PatientForm) -> HttpResponse:
        if form.errors:
            messages.error(self.request, _("Not saved yet. Please see below."))
        return self.render_to_response(self.get_context_data(form=form))


class ChangePatientView(PatientMixin):
    """Corrects one record; of several that are merged, the one that the address names."""

    any_permission_required = ["change"]
    template_name = "booking/desk/patients/form.html"
    page_title = _("Change details")
    http_method_names = ["get", "head", "post"]

    @property
    def row(self) -> Patient:
        """The record itself, be it merged into another one or not."""
        return Patient.objects.get(pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(PatientForm.of(self.row))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        row = self.row
        form = PatientForm.of(row, request.POST)
        if not form.is_valid():
            return self.show(form, _("Not saved yet. Please see below."))
        row.version = form.cleaned_data["version"] or row.version
        try:
            change_patient(row, form.details, by=self.user)
        except StalePatient:
            return self.show_as_it_stands()
        messages.success(request, _("Changed. Emails already on their way stay as they are."))
        return redirect(self.record_url)

    def show_as_it_stands(self) -> HttpResponse:
        """Keep what was typed, in a form that goes with the record as it is now."""
        row = self.row
        data = self.request.POST.copy()
        data["version"] = str(row.version)
        message = _(
            "Someone else changed this record, so yours isn’t saved yet. Open the record in "
            "another tab to see theirs. To keep yours, save again."
        )
        return self.show(PatientForm.of(row, data), message)

    def show(self, form: PatientForm, error: Any = None) -> HttpResponse:
        if error:
            messages.error(self.request, error)
        return self.render_to_response(self.get_context_data(form=form))


class ErasePatientView(PatientMixin):
    """Asks before all is taken away that says who somebody was."""

    any_permission_required = ["delete"]
    template_name = "booking/desk/patients/erase.html"
    page_title = _("Erase")
    http_method_names = ["get", "head", "post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            erase_patient(self.patient, by=self.user)
        except StillExpected:
            message = _("A visit or request is still to come. Please cancel it first.")
            messages.error(request, message)
            return redirect(self.record_url)
        except StalePatient:
            messages.error(request, STALE)
            return redirect(self.record_url)
        messages.success(request, _("Erased: the record, and what the visits said of this person."))
        return redirect("patients:index")
