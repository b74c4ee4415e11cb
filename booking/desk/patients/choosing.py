"""Choosing a patient: for a booking, to merge two records, or to say who books for whom."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages

from booking.actions.errors import StaleAppointment, StalePatient
from booking.actions.patients.assigning import attach, attach_new, detach
from booking.actions.patients.merging import merge, take_apart
from booking.actions.patients.records import set_booker
from booking.desk.patients.access import (
    STALE,
    PatientsMixin,
    address_with,
    looked_for,
    note_found,
)
from booking.desk.patients.record import PatientMixin
from booking.desk.patients.undo import say_assigned
from booking.desk.undo import is_number, page_of_visit
from booking.models import Appointment, Patient, PatientEvent
from booking.patients.matching import Candidate, candidates_for
from booking.patients.search import FoundPatient, find_patients, visits_of
from clinic_site.access_log.looks import note_looks

PROPOSED = 10


class ChoosingView(PatientsMixin):
    """Proposes patients and finds others; what becomes of the chosen one, each subclass says."""

    any_permission_required = ["change"]
    template_name = "booking/desk/patients/choose.html"
    http_method_names = ["get", "head", "post"]
    button: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        text, now = looked_for(self.request), timezone.now()
        found: list[FoundPatient] = []
        if text:
            both = find_patients(text, now=now)
            note_found(both)
            found = both.patients
        proposed = [] if text else self.proposals()[:PROPOSED]
        note_looks(one.patient for one in proposed)
        visits = visits_of([one.patient for one in proposed], now=now) if proposed else {}
        unfit = self.unfit()
        return context | {
            "q": text,
            "found": [one for one in found if one.patient.pk not in unfit],
            "proposed": [
                (one, FoundPatient(one.patient, visits[one.patient.pk]))
                for one in proposed
                if one.patient.pk not in unfit
            ],
            "button": self.button,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "q" in request.POST:
            return redirect(address_with(request.path, request.POST["q"]))
        key = request.POST.get("patient", "")
        chosen = Patient.objects.records().filter(pk=key).first() if is_number(key) else None
        if chosen is None or chosen.pk in self.unfit():
            messages.error(request, _("Please choose one of the patients."))
            return redirect(request.path)
        return self.choose(chosen)

    def proposals(self) -> list[Candidate]:
        return []

    def unfit(self) -> set[int]:
        """Who is not to be chosen."""
        return set()

    def choose(self, chosen: Patient) -> HttpResponse:
        raise NotImplementedError


class AssignView(ChoosingView):
    """Says whose a booking is: one of those proposed, one found, or somebody new."""

    any_permission_required = ["change"]
    page_title = _("Whose booking is this?")
    button = _("This patient")
    appointment: Appointment

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if self.permission_policy.user_has_permission(request.user, "change"):
            rows = Appointment.objects.filter(erased_at=None)
            rows = rows.select_related("location", "practitioner__person", "patient")
            self.appointment = get_object_or_404(rows, pk=kwargs["pk"])

    def trail(self) -> list[dict[str, Any]]:
        visit = {"url": page_of_visit(self.appointment), "label": self.appointment.reference}
        return [*super().trail(), visit]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        note_looks([self.appointment])
        return super().get_context_data(**kwargs) | {"appointment": self.appointment}

    def proposals(self) -> list[Candidate]:
        return candidates_for(self.appointment)

    def unfit(self) -> set[int]:
        mine = self.appointment.patient
        return {mine.record_id} if mine else set()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if "new" in request.POST:
                made = attach_new(self.appointment, by=self.user)
                event = made.events.get(event_type=PatientEvent.EventType.ATTACHED)
                return self.done(_("A new record is made, and this booking is in it."), event)
            if "nobody" in request.POST:
                event = detach(self.appointment, by=self.user)
                return self.done(_("Taken out. The booking is nobody’s for now."), event)
            return super().post(request, *args, **kwargs)
        except (StaleAppointment, StalePatient):
            messages.error(request, _("Someone else just decided whose booking this is."))
            return redirect(page_of_visit(self.appointment))

    def choose(self, chosen: Patient) -> HttpResponse:
        event = attach(self.appointment, chosen, by=self.user)
        return self.done(_("The booking is assigned."), event)

    def done(self, words: Any, event: PatientEvent) -> HttpResponse:
        back = page_of_visit(self.appointment)
        say_assigned(self.request, words, [event], back)
        return redirect(back)


class MergeView(PatientMixin, ChoosingView):
    """Puts another record into this one, or takes one out again."""

    any_permission_required = ["change"]
    page_title = _("Merge with another record")
    button = _("Merge into this record")

    def proposals(self) -> list[Candidate]:
        """Those with the same name, number or address."""
        like = Appointment(
            name=self.patient.name,
            phone=next(iter(self.patient.phone_numbers), ""),
            email=next(iter(self.patient.email_addresses), ""),
        )
        return [one for one in candidates_for(like) if one.same_name]

    def unfit(self) -> set[int]:
        return {self.patient.pk}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.POST.get("apart", "")
        try:
            if key:
                merged = {str(one.pk): one for one in self.patient.merged.all()}
                if key not in merged:
                    raise StalePatient
                take_apart(self.patient, merged[key], by=self.user)
                messages.success(request, _("Taken apart. They are two records again."))
                return redirect(self.record_url)
            return super().post(request, *args, **kwargs)
        except StalePatient:
            messages.error(request, STALE)
            return redirect(self.record_url)

    def choose(self, chosen: Patient) -> HttpResponse:
        merge(self.patient, chosen, by=self.user)
        words = _("Merged. If that was a mistake, take them apart below.")
        messages.success(self.request, words)
        return redirect(self.record_url)


class BookersView(PatientMixin, ChoosingView):
    """Says who books for a patient, or that somebody does so no longer."""

    any_permission_required = ["change"]
    page_title = _("Who books for this patient?")
    button = _("Books for this patient")

    def unfit(self) -> set[int]:
        return {self.patient.pk, *(one.pk for one in self.patient.booked_by)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        key = request.POST.get("remove", "")
        if not key:
            return super().post(request, *args, **kwargs)
        booker = next((one for one in self.patient.booked_by if str(one.pk) == key), None)
        if booker:
            set_booker(self.patient, booker, by=self.user, books=False)
            messages.success(request, _("Noted. They no longer book for this patient."))
        return redirect(self.record_url)

    def choose(self, chosen: Patient) -> HttpResponse:
        set_booker(self.patient, chosen, by=self.user, books=True)
        messages.success(self.request, _("Noted. They book for this patient."))
        return redirect(self.record_url)
