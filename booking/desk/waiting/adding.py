"""A caller is put on the waiting list: for what, with whom, when, and how they are reached."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages

from booking.actions.errors import ComesAlready, NotOffered
from booking.actions.waiting.callers import TimeWished, add_caller
from booking.desk.patients.in_booking import ContactPart, contact_of, find_record
from booking.desk.times import DayField
from booking.desk.waiting.access import WaitingMixin
from booking.models import Appointment, Practitioner, Service, ServiceAssignment
from booking.parts_of_day import PartOfDay
from clinic_site.access_log.looks import note_looks
from clinic_site.accounts.models import User
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location


class CallerForm(ContactPart):
    service = forms.ModelChoiceField(
        Service.objects.none(), label=_("Service"), empty_label=_("Please choose")
    )
    location = forms.ModelChoiceField(Location.objects.all(), label=_("Location"), empty_label=None)
    practitioner = forms.ModelChoiceField(
        Practitioner.objects.none(), label=_("With"), required=False, empty_label=_("Anyone")
    )
    first_day = DayField(label=_("Not before"), required=False)
    last_day = DayField(label=_("Not after"), required=False)
    part_of_day = forms.ChoiceField(label=_("Time of day"), choices=PartOfDay.choices)

    of_wish = ("service", "location", "practitioner", "first_day", "last_day", "part_of_day")

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        place = ClinicDetails.load().location or Location.objects.first()
        if place is None:
            raise Location.DoesNotExist
        self.place = place
        self.initial.setdefault("location", self.place.pk)
        fields: Any = self.fields
        fields["email"].help_text = _(
            "Offers go to the address. Without one, they’re calls to make."
        )
        fields["phone"].near = self.place.phone
        fields["service"].help_text = _("For a full class, open its date under Classes.")
        fields["service"].queryset = Service.objects.filter(active=True, seats=0)
        fields["practitioner"].queryset = Practitioner.objects.active()
        if Location.objects.count() == 1:
            fields["location"].widget = forms.HiddenInput()

    @property
    def wish_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.of_wish if not self[name].is_hidden]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._clean_days()
        self._clean_practitioner()
        self.ask_whether_known()
        return cleaned

    def _clean_days(self) -> None:
        first, last = (self.cleaned_data.get(name) for name in ("first_day", "last_day"))
        if last and last < self.place.today:
            self.add_error("last_day", _("This day has passed."))
        elif first and last and last < first:
            self.add_error("last_day", _("The last day can’t be before the first."))

    def _clean_practitioner(self) -> None:
        said = {
            name: self.cleaned_data.get(name) for name in ("practitioner", "service", "location")
        }
        if all(said.values()) and not ServiceAssignment.objects.filter(**said).exists():
            self.add_error("practitioner", _("They don’t do this there. Please choose again."))

    def add(self, by: User) -> Appointment:
        """Put them on the list. Raises NotOffered or ComesAlready."""
        said = self.cleaned_data
        appointment = add_caller(
            said["service"],
            said["location"],
            TimeWished(
                said["practitioner"], said["part_of_day"], said["first_day"], said["last_day"]
            ),
            contact=self.contact,
            idempotency_key=f"waits {said['key']}",
            by=by,
            patient=self.patient,
        )
        self.assign(appointment, by)
        return appointment


class AddCallerView(WaitingMixin, TemplateView):
    any_permission_required = ["change"]
    template_name = "booking/desk/waiting/add.html"
    page_title = _("Add a caller")
    header_icon = "plus"
    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        patient = find_record(request.GET.get("record", ""))
        asked = {name: request.GET[name] for name in ("service",) if name in request.GET}
        return self.show(CallerForm(initial=self.known_of(patient) | asked))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sent = request.POST
        if "choose" in sent:
            known = self.known_of(find_record(sent["choose"])) or {"record": ""}
            return self.show(CallerForm(initial=sent.dict() | known))
        if "look" in sent:
            return self.show(CallerForm(initial=sent.dict()))
        form = CallerForm(sent, initial={})
        if not form.is_valid():
            return self.show(form, error=_("Not added yet. Please see below."))
        try:
            appointment = form.add(self.user)
        except NotOffered:
            form.add_error("service", _("Classes have a waiting list of their own."))
            return self.show(form)
        except ComesAlready as refusal:
            note_looks([refusal.appointment])
            form.add_error("name", _("They’re on the list for this already."))
            return self.show(form)
        messages.success(request, _("%(name)s is on the list.") % {"name": appointment.visitor})
        return redirect(self.back)

    def show(self, form: CallerForm, *, error: Any = None) -> HttpResponse:
        if error:
            messages.error(self.request, error)
        context = self.get_context_data(form=form, found=form.found(), next=self.back)
        return self.render_to_response(context)

    def known_of(self, patient: Any) -> dict[str, Any]:
        """What is known of the patient who has been chosen."""
        if patient is None:
            return {}
        said = contact_of(patient)
        said.pop("access_needs", None)
        service = said.pop("last_service", None)
        return said | ({"service": service} if service else {})
