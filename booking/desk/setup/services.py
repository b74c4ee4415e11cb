"""What the clinic offers, kept up by its owners."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSet

from booking.formatting import length_and_price
from booking.models import Service
from clinic_site.admin.viewsets import ProtectedDeleteView


class ServiceDeleteView(ProtectedDeleteView):
    protected_message = _(
        "This service cannot be deleted: appointments name it. Untick “can be booked” instead."
    )


class ServiceViewSet(ModelViewSet):
    model = Service
    name = "services"
    icon = "clipboard-list"
    add_to_reference_index = False
    copy_view_enabled = False
    delete_view_class = ServiceDeleteView
    list_display = [
        "name",
        Column("length_and_price", label=_("Length and price"), accessor=length_and_price),
        BooleanColumn("active", label=_("Can be booked")),
    ]
