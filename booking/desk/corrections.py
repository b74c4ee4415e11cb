"""Correcting what was written down: one form for all of it, on the appointment."""

from http import HTTPStatus
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from booking.actions.corrections import correct_appointment
from booking.actions.errors import JustTaken, NotOffered, StaleAppointment
from booking.desk.appointment_detail import AppointmentView
from booking.desk.calendar.conflicts import clash_of
from booking.desk.calendar.visit import InWindowMixin
from booking.desk.undo import page_of_visit, say_changed
from booking.models import Appointment, Service
from clinic_site.accounts.models import User
from clinic_site.forms.fields import EmailField, LineField, NameField, PhoneField, TextField

LENGTH = [MinValueValidator(5), MaxValueValidator(Appointment.LONGEST_MINUTES)]
OF_PATIENT = (
    "name",
    "phone",
    "email",
    "visitor_name",
    "new_patient",
    "access_needs",
    "note",
)
OF_VISIT = ("service", "duration_minutes")  # of what is in a class, its class says both
NO_SEAT = _("A class has seats. Please book one, and cancel this appointment.")


class CorrectForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    name = NameField(label=_("Name"), max_length=80)
    phone = PhoneField(label=_("Phone"), required=False)
    email = EmailField(label=_("Email"), required=False)
    visitor_name = NameField(label=_("Visit for, if someone else"), max_length=80, required=False)
    new_patient = forms.BooleanField(label=_("New to the clinic"), required=False)
    access_needs = LineField(label=_("Access needs"), max_length=300, required=False)
    note = TextField(
        label=_("Note"),
        help_text=_("Please leave out medical details."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    service = forms.ModelChoiceField(
        Service.objects.order_by("sort_order", "name"), label=_("Service"), empty_label=None
    )
    duration_minutes = forms.IntegerField(label=_("Length in minutes"), validators=LENGTH)
    tell = forms.BooleanField(
        label=_("Email the patient if they’d see the change"), required=False, initial=True
    )

    required_css_class = "required"

    def __init__(self, data: QueryDict | None = None, *, appointment: Appointment) -> None:
        stands = {name: getattr(appointment, name) for name in (*OF_PATIENT, *OF_VISIT, "version")}
        super().__init__(data, initial=stands)
        self.appointment = appointment
        cast(PhoneField, self.fields["phone"]).near = appointment.location.phone
        if appointment.class_session_id:
            for name in OF_VISIT:
                del self.fields[name]

    @property
    def patient_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in OF_PATIENT]

    @property
    def visit_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in OF_VISIT if name in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("phone") and not cleaned.get("email") and "phone" not in self.errors:
            self.add_error("phone", _("Please enter a phone number or an email address."))
        service, minutes = cleaned.get("service"), cleaned.get("duration_minutes")
        if (
            service
            and service != self.appointment.service
            and minutes == self.appointment.duration_minutes
        ):
            # A length that nobody has touched is that of the service.
            cleaned["duration_minutes"] = service.duration_minutes
        return cleaned

    @property
    def tells(self) -> bool:
        return bool(self.cleaned_data["tell"] and self.cleaned_data["email"])

    @property
    def details(self) -> dict[str, Any]:
        asked = [name for name in (*OF_PATIENT, *OF_VISIT) if name in self.fields]
        return {name: self.cleaned_data[name] for name in asked}

    def clean_service(self) -> Service:
        service: Service = self.cleaned_data["service"]
        if service.is_class and service != self.appointment.service:
            raise ValidationError(NO_SEAT)
        return service

    @property
    def clash(self) -> str:
        """What is in the way of a longer visit."""
        visit, cleaned = self.appointment, self.cleaned_data
        if visit.starts_at is None:
            return ""
        minutes = cleaned["duration_minutes"] + cleaned["service"].buffer_minutes
        return clash_of(
            visit.practitioner, visit.starts_at, minutes, visit.location, ignoring=visit
        )


class CorrectView(InWindowMixin, AppointmentView):
    http_method_names = ["get", "head", "post"]
    any_permission_required = ["change"]
    template_name = "booking/desk/correct.html"
    window_template = "booking/desk/calendar/correct.html"
    page_title = _("Correct details")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(CorrectForm(appointment=self.object))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = CorrectForm(request.POST, appointment=self.object)
        if not form.is_valid():
            return self.show(form, _("Nothing is changed yet. Please see below."))
        if form.cleaned_data["version"] != self.object.version:
            return self.show_as_it_stands()
        by, tell = (
            cast(User, request.user),
            form.cleaned_data["tell"] and bool(form["email"].value()),
        )
        try:
            event = correct_appointment(self.object, by=by, tell=tell, **form.details)
        except StaleAppointment:
            return self.show_as_it_stands()
        except NotOffered:  # the service has just become a class
            form.add_error("service", NO_SEAT)
            return self.show(form, _("Nothing is changed yet. Please see below."))
        except JustTaken:
            message = gettext("There’s no room for that length.")
            form.add_error("duration_minutes", f"{message} {form.clash}".strip())
            return self.show(form, message)
        back = get_valid_next_url_from_request(request) or page_of_visit(self.object)
        if event is None:
            messages.success(request, _("Nothing was different."))
        else:
            say_changed(request, _("Corrected."), event, back)
        return redirect(back)

    def show_as_it_stands(self) -> HttpResponse:
        """Keep what was typed, in a form that goes with the appointment as it is now."""
        self.object = self.get_object()
        data = self.request.POST.copy()
        data["version"] = str(self.object.version)
        message = _("Someone else changed this appointment. Here’s what you typed.")
        form = CorrectForm(data, appointment=self.object)
        return self.show(form, message, HTTPStatus.CONFLICT)

    def show(
        self, form: CorrectForm, error: Any = None, status: HTTPStatus = HTTPStatus.OK
    ) -> HttpResponse:
        if error:
            messages.error(self.request, error)
        back = get_valid_next_url_from_request(self.request)
        context = self.get_context_data() | {"form": form, "next": back}
        return self.render_to_response(context, status=status)
