"""What the clinic offers, kept up by its owners."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.model import ModelViewSet

from booking.desk.setup.withdrawn import (
    count_affected_appointments,
    warn_of_affected_appointments,
    warn_of_nothing_to_book,
)
from booking.formatting import length_and_price
from booking.models import Appointment, Service
from clinic_site.admin.edit_conflicts import EditConflictMixin
from clinic_site.admin.viewsets import ProtectedDeleteView


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


class ServiceViewSet(ModelViewSet):
    model = Service
    name = "services"
    icon = "clipboard-list"
    add_to_reference_index = False
    copy_view_enabled = False
    add_view_class = ServiceCreateView
    edit_view_class = ServiceEditView
    delete_view_class = ServiceDeleteView
    list_display = [
        "name",
        Column("length_and_price", label=_("Length and price"), accessor=length_and_price),
        BooleanColumn("active", label=_("Can be booked")),
    ]
