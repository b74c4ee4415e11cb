"""Practitioners, each on one page: what they do where, and when they work."""

from typing import Any

from django import forms
from django.forms import BaseInlineFormSet, inlineformset_factory
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import HeaderButton

from booking.desk.setup.calendar_feeds import CalendarsView
from booking.desk.setup.withdrawn import (
    count_affected_appointments,
    warn_of_affected_appointments,
    warn_of_nothing_to_book,
)
from booking.desk.times import ClockField, DayField
from booking.models import Appointment, Practitioner, ServiceAssignment, WeeklyHours
from clinic_site.admin.edit_conflicts import EditConflictMixin
from clinic_site.admin.viewsets import ProtectedDeleteView
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location

EMPTY_ROWS = 3


class WeeklyHoursForm(forms.ModelForm[WeeklyHours]):
    begins = ClockField(label=_("From"))
    ends = ClockField(label=_("To"))
    first_day = DayField(label=_("First day"), required=False)
    last_day = DayField(label=_("Last day"), required=False)

    class Meta:
        model = WeeklyHours
        fields = ["weekday", "begins", "ends", "location", "first_day", "last_day"]


class ServiceAssignmentForm(forms.ModelForm[ServiceAssignment]):
    class Meta:
        model = ServiceAssignment
        fields = ["service", "location"]


ServiceAssignmentFormSet = inlineformset_factory(
    Practitioner, ServiceAssignment, form=ServiceAssignmentForm, extra=EMPTY_ROWS, can_delete=True
)
WeeklyHoursFormSet = inlineformset_factory(
    Practitioner, WeeklyHours, form=WeeklyHoursForm, extra=EMPTY_ROWS, can_delete=True
)


class WithRows:
    """Keeps the rows below a practitioner, together with the practitioner's own fields."""

    request: Any
    form: Any

    def rows(self, instance: Practitioner | None) -> list[BaseInlineFormSet[Any, Any, Any]]:
        data = self.request.POST if self.request.method == "POST" else None
        main = ClinicDetails.load().location or Location.objects.first()
        # An empty row proposes the main location, and counts as empty all the same.
        proposed = [{"location": main and main.pk}] * EMPTY_ROWS
        return [
            ServiceAssignmentFormSet(
                data, instance=instance, prefix="assignments", initial=proposed
            ),
            WeeklyHoursFormSet(data, instance=instance, prefix="hours", initial=proposed),
        ]

    @cached_property
    def formsets(self) -> list[BaseInlineFormSet[Any, Any, Any]]:
        return self.rows(getattr(self, "object", None))

    def is_valid(self, form: Any) -> bool:
        # Every one is asked, so that each shows its errors.
        rows_valid = min(*(formset.is_valid() for formset in self.formsets))
        valid: bool = super().is_valid(form)  # type: ignore[misc]
        if valid and not rows_valid:
            self.produced_error_code = "validation_error"
            self.produced_error_message = _("Please check the rows below. Some can’t be saved.")
        return valid and rows_valid

    def save_instance(self) -> Practitioner:
        practitioner: Practitioner = super().save_instance()  # type: ignore[misc]
        for formset in self.formsets:
            formset.instance = practitioner
            formset.save()
        return practitioner

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        assignments, hours = self.formsets
        return context | {"assignments": assignments, "hours": hours}

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


class PractitionerCreateView(WithRows, CreateView):
    template_name = "booking/desk/practitioner_form.html"


class PractitionerEditView(EditConflictMixin, WithRows, EditView):
    template_name = "booking/desk/practitioner_form.html"

    def says_otherwise(self, form: Any) -> bool:
        rows = any(formset.has_changed() for formset in self.rows(self.object))
        return rows or super().says_otherwise(form)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        url = reverse("practitioners:calendars", args=[self.object.pk])
        return [HeaderButton(_("Calendar program"), url=url, icon_name="date")]


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


class PractitionerViewSet(ModelViewSet):
    model = Practitioner
    name = "practitioners"
    icon = "group"
    menu_label = _("Practitioners")
    add_to_reference_index = False
    copy_view_enabled = False
    form_fields = ["person", "active"]
    index_view_class = PractitionerIndexView
    add_view_class = PractitionerCreateView
    edit_view_class = PractitionerEditView
    delete_view_class = PractitionerDeleteView
    create_template_name = edit_template_name = "booking/desk/practitioner_form.html"

    list_display = [
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
