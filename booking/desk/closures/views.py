"""The screens of one closure: closing, changing it, and its page with those still to be told."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic import (
    CreateView,
    DeleteView,
    EditView,
    InspectView,
    PermissionCheckedMixin,
)
from wagtail.log_actions import log
from wagtail.permissions import ModelPermissionPolicy

from booking.actions.calendars.closures import (
    change_closure,
    create_closure,
    take_back_closure,
)
from booking.actions.errors import CannotUndo
from booking.desk.access import APPOINTMENTS
from booking.desk.closures import decisions
from booking.desk.closures.forms import closure_of
from booking.desk.closures.holidays import holidays_ahead
from booking.desk.closures.words import closed_for, times
from booking.desk.undo import TOO_LATE, is_number
from booking.models import AppointmentEvent
from booking.scheduling.affected import affected_appointments, to_be_told
from clinic_site.access_log.looks import note_looks
from clinic_site.accounts.models import User
from clinic_site.admin.edit_conflicts import EditConflictMixin
from clinic_site.clinic.models import Closure

PREFILLED = ("first_day", "last_day", "reason", "location", "person")


class AffectedVisitsMixin:
    """Lists whom a closure hits, and stores it once that has been seen."""

    request: Any
    form: Any
    affected: decisions.Affected | None = None

    def form_valid(self, form: Any) -> HttpResponse:
        visits = affected_appointments(form.instance)
        if visits and self.request.POST.get("seen") != decisions.fingerprint(visits):
            listed = decisions.list_affected(form.instance, visits)
            return self.ask_again(form, listed, _("Not saved yet. This affects the visits below."))
        return super().form_valid(form)  # type: ignore[misc]

    def ask_again(self, form: Any, listed: decisions.Affected, words: Any) -> HttpResponse:
        self.affected, self.form = listed, form
        messages.warning(self.request, words)
        context = self.get_context_data(form=form)
        return cast(Any, self).render_to_response(context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        if self.affected:
            note_looks(self.affected.visits)
        return context | {"affected": self.affected}

    def get_success_url(self) -> str:
        return reverse("closures:inspect", args=[cast(Any, self).object.pk])


class ClosureCreateView(AffectedVisitsMixin, CreateView):
    """Closes days and, in the same press, decides about the visits on them."""

    template_name = "booking/desk/closure_form.html"
    submit_button_label = _("Close")

    def get_page_subtitle(self) -> str:
        return str(_("Close a day"))

    def get_initial(self) -> dict[str, Any]:
        return {name: self.request.GET[name] for name in PREFILLED if name in self.request.GET}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.affected = affected_by_form(request)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "may_decide": self.request.user.has_perm("booking.change_appointment"),
            "holidays": holidays_ahead(),
            "affected_url": reverse("closures:affected"),
        }

    def form_valid(self, form: Any) -> HttpResponse:
        what = self.request.POST.get("then", "")
        decision = decisions.DecisionForm(self.request.POST, closure=form.instance)
        if not what:
            return super().form_valid(form)
        if not decision.is_valid():
            visits = affected_appointments(form.instance)
            listed = decisions.list_affected(form.instance, visits, self.request.POST)
            return self.ask_again(form, listed, _("Not saved yet. Please see below."))
        response = super().form_valid(form)
        if form.instance.pk:
            decisions.decide_about_visits(self.request, decision, what, reopen=True)
        return response

    def save_instance(self) -> Closure:
        closure: Closure = self.form.instance
        create_closure(closure, by=cast(User, self.request.user))
        log(instance=closure, action="wagtail.create", content_changed=True)
        return closure

    def get_success_message(self, instance: Closure) -> str:
        words = str(_("Closed: %(days)s.") % {"days": instance.days})
        if self.request.POST.get("then") in decisions.UNDONE_WITH_VISITS:
            return words
        context = {"words": words, "events": [], "closure": instance, "reopen": True}
        return render_to_string("booking/desk/includes/done_visits.html", context, self.request)


class ClosureEditView(EditConflictMixin, AffectedVisitsMixin, EditView):
    template_name = "booking/desk/closure_form.html"

    def get_page_subtitle(self) -> str:
        return str(self.object.days)

    def save_instance(self) -> Closure:
        closure: Closure = self.form.instance
        change_closure(closure)
        log(instance=closure, action="wagtail.edit", content_changed=True)
        return closure


class ClosureView(InspectView):
    """A closure, whom it hits, and who of them has been told."""

    any_permission_required = ["change"]
    template_name = "booking/desk/closure.html"
    page_title = _("Closure")
    sent: Any = None

    def get_object(self, queryset: Any = None) -> Closure:
        closures = Closure.objects.select_related("person", "location")
        return get_object_or_404(closures, pk=self.pk)

    def get_fields(self) -> list[str]:
        return []

    def get_page_subtitle(self) -> str:
        return str(self.object.days)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = decisions.DecisionForm(request.POST, closure=self.object)
        if form.is_valid():
            decisions.decide_about_visits(request, form, request.POST.get("then", ""))
            return redirect("closures:inspect", self.object.pk)
        self.sent = request.POST
        messages.error(request, _("That didn’t go through. Please see below."))
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        visits = to_be_told(self.object, now=timezone.now())
        done = list(
            self.object.call_tasks.filter(done_at__isnull=False)
            .select_related("appointment__location", "done_by")
            .order_by("done_at", "pk")
        )
        note_looks([*visits, *(call.appointment for call in done)])
        return context | {
            "closure": self.object,
            "times": times(self.object),
            "closed_for": closed_for(self.object),
            "affected": decisions.list_affected(self.object, visits, self.sent),
            "done": done,
            "may_decide": self.request.user.has_perm("booking.change_appointment"),
        }


class UndoAllView(PermissionCheckedMixin, View):
    """Takes back what one press did: with the visits of a closure, or the closure itself."""

    http_method_names = ["post"]
    permission_policy = APPOINTMENTS
    any_permission_required = ["change"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        closure = get_object_or_404(Closure, pk=pk)
        named = [key for key in request.POST.getlist("event") if is_number(key)]
        events = AppointmentEvent.objects.filter(pk__in=named).order_by("pk")
        undone = decisions.undo_all(request, events.select_related("appointment"))
        if undone and "reopen" in request.POST and self.reopen(closure):
            return redirect("closures:index")
        return redirect("closures:inspect", closure.pk)

    def reopen(self, closure: Closure) -> bool:
        by = cast(User, self.request.user)
        if not by.has_perm("clinic.add_closure"):
            raise PermissionDenied
        try:
            take_back_closure(closure, by=by)
        except CannotUndo:
            messages.warning(self.request, TOO_LATE)
            return False
        messages.success(self.request, _("Undone. These days are open again."))
        return True


class AffectedView(PermissionCheckedMixin, View):
    """The visits that days not closed yet would hit, for a form that is being filled in."""

    permission_policy = ModelPermissionPolicy(Closure)
    any_permission_required = ["add"]

    def get(self, request: HttpRequest) -> HttpResponse:
        affected = affected_by_form(request)
        if affected:
            note_looks(affected.visits)
        may_decide = request.user.has_perm("booking.change_appointment")
        context = {"affected": affected, "may_decide": may_decide}
        return render(request, "booking/desk/includes/affected.html", context)


def affected_by_form(request: HttpRequest) -> decisions.Affected | None:
    """Whom the closure would hit that an address asks for; None if it could not be stored."""
    closure = closure_of(request.GET)
    if closure is None:
        return None
    return decisions.list_affected(closure, affected_appointments(closure))


class ClosureDeleteView(DeleteView):
    @cached_property
    def confirmation_message(self) -> Any:
        return _(
            "Are you sure? Patients can book this time again. Visits that were canceled stay "
            "canceled, and the notes on who was told are deleted."
        )
