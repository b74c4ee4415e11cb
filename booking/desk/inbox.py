"""What waits for the desk: requests, proposals that wait for the patient, and calls to make."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, NamedTuple, cast

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import ModelPermissionPolicy

from booking.actions.calls import note_call, undo_call
from booking.actions.errors import AlreadyCalled, CannotUndo
from booking.desk.access import DeskMenuItem, DeskMixin
from booking.desk.closures.decisions import closures_to_handle
from booking.desk.transition_forms.times import ConfirmForm
from booking.desk.undo import TOO_LATE, is_number, say_with_undo
from booking.models import Appointment, CallTask, Course
from booking.scheduling.opening import after_opening_hours, next_open_day, open_at_or_after
from clinic_site.access_log.looks import note_looks
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from clinic_site.forms.fields import LineField

# As many as fit on a page that is read; the list of all has the rest.
SHOWN = 50
# In opening hours: until then the desk can still answer.
EXPIRES_SOON = 4


class Again(models.TextChoices):
    """When to try again whom no one has reached."""

    HOUR = "hour", _("in an hour")
    LATER = "later", _("in three hours")
    NEXT_DAY = "next_day", _("the next day we’re open")


def again_at(again: str, location: Location, now: datetime) -> datetime:
    """Return that time, or when the location opens next; without a choice in an hour."""
    if again == Again.NEXT_DAY:
        return next_open_day(location, now)
    later = now + timedelta(hours=3 if again == Again.LATER else 1)
    return open_at_or_after(location, later)


def soon_at(location: Location, now: datetime) -> datetime:
    """Return until when what expires expires soon."""
    return after_opening_hours(location, now, EXPIRES_SOON)


class Waiting(NamedTuple):
    """A request or proposal, and how it presses."""

    appointment: Appointment
    confirm: ConfirmForm | None
    expires_soon: bool
    call: CallTask | None  # that the patient has asked for


def waiting(
    appointments: Iterable[Appointment], now: datetime, calls: dict[int, CallTask]
) -> list[Waiting]:
    appointments = list(appointments)
    held = {each.location_id: each.location for each in appointments if each.hold_expires_at}
    soon = {key: soon_at(location, now) for key, location in held.items()}
    return [
        Waiting(
            appointment,
            ConfirmForm(appointment=appointment) if _can_confirm(appointment, now) else None,
            _expires_by(appointment, soon),
            calls.get(appointment.pk),
        )
        for appointment in appointments
    ]


def asked_calls(appointments: Iterable[Appointment], now: datetime) -> dict[int, CallTask]:
    """Return the calls that requests ask for: they are made from the request itself."""
    calls = CallTask.objects.open(now).filter(
        appointment__in=list(appointments), reason=CallTask.Reason.ASKED
    )
    return {call.appointment_id: call for call in calls}


def is_later(call: CallTask, now: datetime) -> bool:
    """Whether somebody has tried, and is to try again later."""
    return call.try_again_at is not None and call.try_again_at > now


def _can_confirm(appointment: Appointment, now: datetime) -> bool:
    starts_at, held = appointment.starts_at, appointment.hold_expires_at
    return starts_at is not None and held is not None and starts_at > now


def _expires_by(appointment: Appointment, soon: dict[int, datetime]) -> bool:
    held = appointment.hold_expires_at
    return held is not None and held <= soon[appointment.location_id]


class InboxView(DeskMixin, TemplateView):
    template_name = "booking/desk/inbox.html"
    page_title = _("Inbox")
    header_icon = "mail"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        rows = Appointment.objects.select_related("location", "service", "practitioner__person")
        requested = list(rows.unanswered()[: SHOWN + 1])
        proposed = list(
            rows.filter(state=Appointment.State.PROPOSED).order_by("hold_expires_at", "pk")[
                : SHOWN + 1
            ]
        )
        calls = list(CallTask.objects.to_make(now)[: SHOWN + 1])
        called = [call.appointment for call in calls[:SHOWN]]
        unreached = list(Course.objects.unreached(now)[:SHOWN])
        now_due = [call for call in calls[:SHOWN] if not is_later(call, now)]
        invited = [course.whose for course in unreached if course.whose]
        note_looks([*requested[:SHOWN], *proposed[:SHOWN], *called, *invited])
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "closures": closures_to_handle(),
            "requested": waiting(requested[:SHOWN], now, asked_calls(requested, now)),
            "proposed": waiting(proposed[:SHOWN], now, {}),
            "later": [call for call in calls[:SHOWN] if is_later(call, now)],
            "unreached": unreached,
            "calls": now_due,
            "calls_count": len(now_due) + len(unreached),
            "more": {
                "requested": len(requested) > SHOWN,
                "proposed": len(proposed) > SHOWN,
                "calls": len(calls) > SHOWN,
            },
            "may_change": self.user_has_permission("change"),
        }


class CalledForm(forms.Form):
    outcome = forms.ChoiceField(choices=CallTask.Outcome.choices)
    again = forms.ChoiceField(choices=Again.choices, required=False)
    tries = forms.IntegerField(min_value=0, max_value=9999)
    note = LineField(max_length=300, required=False)


class CalledView(InboxView):
    """Notes what came of a call. What was typed in vain is shown above the inbox."""

    http_method_names = ["post"]
    permission_policy = ModelPermissionPolicy(CallTask)
    any_permission_required = ["change"]

    @property
    def back(self) -> str:
        return get_valid_next_url_from_request(self.request) or reverse("inbox:index")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        calls = CallTask.objects.select_related("appointment__location")
        call = get_object_or_404(calls, pk=pk)
        form = CalledForm(request.POST)
        if not form.is_valid():
            errors = (error for each in form.errors.values() for error in each)
            return self.show_typed(" ".join(map(str, errors)), HTTPStatus.OK)
        try:
            self.note(call, form.cleaned_data)
        except AlreadyCalled:
            message = _("Someone else just noted this call. Nothing was changed.")
            return self.show_typed(message, HTTPStatus.CONFLICT)
        return redirect(self.back)

    def show_typed(self, message: Any, status: HTTPStatus) -> HttpResponse:
        messages.warning(self.request, message)
        typed = self.request.POST.get("note", "")
        context = self.get_context_data(typed=typed, may_change=True)
        return self.render_to_response(context, status=status)

    def note(self, call: CallTask, said: dict[str, Any]) -> None:
        """Note it. Raises AlreadyCalled."""
        call.tries = said["tries"]
        outcome = CallTask.Outcome(said["outcome"])
        again = again_at(said["again"], call.appointment.location, timezone.now())
        by = cast(User, self.request.user)
        note_call(call, outcome, by=by, note=said["note"], try_again_at=again)
        words = gettext("Call noted. It’s off the list.")
        if outcome not in CallTask.ENDING:
            local = again.astimezone(call.appointment.location.zone)
            when = format_date(local, gettext("D, M j, g:i A"))
            words = gettext("Call noted. We’ll remind you to try again: %(when)s.") % {"when": when}
        undo_url = reverse("inbox:undo_call", args=[call.pk])
        say_with_undo(self.request, words, undo_url, self.back, tries=call.tries + 1)


class UndoCallView(PermissionCheckedMixin, View):
    """Takes back what was noted of a call last."""

    http_method_names = ["post"]
    permission_policy = ModelPermissionPolicy(CallTask)
    any_permission_required = ["change"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        call = get_object_or_404(CallTask, pk=pk)
        tries = request.POST.get("tries", "")
        try:
            if not is_number(tries):
                raise CannotUndo
            call.tries = int(tries)
            undo_call(call, by=cast(User, request.user))
            messages.success(request, _("Undone. The call is back on the list."))
        except CannotUndo:
            messages.warning(request, TOO_LATE)
        return redirect(get_valid_next_url_from_request(request) or "inbox:index")


class InboxViewSet(ViewSet):
    name = "inbox"
    icon = "mail"
    menu_label = _("Inbox")
    menu_item_class = DeskMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(InboxView), name="index"),
            path("calls/<int:pk>/done/", self.construct_view(CalledView), name="called"),
            path("calls/<int:pk>/undo/", self.construct_view(UndoCallView), name="undo_call"),
        ]
