"""The addresses of the screens about patients, and their entry in the menu."""

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from booking.desk.patients.access import PATIENTS
from booking.desk.patients.choosing import AssignView, BookersView, MergeView
from booking.desk.patients.listing import PatientsView, SearchPatientsView, TypingView
from booking.desk.patients.record import (
    ChangePatientView,
    ErasePatientView,
    NewPatientView,
    PatientView,
)
from booking.desk.patients.undo import UndoAssignmentView
from booking.desk.patients.who_saw import WhoSawPatientView


class PatientMenuItem(MenuItem):
    """Stands in the menu of those who may see patients."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(PATIENTS.user_has_permission(request.user, "view"))


class PatientViewSet(ViewSet):
    name = "patients"
    icon = "group"
    menu_label = _("Patients")
    menu_item_class = PatientMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(PatientsView), name="index"),
            path("search/", self.construct_view(SearchPatientsView), name="search"),
            path("typing/", self.construct_view(TypingView), name="typing"),
            path("new/", self.construct_view(NewPatientView), name="add"),
            path("booking/<int:pk>/", self.construct_view(AssignView), name="assign"),
            path("undo/", self.construct_view(UndoAssignmentView), name="undo"),
            path("<int:pk>/", self.construct_view(PatientView), name="record"),
            path("<int:pk>/change/", self.construct_view(ChangePatientView), name="change"),
            path("<int:pk>/merge/", self.construct_view(MergeView), name="merge"),
            path("<int:pk>/bookers/", self.construct_view(BookersView), name="bookers"),
            path("<int:pk>/who-saw/", self.construct_view(WhoSawPatientView), name="who_saw"),
            path("<int:pk>/erase/", self.construct_view(ErasePatientView), name="erase"),
        ]
