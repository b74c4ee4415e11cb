"""Closures and extra hours. Whoever one affects is listed before and after it is stored."""

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import CreateView, DeleteView, EditView, IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from booking.actions.closures import affected_appointments, change_closure, create_closure
from booking.desk.access import log_access
from booking.desk.times import today_at
from booking.models import Appointment
from booking.scheduling.holidays import Holiday, holidays
from clinic_site.accounts.models import User
from clinic_site.admin.edit_conflicts import EditConflictMixin
from clinic_site.clinic.models import Closure
from clinic_site.clinic.models.details import ClinicDetails
from clinic_site.clinic.models.locations import Location

AHEAD = timedelta(days=366)
PREFILLED = ("first_day", "last_day", "reason", "location", "person", "kind")


def days(closure: Closure) -> str:
    one = f"{closure.first_day:%a, %b} {closure.first_day.day}, {closure.first_day.year}"
    if closure.first_day == closure.last_day:
        return one
    return f"{one} – {closure.last_day:%a, %b} {closure.last_day.day}, {closure.last_day.year}"


def times(closure: Closure) -> str:
    if closure.begins is None or closure.ends is None:
        return str(_("all day"))
    return f"{closure.begins:%H:%M}–{closure.ends:%H:%M}"


def closed_for(closure: Closure) -> str:
    named = [str(part) for part in (closure.person, closure.location) if part]
    return ", ".join(named) or str(_("the whole clinic"))


def patients_told(closure: Closure) -> str:
    calls = closure.call_tasks.all()
    if not calls:
        return ""
    done = sum(1 for call in calls if call.done_at)
    return str(_("%(done)s of %(all)s told") % {"done": done, "all": len(calls)})


def fingerprint(affected: Iterable[Appointment]) -> str:
    """Stands for a list that somebody has seen, so that a longer one is shown again."""
    listed = ",".join(f"{one.pk}:{one.version}" for one in affected)
    return hashlib.sha256(listed.encode()).hexdigest()[:16]


class ClosureIndexView(IndexView):
    template_name = "booking/desk/closures.html"

    def get_base_queryset(self) -> Any:
        return (
            Closure.objects.select_related("person", "location")
            .prefetch_related("call_tasks")
            .order_by("-first_day", "-pk")
        )

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return context | {"holidays": self.suggestions()}

    def suggestions(self) -> list[tuple[Holiday, str, bool]]:
        """The holidays ahead, each with a prefilled form, and whether the clinic is closed then."""
        location = ClinicDetails.load().location or Location.objects.first()
        if location is None or not self.user_has_permission("add"):
            return []
        today = today_at(location)
        closed = list(
            Closure.objects.touching(today, today + AHEAD).filter(
                kind=Closure.Kind.CLOSED, person=None, begins=None
            )
        )
        return [
            (
                holiday,
                self.prefilled(holiday),
                any(closure.first_day <= holiday.day <= closure.last_day for closure in closed),
            )
            for holiday in holidays(location.region, today, today + AHEAD)
        ]

    def prefilled(self, holiday: Holiday) -> str:
        day = holiday.day.isoformat()
        query = {"first_day": day, "last_day": day, "reason": holiday.name}
        return f"{reverse('closures:add')}?{urlencode(query)}"


class AffectedAppointmentsMixin:
    """Lists whom a closure affects, and stores it once that has been seen."""

    request: Any
    form: Any
    affected: list[Appointment] | None = None

    def form_valid(self, form: Any) -> HttpResponse:
        affected = affected_appointments(form.instance)
        if affected and self.request.POST.get("seen") != fingerprint(affected):
            self.affected, self.form = affected, form
            shown = [each.reference for each in affected]
            log_access(cast(User, self.request.user), "closure", references=shown)
            messages.warning(self.request, _("Not saved yet. This affects the appointments below."))
            context = self.get_context_data(form=form)
            return cast(Any, self).render_to_response(context)
        return super().form_valid(form)  # type: ignore[misc]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        if self.affected:
            context |= {"affected": self.affected, "seen": fingerprint(self.affected)}
        return context


class ClosureCreateView(AffectedAppointmentsMixin, CreateView):
    template_name = "booking/desk/closure_form.html"

    def get_initial(self) -> dict[str, Any]:
        return {name: self.request.GET[name] for name in PREFILLED if name in self.request.GET}

    def save_instance(self) -> Closure:
        closure: Closure = self.form.instance
        create_closure(closure, by=cast(User, self.request.user))
        log(instance=closure, action="wagtail.create", content_changed=True)
        return closure

    def get_success_url(self) -> str:
        return reverse("closures:inspect", args=[self.object.pk])


class ClosureEditView(EditConflictMixin, AffectedAppointmentsMixin, EditView):
    template_name = "booking/desk/closure_form.html"

    def save_instance(self) -> Closure:
        closure: Closure = self.form.instance
        change_closure(closure)
        log(instance=closure, action="wagtail.edit", content_changed=True)
        return closure

    def get_success_url(self) -> str:
        return reverse("closures:inspect", args=[self.object.pk])


class ClosureView(InspectView):
    """A closure, whom it affects, and who of them has been told."""

    any_permission_required = ["change"]
    template_name = "booking/desk/closure.html"
    page_title = _("Closure")

    def get_object(self, queryset: Any = None) -> Closure:
        closures = Closure.objects.select_related("person", "location")
        return get_object_or_404(closures, pk=self.pk)

    def get_fields(self) -> list[str]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        calls = list(
            self.object.call_tasks.select_related(
                "appointment__location", "appointment__practitioner__person", "done_by"
            ).order_by("done_at", "appointment__starts_at", "pk")
        )
        if calls:
            shown = [call.appointment.reference for call in calls]
            log_access(cast(User, self.request.user), "closure", references=shown)
        return context | {
            "closure": self.object,
            "days": days(self.object),
            "times": times(self.object),
            "closed_for": closed_for(self.object),
            "calls": [call for call in calls if call.done_at is None],
            "done": [call for call in calls if call.done_at],
            "may_change": self.request.user.has_perm("booking.change_calltask"),
        }


class ClosureDeleteView(DeleteView):
    @cached_property
    def confirmation_message(self) -> Any:
        return _(
            "Are you sure? Patients can book this time again, and the notes on who was "
            "told are deleted."
        )


class ClosureViewSet(ModelViewSet):
    model = Closure
    name = "closures"
    icon = "no-view"
    menu_label = _("Closures")
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = ClosureIndexView
    add_view_class = ClosureCreateView
    edit_view_class = ClosureEditView
    inspect_view_class = ClosureView
    delete_view_class = ClosureDeleteView
    create_template_name = edit_template_name = "booking/desk/closure_form.html"
    index_template_name = "booking/desk/closures.html"
    inspect_template_name = "booking/desk/closure.html"
    list_filter = ["kind", "person", "location"]
    list_display = [
        TitleColumn(
            "days",
            label=_("Days"),
            accessor=days,
            sort_key="first_day",
            get_url=lambda closure: reverse("closures:inspect", args=[closure.pk]),
        ),
        Column("times", label=_("Hours"), accessor=times),
        Column("get_kind_display", label=_("Kind"), sort_key="kind"),
        Column("closed_for", label=_("For"), accessor=closed_for),
        Column("reason", label=_("Reason")),
        Column("patients_told", label=_("Patients"), accessor=patients_told),
    ]
