"""All appointments, narrowed down and exported. Who they are of, the box for patients finds."""

from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton

from booking.desk import labels
from booking.desk.appointment_detail import AppointmentView, TransitionView
from booking.desk.corrections import CorrectView
from booking.desk.phone_booking import PhoneView
from booking.desk.transition_forms.table import FORMS
from booking.desk.undo import UndoChangeView
from booking.models import Appointment, Practitioner
from clinic_site.access_log.looks import note_looks
from clinic_site.access_log.models import AccessLine
from clinic_site.admin import spreadsheets
from clinic_site.admin.viewsets import RecordIndexView, RecordViewSet, StateColumn
from clinic_site.clinic import phone
from clinic_site.clinic.models.locations import Location
from clinic_site.clinic.opening_hours import DAY


def on_day(queryset: QuerySet[Appointment], _name: str, day: date) -> QuerySet[Appointment]:
    """Those on a day, each by the clock of its location."""
    spans = [
        Q(
            location=location,
            starts_at__gte=datetime.combine(day, datetime.min.time(), location.zone),
            starts_at__lt=datetime.combine(day + DAY, datetime.min.time(), location.zone),
        )
        for location in Location.objects.all()
    ]
    return queryset.filter(reduce(or_, spans, Q(pk__in=[])))


HEADING = [
    _("Reference"),
    _("State"),
    _("Service"),
    _("Practitioner"),
    _("Location"),
    _("Time"),
    _("Requested"),
    _("Name"),
    _("Phone"),
    _("Email"),
]


def row_of(appointment: Appointment) -> list[str]:
    """A line of the export, in the order of HEADING, times on the clock of the location."""
    starts_at = appointment.starts_at_location
    requested_at = appointment.requested_at.astimezone(appointment.location.zone)
    return [
        appointment.reference,
        str(appointment.get_state_display()),
        appointment.service_name,
        labels.practitioner(appointment),
        appointment.location.name,
        f"{starts_at:%Y-%m-%d %H:%M}" if starts_at else "",
        f"{requested_at:%Y-%m-%d %H:%M}",
        appointment.name,
        phone.readable(appointment.phone) if appointment.phone else "",
        appointment.email,
    ]


class AppointmentFilterSet(WagtailFilterSet):
    state = django_filters.MultipleChoiceFilter(
        label=_("State"),
        choices=Appointment.State.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    day = django_filters.DateFilter(
        label=_("Day"),
        method=on_day,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    practitioner = django_filters.ModelChoiceFilter(
        label=_("Practitioner"),
        queryset=Practitioner.objects.select_related("person"),
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )
    location = django_filters.ModelChoiceFilter(
        label=_("Location"),
        queryset=Location.objects.all(),
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )

    class Meta:
        model = Appointment
        fields = ["state", "day", "practitioner", "location"]


class AppointmentIndexView(RecordIndexView):
    template_name = "booking/desk/list.html"
    # What is typed of a patient stands in no address: they are found by the box above.
    is_searchable = False

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.is_export = self.may_export and request.GET.get("export") in spreadsheets.FORMATS

    @property
    def may_export(self) -> bool:
        return bool(self.request.user.has_perm("booking.export_appointment"))

    @property
    def show_export_buttons(self) -> bool:
        return self.may_export

    @property
    def header_buttons(self) -> list[HeaderButton]:
        if not self.request.user.has_perm("booking.add_appointment"):
            return []
        url = reverse("appointments:book")
        return [HeaderButton(_("Book by phone"), url=url, icon_name="plus")]

    def get_base_queryset(self) -> QuerySet[Appointment]:
        return Appointment.objects.for_desk()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        kind = AccessLine.Kind.EXPORT if self.is_export else AccessLine.Kind.LOOK
        note_looks(context["object_list"], kind=kind)
        return context

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> HttpResponseBase:
        name = f"appointments-{timezone.localdate():%Y-%m-%d}"
        rows = (row_of(appointment) for appointment in queryset)
        response = spreadsheets.response(
            spreadsheet_format, name, [str(title) for title in HEADING], rows
        )
        response["Cache-Control"] = "no-store"
        return response


class AppointmentViewSet(RecordViewSet):
    """Appointments come from the booking form and the phone; the desk deletes nothing."""

    model = Appointment
    name = "appointments"
    icon = "list-ul"
    menu_label = _("All appointments")
    add_to_admin_menu = False
    index_view_class = AppointmentIndexView
    index_template_name = "booking/desk/list.html"
    inspect_view_class = AppointmentView
    filterset_class = AppointmentFilterSet
    list_export = ["reference"]  # whether and what, the view says
    list_display = [
        "reference",
        StateColumn(labels.ICONS),
        Column("service_name", label=_("Service")),
        Column("practitioner", label=_("With"), accessor=labels.practitioner),
        Column("when", label=_("Preferred or agreed"), accessor=labels.when, sort_key="starts_at"),
        Column("name", label=_("Name"), sort_key="name"),
        Column(
            "requested", label=_("Requested"), accessor=labels.requested, sort_key="requested_at"
        ),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("book/", self.construct_view(PhoneView, header_icon="mobile-alt"), name="book"),
            path("<int:pk>/correct/", self.construct_view(CorrectView), name="correct"),
            path("undo/", self.construct_view(UndoChangeView), name="undo"),
            *(
                path(
                    f"<int:pk>/{form.event_type}/",
                    self.construct_view(TransitionView, form_class=form),
                    name=str(form.event_type),
                )
                for form in FORMS
            ),
        ]
