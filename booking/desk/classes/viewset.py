"""The addresses of classes."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSet

from booking.desk.access import DeskMenuItem
from booking.desk.classes.date import ChangeDateView, ClassDateView, ReopenDateView
from booking.desk.classes.forms import FORMS
from booking.desk.classes.plan import AddDateView, ClassesView
from booking.desk.classes.taking_back import UndoWeeklyView
from booking.desk.classes.weekly import AddWeeklyView, ChangeWeeklyView, EndWeeklyView


class ClassViewSet(ViewSet):
    name = "classes"
    icon = "group"
    menu_label = _("Classes")
    menu_item_class = DeskMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(ClassesView), name="index"),
            path("add/", self.construct_view(AddDateView), name="add_date"),
            path("weekly/add/", self.construct_view(AddWeeklyView), name="add_weekly"),
            path(
                "weekly/<int:pk>/change/",
                self.construct_view(ChangeWeeklyView),
                name="change_weekly",
            ),
            path("weekly/<int:pk>/end/", self.construct_view(EndWeeklyView), name="end_weekly"),
            path("weekly/<int:pk>/undo/", self.construct_view(UndoWeeklyView), name="undo_weekly"),
            path("<int:pk>/", self.construct_view(ClassDateView), name="date"),
            *(
                path(
                    f"<int:pk>/{form.name}/",
                    self.construct_view(ChangeDateView, form_class=form),
                    name=form.name,
                )
                for form in FORMS
            ),
            path("<int:pk>/reopen/", self.construct_view(ReopenDateView), name="reopen"),
        ]
