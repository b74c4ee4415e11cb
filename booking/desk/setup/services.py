"""What the clinic offers, kept up by its owners."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views.generic import CreateView, EditView

from booking.desk.setup.withdrawn import (
    count_affected_appointments,
    warn_of_affected_appointments,
    warn_of_nothing_to_book,
)
from booking.formatting import length_and_price
from booking.models import Appointment, Service
from clinic_site.admin.colors import SignColumn
from clinic_site.admin.edit_conflicts import EditConflictMixin
from clinic_site.admin.viewsets import ProtectedDeleteView, UnreferencedViewSet


class ServiceDeleteView(ProtectedDeleteView):
    protected_message = _(
        "This service has appointments, so you can’t delete it. Uncheck “can be booked” instead."
    )


class WarnsOnSaving:
    request: Any

    def form_valid(self, form: Any) -> Any:
        response = super().form_valid(form)  # type: ignore[misc]
        warn_of_nothing_to_book(self.request, form.instance)
        affected = count_affected_appointments(service=form.instance)
        warn_of_affected_appointments(self.request, affected, state=Appointment.STANDING)
        return response


class ServiceCreateView(WarnsOnSaving, CreateView):
    pass


class ServiceEditView(EditConflictMixin, WarnsOnSaving, EditView):
    pass


class ServiceViewSet(UnreferencedViewSet):
    model = Service
    name = "services"
    icon = "clipboard-list"
    add_view_class = ServiceCreateView
    edit_view_class = ServiceEditView
    delete_view_class = ServiceDeleteView
    create_template_name = edit_template_name = "booking/desk/service_form.html"
    list_display = [
        SignColumn(),
        TitleColumn(
            "name",
            label=_("Name"),
            sort_key="name",
            get_url=lambda service: reverse("services:edit", args=[service.pk]),
        ),
        Column("length_and_price", label=_("Length and price"), accessor=length_and_price),
        BooleanColumn("active", label=_("Can be booked")),
    ]
