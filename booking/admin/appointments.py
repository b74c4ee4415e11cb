"""The list of appointments, and the page of one with what can be done about it."""

from http import HTTPStatus
from typing import Any, cast

from django.contrib.admin.utils import quote
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.log_actions import log

from booking.admin.forms import FORMS, DeskForm
from booking.models import Appointment
from booking.services import (
    JustTaken,
    NotOffered,
    StaleAppointment,
    TimeIsPast,
    WrongState,
    moves_from,
)
from clinic_site.admin import RecordIndexView, RecordView, RecordViewSet, StateColumn

State = Appointment.State

ICONS = {
    State.REQUESTED: "time",
    State.PROPOSED: "comment",
    State.CONFIRMED: "check",
    State.DECLINED: "cross",
    State.EXPIRED: "history",
    State.CANCELLED: "no-view",
    State.ARRIVED: "user",
    State.COMPLETED: "success",
    State.NO_SHOW: "warning",
}

NOT_DONE = _("This could not be done: please see below.")


def when(appointment: Appointment) -> str:
    """Say the agreed time, or else the wish, on the clock of the location."""
    if appointment.starts_at_location:
        return format_date(appointment.starts_at_location, gettext("D, M j, Y, g:i A"))
    for wish in appointment.wishes:
        return f"{format_date(wish.day, gettext('D, M j, Y'))}, {wish.part}"
    return gettext("asks to be rung") if appointment.wants_call else ""


def requested(appointment: Appointment) -> str:
    at = appointment.requested_at.astimezone(appointment.location.zone)
    return format_date(at, gettext("M j, Y, g:i A"))


class AppointmentIndexView(RecordIndexView):
    def get_base_queryset(self) -> QuerySet[Appointment]:
        return Appointment.objects.for_desk()


class AppointmentView(RecordView):
    """One appointment: what was asked, whom to reach, what has happened, what can be done."""

    any_permission_required = ["view"]
    template_name = "booking/admin/appointment.html"
    page_title = _("Appointment")
    # The form that was sent and could not be followed, on the way to be shown again.
    sent: DeskForm | None = None

    def get_queryset(self) -> QuerySet[Appointment]:
        return Appointment.objects.select_related("location")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        log(self.object, "booking.view", user=self.request.user)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "appointment": self.object,
            "icon": ICONS[State(self.object.state)],
            "events": self.object.events.select_related("by"),
            "forms": self.forms() if self.user_has_permission("change") else [],
        }

    def forms(self) -> list[DeskForm]:
        """Return a form for each move that leads on from here, the sent one as it was sent."""
        moves = [form for form in FORMS if form.to in moves_from(self.object.state)]
        return [
            self.sent if isinstance(self.sent, form) else form(appointment=self.object)
            for form in moves
        ]


class MoveView(AppointmentView):
    """Takes one of the forms on an appointment's page."""

    http_method_names = ["get", "head", "post"]
    any_permission_required = ["change"]
    form_class: type[DeskForm] = DeskForm
    inspect_url_name = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.page_url)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form_class(request.POST, appointment=self.object)
        if not form.is_valid():
            return self.show_again(form, NOT_DONE)
        try:
            form.apply(by=cast(User, request.user))
        except TimeIsPast:
            form.add_error("time", _("This time is over. Please give one to come."))
            return self.show_again(form, NOT_DONE)
        except JustTaken:
            form.add_error("time", _("Nobody is free at this time. Please give another."))
            return self.show_again(form, NOT_DONE)
        except NotOffered:
            form.add_error("time", _("Nobody works at this time. Please give another."))
            return self.show_again(form, NOT_DONE)
        except (StaleAppointment, WrongState):
            return self.show_as_it_stands(form)
        messages.success(request, form.done)
        return redirect(self.page_url)

    def show_again(
        self, form: DeskForm, message: Any, status: HTTPStatus = HTTPStatus.OK
    ) -> HttpResponse:
        self.sent = form
        messages.error(self.request, message)
        return self.render_to_response(self.get_context_data(), status=status)

    def show_as_it_stands(self, form: DeskForm) -> HttpResponse:
        """Keep what was typed, in a form that goes with the appointment as it is now."""
        self.object = self.get_object()
        data = self.request.POST.copy()
        data["version"] = str(self.object.version)
        fresh = self.form_class(data, appointment=self.object)
        message = _("Somebody else has changed this appointment. Here is how it stands now.")
        return self.show_again(fresh, message, HTTPStatus.CONFLICT)

    @property
    def page_url(self) -> str:
        return reverse(self.inspect_url_name, args=[quote(self.object.pk)])


class AppointmentViewSet(RecordViewSet):
    """Appointments come from the booking form; the desk answers, and deletes nothing."""

    model = Appointment
    name = "appointments"
    icon = "calendar-alt"
    menu_order = 150
    index_view_class = AppointmentIndexView
    inspect_view_class = AppointmentView
    list_filter = ["state"]
    list_display = [
        "reference",
        StateColumn(ICONS),
        Column("service_name", label=_("Service")),
        Column("when", label=_("Wished or agreed"), accessor=when),
        Column("name", label=_("Name"), sort_key="name"),
        Column("requested", label=_("Requested"), accessor=requested, sort_key="requested_at"),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            *(
                path(
                    f"<int:pk>/{form.to}/",
                    self.construct_view(MoveView, form_class=form),
                    name=form.to,
                )
                for form in FORMS
            ),
        ]
