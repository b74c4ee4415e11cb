"""The admin's screens of people and locations."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.generic import EditView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.snippets.views import snippets

from clinic_site.admin.edit_conflicts import EditConflictMixin
from clinic_site.admin.viewsets import ProtectedDeleteView
from clinic_site.clinic.models import Location


class PersonEditView(EditConflictMixin, snippets.EditView):
    pass


class PersonViewSet(snippets.SnippetViewSet):
    edit_view_class = PersonEditView


class LocationEditView(EditConflictMixin, EditView):
    pass


class LocationDeleteView(ProtectedDeleteView):
    protected_message = _("This location is in use, so you can’t delete it.")


class LocationViewSet(ModelViewSet):
    model = Location
    icon = "home"
    menu_label = _("Locations")
    add_to_settings_menu = True
    list_display = ["name", "street", "city", "phone"]
    list_export: list[str] = []
    edit_view_class = LocationEditView
    delete_view_class = LocationDeleteView
