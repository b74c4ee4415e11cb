"""The page of one appointment, and the transitions that are made from it."""

from http import HTTPStatus
from typing import Any, cast

from django.contrib.admin.utils import quote
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from booking.actions.errors import (
    JustTaken,
    NotOffered,
    StaleAppointment,
    TimeIsPast,
    TransitionNotAllowed,
)
from booking.desk.labels import ICONS
from booking.desk.times import value_of
from booking.desk.transition_forms.base import TransitionForm
from booking.desk.transition_forms.reasons import ReasonForm
from booking.desk.transition_forms.table import forms_for
from booking.desk.transition_forms.times import ConfirmForm, GiveTimeForm
from booking.desk.undo import say_changed
from booking.models import Appointment
from booking.patients.matching import candidates_for
from clinic_site.access_log.looks import note_looks
from clinic_site.accounts.models import User
from clinic_site.admin.viewsets import RecordView

State = Appointment.State
NOT_DONE = _("That didn’t go through. Please see below.")
EARLIER_VISITS = 20
PROPOSED = 3


class AppointmentView(RecordView):
    """One appointment: what was promised, whom to reach, what has happened, what can be done."""

    any_permission_required = ["view"]
    template_name = "booking/desk/appointment.html"
    page_title = _("Appointment")
    # The form that was sent and could not be followed, on the way to be shown again.
    sent: TransitionForm | None = None

    def get_queryset(self) -> QuerySet[Appointment]:
        return Appointment.objects.select_related(
            "location", "service", "practitioner__person", "patient__merged_into"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        appointment, may_change = self.object, self.user_has_permission("change")
        related = Appointment.objects.of_same_contact(appointment)
        forms = self.forms() if may_change else []
        whose = appointment.patient
        related = related.select_related("location", "practitioner__person")[:EARLIER_VISITS]
        candidates = [] if whose else candidates_for(appointment)[:PROPOSED]
        note_looks([appointment, *related, whose, whose and whose.merged_into])
        note_looks(one.patient for one in candidates)
        return context | {
            "appointment": appointment,
            "icon": ICONS[State(appointment.state)],
            "events": appointment.events.select_related(
                "by", "from_practitioner__person", "practitioner__person"
            ),
            "proposed": appointment.proposed_times.select_related(
                "location", "practitioner__person"
            ),
            "calls": appointment.call_tasks.select_related("done_by", "closure"),
            "related": related,
            "forms": forms,
            "buttons": [form for form in forms if not isinstance(form, GiveTimeForm | ReasonForm)],
            "pages": [form for form in forms if isinstance(form, GiveTimeForm)],
            "panels": [form for form in forms if isinstance(form, ReasonForm)],
            "confirm": next((form for form in forms if self.confirms_held(form)), None),
            "may_change": may_change,
            "free_again": self.time_called_off,
            "whose": whose,
            "candidates": candidates,
        }

    @property
    def time_called_off(self) -> str:
        """The time that somebody else may have, as addresses name it."""
        visit = self.object
        if visit.state != State.CANCELED or not visit.practitioner_id:
            return ""
        ahead = visit.starts_at is not None and visit.starts_at > timezone.now()
        return value_of(visit.starts_at, visit.practitioner_id) if ahead else ""

    def forms(self) -> list[TransitionForm]:
        """Return a form for each transition from here, the sent one as it was sent."""
        return [
            self.sent if isinstance(self.sent, form) else form(appointment=self.object)
            for form in forms_for(self.object)
        ]

    def confirms_held(self, form: TransitionForm) -> bool:
        """Whether one click will do: the request holds a time."""
        held = self.object.starts_at and self.object.hold_expires_at
        return isinstance(form, ConfirmForm) and bool(held)


class TransitionView(AppointmentView):
    """Takes one of the forms of an appointment; if it gives a time, shows those that are free."""

    http_method_names = ["get", "head", "post"]
    any_permission_required = ["change"]
    form_class: type[TransitionForm] = TransitionForm
    inspect_url_name = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.gives_time or self.form_class not in forms_for(self.object):
            return redirect(self.page_url)
        return self.show(self.form_class(appointment=self.object))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.gives_time and "show" in request.POST:
            return self.show(self.form_class(appointment=self.object, initial=self.typed()))
        form = self.form_class(request.POST, appointment=self.object)
        if form.is_stale:
            return self.show_as_it_stands()
        if not form.is_valid():
            return self.show_again(form, NOT_DONE)
        try:
            event = form.apply(by=cast(User, request.user))
        except (TimeIsPast, JustTaken, NotOffered) as refusal:
            return self.refuse(form, refusal)
        except (StaleAppointment, TransitionNotAllowed):
            return self.show_as_it_stands()
        back = get_valid_next_url_from_request(request) or self.page_url
        say_changed(request, form.done, event, back)
        return redirect(back)

    def refuse(self, form: TransitionForm, refusal: Exception) -> HttpResponse:
        message = {
            TimeIsPast: gettext("That time has passed. Please enter a later one."),
            JustTaken: gettext("No one is free at that time. Please enter another."),
            NotOffered: gettext("No one works at that time. Please enter another."),
        }[type(refusal)]
        if isinstance(refusal, JustTaken) and isinstance(form, GiveTimeForm):
            message = f"{message} {form.clash}".strip()
        by_hand = self.gives_time and form["time"].value()
        form.add_error("time" if by_hand else "slot", message)
        return self.show_again(form, message)

    def typed(self) -> dict[str, Any]:
        """What the form holds, to look for other times without judging it."""
        sent = self.request.POST
        fields = self.form_class(appointment=self.object)
        kept: dict[str, Any] = {
            name: field.widget.value_from_datadict(sent, {}, name)
            for name, field in fields.fields.items()
            if name in sent
        }
        return kept | ({"first": sent["show"]} if sent["show"] else {})

    def show(self, form: TransitionForm, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        """Show the form: on the page for choosing a time, or among the others."""
        self.sent = form
        context = self.get_context_data()
        if self.gives_time and self.form_class in forms_for(self.object):
            self.template_name = "booking/desk/choose_time.html"
            context["form"] = form
        elif self.form_class not in forms_for(self.object):
            context["typed"] = form.typed
        return self.render_to_response(context, status=status)

    def show_again(self, form: TransitionForm, message: Any) -> HttpResponse:
        messages.error(self.request, message)
        return self.show(form)

    def show_as_it_stands(self) -> HttpResponse:
        """Keep what was typed, in a form that goes with the appointment as it is now."""
        self.object = self.get_object()
        data = self.request.POST.copy()
        data["version"] = str(self.object.version)
        message = _("Someone else changed this appointment. Here’s how it looks now.")
        messages.error(self.request, message)
        fresh = self.form_class(data, appointment=self.object)
        return self.show(fresh, HTTPStatus.CONFLICT)

    @property
    def gives_time(self) -> bool:
        return issubclass(self.form_class, GiveTimeForm)

    @property
    def page_url(self) -> str:
        return reverse(self.inspect_url_name, args=[quote(self.object.pk)])
