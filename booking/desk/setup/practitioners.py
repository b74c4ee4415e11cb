"""Practitioners, each on one page: their color, what they do where, and when they work."""

from typing import Any

from django import forms
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.widgets.button import HeaderButton

from booking.desk.setup.assignments import AssignmentsForm
from booking.desk.setup.calendar_feeds import CalendarsView
from booking.desk.setup.weekly_hours import hours_rows, save_hours
from booking.desk.setup.withdrawn import (
    count_affected_appointments,
    warn_of_affected_appointments,
    warn_of_nothing_to_book,
)
from booking.models import Appointment, Practitioner
from clinic_site.admin.colors import ColorSelect, SignColumn
from clinic_site.admin.edit_conflicts import EditConflictMixin
from clinic_site.admin.viewsets import ProtectedDeleteView, UnreferencedViewSet
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location


class WithServicesAndHours:
    """Keeps what a practitioner does and when, together with the practitioner's own fields."""

    request: Any
    form: Any

    def rows(self, instance: Practitioner | None) -> tuple[AssignmentsForm, Any]:
        data = self.request.POST if self.request.method == "POST" else None
        main = ClinicDetails.load().location
        locations = sorted(Location.objects.all(), key=lambda place: (place != main, place.pk))
        services = AssignmentsForm(data, practitioner=instance, locations=locations)
        return services, hours_rows(instance, locations, data)

    @cached_property
    def parts(self) -> tuple[AssignmentsForm, Any]:
        return self.rows(getattr(self, "object", None))

    def is_valid(self, form: Any) -> bool:
        # Every one is asked, so that each shows its errors.
        parts_valid = min(*(part.is_valid() for part in self.parts))
        valid: bool = super().is_valid(form)  # type: ignore[misc]
        if valid and not parts_valid:
            self.produced_error_code = "validation_error"
            self.produced_error_message = _("Please check the rows below. Some can’t be saved.")
        return valid and parts_valid

    def save_instance(self) -> Practitioner:
        practitioner: Practitioner = super().save_instance()  # type: ignore[misc]
        services, hours = self.parts
        services.save_for(practitioner)
        save_hours(practitioner, hours)
        return practitioner

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        services, hours = self.parts
        return context | {"services": services, "hours": hours}

    def get_success_url(self) -> str:
        return reverse("practitioners:index")

    def form_valid(self, form: Any) -> Any:
        response = super().form_valid(form)  # type: ignore[misc]
        warn_of_nothing_to_book(self.request, form.instance)
        affected = count_affected_appointments(practitioner=form.instance)
        warn_of_affected_appointments(
            self.request, affected, practitioner=form.instance.pk, state=Appointment.STANDING
        )
        return response


class PractitionerCreateView(WithServicesAndHours, CreateView):
    template_name = "booking/desk/practitioner_form.html"


class PractitionerEditView(EditConflictMixin, WithServicesAndHours, EditView):
    template_name = "booking/desk/practitioner_form.html"

    def says_otherwise(self, form: Any) -> bool:
        rows = any(part.has_changed() for part in self.rows(self.object))
        return rows or super().says_otherwise(form)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("practitioners:calendars", args=[self.object.pk])
        return [HeaderButton(_("Calendar feed"), url=url, icon_name="date")]


class PractitionerDeleteView(ProtectedDeleteView):
    protected_message = _(
        "This practitioner has appointments, so you can’t delete them. Uncheck “can be "
        "booked” instead."
    )


class PractitionerIndexView(IndexView):
    def get_base_queryset(self) -> Any:
        return Practitioner.objects.select_related("person").prefetch_related(
            "assignments__service", "weekly_hours"
        )


def offers(practitioner: Practitioner) -> str:
    names = dict.fromkeys(offering.service.name for offering in practitioner.assignments.all())
    return ", ".join(names)


def works(practitioner: Practitioner) -> str:
    spans = practitioner.weekly_hours.all()
    return ", ".join(dict.fromkeys(str(span.get_weekday_display())[:3] for span in spans))


class PractitionerViewSet(UnreferencedViewSet):
    model = Practitioner
    name = "practitioners"
    icon = "group"
    menu_label = _("Practitioners")
    panels = [
        FieldPanel("person", widget=forms.Select),
        FieldPanel("active"),
        FieldPanel("color", widget=ColorSelect),
    ]
    index_view_class = PractitionerIndexView
    add_view_class = PractitionerCreateView
    edit_view_class = PractitionerEditView
    delete_view_class = PractitionerDeleteView
    create_template_name = edit_template_name = "booking/desk/practitioner_form.html"

    list_display = [
        SignColumn(),
        TitleColumn(
            "name",
            label=_("Name"),
            sort_key="person__name",
            get_url=lambda practitioner: reverse("practitioners:edit", args=[practitioner.pk]),
        ),
        Column("offers", label=_("Offers"), accessor=offers),
        Column("works", label=_("Works"), accessor=works),
        BooleanColumn("active", label=_("Can be booked")),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        calendars = self.construct_view(
            CalendarsView, permission_policy=CalendarsView.permission_policy
        )
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/calendars/", calendars, name="calendars"),
        ]
