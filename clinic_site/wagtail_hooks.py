from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from clinic_site.models import Location


class LocationViewSet(ModelViewSet):
    model = Location
    icon = "home"
    menu_label = _("Locations")
    add_to_settings_menu = True
    list_display = ["name", "street", "city", "phone"]
    list_export: list[str] = []


@hooks.register("register_admin_viewset")
def register_locations() -> LocationViewSet:
    return LocationViewSet()


@hooks.register("insert_global_admin_js")
def start_choosers() -> SafeString:
    return format_html('<script src="{}"></script>', static("js/admin/choosers.js"))
