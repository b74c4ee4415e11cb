"""The lists of days off and of extra hours. Both are closures in the database."""

from typing import Any

from django import forms
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import EditView, IndexView
from wagtail.permissions import ModelPermissionPolicy

from booking.desk.closures.forms import DaysForm, ExtraHoursForm
from booking.desk.closures.holidays import holidays_ahead
from booking.desk.closures.views import (
    AffectedView,
    ClosureCreateView,
    ClosureDeleteView,
    ClosureEditView,
    ClosureView,
    UndoAllView,
)
from booking.desk.closures.words import closed_for, times
from clinic_site.admin.edit_conflicts import EditConflictMixin
from clinic_site.admin.viewsets import UnreferencedViewSet
from clinic_site.clinic.models.closures import Closure, ExtraHours
from clinic_site.clinic.time_input import BrowserTimeInput


def _panels(hours: Any) -> list[Any]:
    return [
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("begins", widget=BrowserTimeInput()),
                        FieldPanel("ends", widget=BrowserTimeInput()),
                    ]
                )
            ],
            heading=hours,
        ),
        FieldRowPanel([FieldPanel("person", widget=forms.Select), FieldPanel("location")]),
        FieldPanel("reason"),
    ]


class ClosureIndexView(IndexView):
    template_name = "booking/desk/closures.html"

    def get_base_queryset(self) -> Any:
        closures = Closure.objects.filter(kind=Closure.Kind.CLOSED).select_related(
            "person", "location"
        )
        return closures.order_by("-first_day", "-pk")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        may_add = self.user_has_permission("add")
        return context | {"holidays": holidays_ahead() if may_add else []}


class ClosureViewSet(UnreferencedViewSet):
    model = Closure
    name = "closures"
    icon = "no-view"
    menu_label = _("Closures")
    inspect_view_enabled = True
    index_view_class = ClosureIndexView
    add_view_class = ClosureCreateView
    edit_view_class = ClosureEditView
    inspect_view_class = ClosureView
    delete_view_class = ClosureDeleteView
    create_template_name = edit_template_name = "booking/desk/closure_form.html"
    index_template_name = "booking/desk/closures.html"
    inspect_template_name = "booking/desk/closure.html"
    edit_handler = ObjectList(
        _panels(_("Only part of the day (leave empty for all day)")), base_form_class=DaysForm
    )
    list_filter = ["person", "location"]
    list_display = [
        TitleColumn(
            "days",
            label=_("Days"),
            sort_key="first_day",
            get_url=lambda closure: reverse("closures:inspect", args=[closure.pk]),
        ),
        Column("times", label=_("Hours"), accessor=times),
        Column("closed_for", label=_("For"), accessor=closed_for),
        Column("reason", label=_("Reason")),
    ]

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/undo/", UndoAllView.as_view(), name="undo"),
            path("affected/", AffectedView.as_view(), name="affected"),
        ]


class ExtraHoursIndexView(IndexView):
    def get_base_queryset(self) -> Any:
        hours = ExtraHours.objects.select_related("person", "location")
        return hours.order_by("-first_day", "-pk")


class ExtraHoursEditView(EditConflictMixin, EditView):
    def get_page_subtitle(self) -> str:
        return str(self.object.days)


class ExtraHoursViewSet(UnreferencedViewSet):
    """Days or hours on which somebody works beyond the week: they can be booked then."""

    model = ExtraHours
    permission_policy = ModelPermissionPolicy(Closure)
    name = "extra-hours"
    icon = "plus"
    menu_label = _("Extra hours")
    index_view_class = ExtraHoursIndexView
    edit_view_class = ExtraHoursEditView
    create_template_name = edit_template_name = "booking/desk/extra_hours_form.html"
    edit_handler = ObjectList(_panels(_("Hours")), base_form_class=ExtraHoursForm)
    list_filter = ["person", "location"]
    list_display = [
        TitleColumn(
            "days",
            label=_("Days"),
            sort_key="first_day",
            get_url=lambda hours: reverse("extra-hours:edit", args=[hours.pk]),
        ),
        *ClosureViewSet.list_display[1:],
    ]
