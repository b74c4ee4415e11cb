from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from clinic_site.admin.viewsets import ProtectedDeleteView
from clinic_site.clinic.models import Location


class LocationDeleteView(ProtectedDeleteView):
    protected_message = _("This location cannot be deleted: the clinic or appointments name it.")


class LocationViewSet(ModelViewSet):
    model = Location
    icon = "home"
    menu_label = _("Locations")
    add_to_settings_menu = True
    list_display = ["name", "street", "city", "phone"]
    list_export: list[str] = []
    delete_view_class = LocationDeleteView


@hooks.register("register_admin_viewset")
def register_locations() -> LocationViewSet:
    return LocationViewSet()
