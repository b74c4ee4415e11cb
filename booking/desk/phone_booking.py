"""Booking for somebody on the phone: the service, a free time, and whom to expect."""

from http import HTTPStatus
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from booking.actions import requests
from booking.actions.classes.waiting import wait_for_seat
from booking.actions.errors import ComesAlready, JustTaken, NotOffered, TimeIsPast
from booking.desk.access import DeskMixin
from booking.desk.calendar.conflicts import clash_of
from booking.desk.full_dates import full_dates
from booking.desk.patients.in_booking import ContactPart, contact_of, find_record
from booking.desk.times import Time, TimesForm, Week, read_time
from booking.desk.transition_forms.base import EventType
from booking.desk.twice import TwiceMixin
from booking.desk.undo import page_of_visit, say_changed
from booking.models import Appointment, Practitioner, Service, ServiceAssignment
from booking.patients.doubles import Visitor
from booking.scheduling.slots import AvailabilityQuery
from clinic_site.access_log.looks import note_looks
from clinic_site.accounts.models import User
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location
from clinic_site.forms.fields import LineField, PhoneField

CONTACT = ("name", "phone", "email", "for_somebody_else", "visitor_name", "access_needs")


class PhoneForm(ContactPart, TwiceMixin, TimesForm):
    service = forms.ModelChoiceField(
        Service.objects.order_by("sort_order", "name"),
        label=_("Service"),
        empty_label=_("Please choose"),
    )
    location = forms.ModelChoiceField(Location.objects.all(), label=_("Location"), empty_label=None)
    access_needs = LineField(label=_("Access needs"), max_length=300, required=False)

    # The class that was chosen is full: they can be put on its waiting list.
    full = forms.BooleanField(required=False, widget=forms.HiddenInput)

    may_wait = False
    of_visit: tuple[str, ...] = ("service", "location", "practitioner", "first")
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
        super().__init__(data, initial=initial)
        self.may_wait = bool(self["full"].value())
        self.fields["email"].help_text = _(
            "Enter a phone number or an email address. We’ll send emails to the address."
        )
        location = self._of(Location, "location") or ClinicDetails.load().location
        location = location or Location.objects.first()
        if location is None:
            raise Location.DoesNotExist
        self.initial.setdefault("location", location.pk)
        self.prepare(location, Practitioner.objects.at(location))
        cast(PhoneField, self.fields["phone"]).near = location.phone
        cast(forms.ModelChoiceField, self.fields["service"]).queryset = self.services()
        if Location.objects.count() == 1:
            self.fields["location"].widget = forms.HiddenInput()

    def services(self) -> QuerySet[Service]:
        """What the person does whose time was pressed in the calendar; else everything.

        A class has its own dates: it is pressed itself.
        """
        services = Service.objects.order_by("sort_order", "name")
        try:
            time = read_time(str(self["slot"].value() or ""))
        except ValidationError:
            time = None
        if not (self["as_clicked"].value() and time and time.practitioner):
            return services
        theirs = {"practitioner": time.practitioner, "location": self.place}
        theirs_alone = ServiceAssignment.objects.filter(**theirs).values("service")
        return services.filter(pk__in=theirs_alone, seats=0)

    @property
    def visit_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.of_visit if not self[name].is_hidden]

    @property
    def week(self) -> Week | None:
        week = super().week
        if week:
            week.full = full_dates(week)
        return week

    def look_for(self, practitioner: Practitioner | None) -> AvailabilityQuery | None:
        service = self._of(Service, "service")
        return service and AvailabilityQuery(service, self.place, practitioner, by_desk=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["chosen"] = self.chosen_time()
        if cleaned["chosen"] is None and not {"slot", "day", "time"} & set(self.errors):
            message = _("Please choose one of the times, or enter a day and time yourself.")
            self.add_error("slot", ValidationError(message, code="required"))
        self.ask_whether_known()
        if not self.errors:
            self.look_for_doubles()
        return cleaned

    def look_for_doubles(self) -> None:
        cleaned = self.cleaned_data
        visitor = Visitor(
            cleaned["visitor_name"] or cleaned["name"],
            cleaned["phone"],
            cleaned["email"],
            self.patient,
        )
        service: Service = cleaned["service"]
        starts_at = cast(Time, cleaned["chosen"]).starts_at
        self.warn_of_doubles(visitor, starts_at, service.duration_minutes, cleaned["location"])

    def book(self, by: User) -> Appointment:
        """Book it. Raises what the service raises."""
        cleaned, chosen = self.cleaned_data, cast(Time, self.cleaned_data["chosen"])
        service, practitioner = cleaned["service"], chosen.practitioner or cleaned["practitioner"]
        who: dict[str, Any] = {
            "contact": self.contact,
            "idempotency_key": f"desk {cleaned['key']}",
            "by": by,
            "patient": self.patient,
        }
        if "wait" in self.data and service.is_class:
            search = AvailabilityQuery(service, self.place, practitioner, by_desk=True)
            appointment = wait_for_seat(search, chosen.starts_at, **who)
        else:
            appointment = requests.book_time(
                service=service,
                location=cleaned["location"],
                starts_at=chosen.starts_at,
                practitioner=practitioner,
                outside_hours=self.by_hand,
                **who,
            )
        self.assign(appointment, by)
        return appointment

    @property
    def clash(self) -> str:
        """What is in the way of the time that was given."""
        cleaned, chosen = self.cleaned_data, cast(Time, self.cleaned_data["chosen"])
        service: Service = cleaned["service"]
        return clash_of(
            chosen.practitioner or cleaned["practitioner"],
            chosen.starts_at,
            service.duration_minutes + service.buffer_minutes,
            self.place,
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
        if "choose" in sent or (sent.get("look") and sent.get("find")):
            return self.show(PhoneForm(initial=self.for_patient(sent)))
        if "look" in sent:
            return self.show(PhoneForm(initial=sent.dict()))
        form = PhoneForm(sent, initial={})
        if not form.is_valid():
            return self.show(form, _("Not booked yet. Please see below."))
        try:
            appointment = form.book(by=cast(User, request.user))
        except (ComesAlready, TimeIsPast, JustTaken, NotOffered) as refusal:
            form.may_wait = isinstance(refusal, JustTaken) and form.cleaned_data["service"].is_class
            message = {
                ComesAlready: gettext("This person already has a seat in this class, or waits."),
                TimeIsPast: gettext("That time has passed. Please choose a later one."),
                JustTaken: gettext("This time is taken. Please choose another."),
                NotOffered: gettext("No one offers this at that time. Please choose another."),
            }[type(refusal)]
            if form.may_wait:
                message = gettext("This class is full. Choose another date, or the waiting list.")
            elif isinstance(refusal, JustTaken):
                message = f"{message} {form.clash}".strip()
            form.add_error("slot" if sent.get("slot") else "time", message)
            return self.show(form, message)
        back = get_valid_next_url_from_request(request) or page_of_visit(appointment)
        words = _("Booked: %(reference)s.") % {"reference": appointment}
        event = appointment.events.earliest("pk")
        if event.event_type != EventType.BOOKED:
            words = _("On the waiting list: %(reference)s.") % {"reference": appointment}
        say_changed(request, words, event, back)
        return redirect(back)

    def show(self, form: PhoneForm, error: Any = None) -> HttpResponse:
        if error:
            messages.error(self.request, error)
        found = form.found()
        context = self.get_context_data(form=form, found=found)
        return self.render_to_response(context, status=HTTPStatus.OK)

    def asked(self) -> dict[str, Any]:
        """What the address says of the visit: a place in the calendar, or an earlier visit."""
        query = self.request.GET
        asked: dict[str, Any] = {
            name: query[name]
            for name in (
                "service",
                "location",
                "practitioner",
                "first",
                "slot",
                "as_clicked",
                "full",
            )
            if name in query
        }
        try:
            free = read_time(asked["slot"]) if "slot" in asked else None
        except ValidationError:
            del asked["slot"]
            free = None
        if free and free.practitioner:
            asked["practitioner"] = free.practitioner.pk
        return asked | patient_of(query.get("patient", "")) | self.of_record(query)

    def of_record(self, query: QueryDict) -> dict[str, Any]:
        """Whom the address names by a record of theirs."""
        patient = find_record(query.get("record", ""))
        if patient is None:
            return {}
        said = contact_of(patient)
        return said | ({} if "service" in query else {"service": said.pop("last_service", "")})

    def for_patient(self, sent: QueryDict) -> dict[str, Any]:
        """What the form holds, and what is known of the patient who has been chosen."""
        kept: dict[str, Any] = sent.dict()
        patient = find_record(sent.get("choose", ""))
        if patient is None:
            return kept | {"record": ""}
        said = contact_of(patient)
        last = said.pop("last_service", "")
        return kept | said | {"service": kept.get("service") or last}


def patient_of(key: str) -> dict[str, Any]:
    """Whom an earlier appointment was for, to book again for the same person."""
    known = Appointment.objects.filter(pk=key) if key.isdecimal() and len(key) < 10 else None
    appointment = known.first() if known is not None else None
    if appointment is None:
        return {}
    note_looks([appointment])
    return {name: getattr(appointment, name) for name in CONTACT} | {
        "service": appointment.service_id,
        "location": appointment.location_id,
        "practitioner": appointment.practitioner_id,
    }
