"""Booking for somebody on the phone: the service, a free time, and whom to expect."""

import secrets
from http import HTTPStatus
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.log_actions import log

from booking.actions import requests
from booking.actions.errors import JustTaken, NotOffered, TimeIsPast
from booking.actions.requests import Contact
from booking.desk.access import DeskMixin
from booking.desk.times import Time, TimesForm, read_time
from booking.models import Appointment, Practitioner, Service
from booking.scheduling.slots import AvailabilityQuery
from clinic_site.accounts.models import User
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location
from clinic_site.forms.fields import EmailField, LineField, NameField, PhoneField, TextField

CONTACT = ("name", "phone", "email", "for_somebody_else", "visitor_name", "access_needs")


class PhoneForm(TimesForm):
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    service = forms.ModelChoiceField(
        Service.objects.order_by("sort_order", "name"),
        label=_("Service"),
        empty_label=_("Please choose"),
    )
    location = forms.ModelChoiceField(Location.objects.all(), label=_("Location"), empty_label=None)
    name = NameField(label=_("Name"), max_length=80)
    phone = PhoneField(label=_("Phone"), required=False)
    email = EmailField(
        label=_("Email"),
        required=False,
        help_text=_("Enter a phone number or an email address. We’ll send emails to the address."),
    )
    new_patient = forms.BooleanField(label=_("New to the clinic"), required=False)
    visitor_name = NameField(label=_("Visit for, if someone else"), max_length=80, required=False)
    access_needs = LineField(label=_("Access needs"), max_length=300, required=False)
    note = TextField(
        label=_("Note"),
        help_text=_("Please leave out medical details."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    required_css_class = "required"
    of_visit = ("service", "location", "practitioner", "first")
    of_patient = (
        "name",
        "phone",
        "email",
        "new_patient",
        "visitor_name",
        "access_needs",
        "note",
    )

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial={"key": secrets.token_hex(16)} | initial)
        location = self._of(Location, "location") or ClinicDetails.load().location
        location = location or Location.objects.first()
        if location is None:
            raise Location.DoesNotExist
        self.initial.setdefault("location", location.pk)
        self.prepare(location, Practitioner.objects.at(location))
        cast(PhoneField, self.fields["phone"]).near = location.phone
        if Location.objects.count() == 1:
            self.fields["location"].widget = forms.HiddenInput()

    @property
    def visit_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.of_visit if not self[name].is_hidden]

    @property
    def patient_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.of_patient]

    def look_for(self, practitioner: Practitioner | None) -> AvailabilityQuery | None:
        service = self._of(Service, "service")
        return service and AvailabilityQuery(service, self.place, practitioner, by_desk=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("phone") and not cleaned.get("email") and "phone" not in self.errors:
            self.add_error("phone", _("Please enter a phone number or an email address."))
        cleaned["chosen"] = self.chosen_time()
        if cleaned["chosen"] is None and not {"slot", "day", "time"} & set(self.errors):
            message = _("Please choose one of the times, or enter a day and time yourself.")
            self.add_error("slot", ValidationError(message, code="required"))
        return cleaned

    def book(self, by: User) -> Appointment:
        """Book it. Raises what the service raises."""
        cleaned, chosen = self.cleaned_data, cast(Time, self.cleaned_data["chosen"])
        visitor = cleaned["visitor_name"]
        return requests.book_time(
            service=cleaned["service"],
            location=cleaned["location"],
            starts_at=chosen.starts_at,
            practitioner=chosen.practitioner or cleaned["practitioner"],
            contact=Contact(
                name=cleaned["name"],
                phone=cleaned["phone"],
                email=cleaned["email"],
                new_patient=cleaned["new_patient"],
                for_somebody_else=bool(visitor),
                visitor_name=visitor,
                access_needs=cleaned["access_needs"],
                note=cleaned["note"],
            ),
            idempotency_key=f"desk {cleaned['key']}",
            by=by,
            outside_hours=self.by_hand,
        )

    def _of(self, model: type[Any], name: str) -> Any:
        key = str((self.data.get(name) if self.is_bound else self.initial.get(name)) or "")
        found = model.objects.filter(pk=key) if key.isdecimal() and len(key) < 10 else None
        return found.first() if found is not None else None


class PhoneView(DeskMixin, TemplateView):
    permission_required = "add"
    any_permission_required = None
    template_name = "booking/desk/book.html"
    page_title = _("Book by phone")
    header_icon = "mobile-alt"
    http_method_names = ["get", "head", "post"]

    def trail(self) -> list[dict[str, Any]]:
        return [{"url": reverse("appointments:index"), "label": _("Appointments")}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(PhoneForm(initial=self.asked()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        sent = request.POST
        if "show" in sent:
            kept = sent.dict() | ({"first": sent["show"]} if sent["show"] else {})
            return self.show(PhoneForm(initial=kept))
        form = PhoneForm(sent, initial={})
        if not form.is_valid():
            return self.show(form, _("Not booked yet. Please see below."))
        try:
            appointment = form.book(by=cast(User, request.user))
        except (TimeIsPast, JustTaken, NotOffered) as refusal:
            message = {
                TimeIsPast: _("That time has passed. Please choose a later one."),
                JustTaken: _("Someone just took this time. Please choose another."),
                NotOffered: _("No one offers this at that time. Please choose another."),
            }[type(refusal)]
            form.add_error("slot" if sent.get("slot") else "time", message)
            return self.show(form, message)
        messages.success(request, _("Booked: %(reference)s.") % {"reference": appointment})
        return redirect("appointments:inspect", appointment.pk)

    def show(self, form: PhoneForm, error: Any = None) -> HttpResponse:
        if error:
            messages.error(self.request, error)
        context = self.get_context_data(form=form)
        return self.render_to_response(context, status=HTTPStatus.OK)

    def asked(self) -> dict[str, Any]:
        """What the address says of the visit: a place in the calendar, or an earlier visit."""
        query = self.request.GET
        asked: dict[str, Any] = {
            name: query[name]
            for name in ("service", "location", "practitioner", "first", "slot")
            if name in query
        }
        try:
            free = read_time(asked["slot"]) if "slot" in asked else None
        except ValidationError:
            del asked["slot"]
            free = None
        if free and free.practitioner:
            asked["practitioner"] = free.practitioner.pk
        return asked | self.patient_of(query.get("patient", ""))

    def patient_of(self, key: str) -> dict[str, Any]:
        """Whom an earlier appointment was for, to book again for the same person."""
        known = Appointment.objects.filter(pk=key) if key.isdecimal() and len(key) < 10 else None
        appointment = known.first() if known is not None else None
        if appointment is None:
            return {}
        log(appointment, "booking.view", user=self.request.user)
        return {name: getattr(appointment, name) for name in CONTACT} | {
            "service": appointment.service_id,
            "location": appointment.location_id,
            "practitioner": appointment.practitioner_id,
        }
