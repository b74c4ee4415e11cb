"""What waits for the desk: requests, proposals that wait for the patient, and calls to make."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import ModelPermissionPolicy

from booking.actions.errors import AlreadyCalled
from booking.actions.reminders import mark_called
from booking.desk.access import DeskMenuItem, DeskMixin, log_access
from booking.desk.transition_forms.times import ConfirmForm
from booking.models import Appointment, CallTask
from clinic_site.accounts.models import User
from clinic_site.forms.fields import LineField

# As many as fit on a page that is read; the list of all has the rest.
SHOWN = 50
EXPIRES_SOON = timedelta(hours=4)


class Waiting(NamedTuple):
    """A request or proposal, and how it presses."""

    appointment: Appointment
    confirm: ConfirmForm | None
    expires_soon: bool


def waiting(appointments: Iterable[Appointment], now: datetime) -> list[Waiting]:
    return [
        Waiting(
            appointment,
            ConfirmForm(appointment=appointment) if _can_confirm(appointment, now) else None,
            _expires_soon(appointment, now),
        )
        for appointment in appointments
    ]


def _can_confirm(appointment: Appointment, now: datetime) -> bool:
    starts_at, held = appointment.starts_at, appointment.hold_expires_at
    return starts_at is not None and held is not None and starts_at > now


def _expires_soon(appointment: Appointment, now: datetime) -> bool:
    held = appointment.hold_expires_at
    return held is not None and held - now <= EXPIRES_SOON


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
        calls = list(CallTask.objects.open()[: SHOWN + 1])
        log_access(
            cast(User, self.request.user),
            "inbox",
            shown=len(requested) + len(proposed),
            calls=len(calls),
        )
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "requested": waiting(requested[:SHOWN], now),
            "proposed": waiting(proposed[:SHOWN], now),
            "calls": calls[:SHOWN],
            "more": {
                "requested": len(requested) > SHOWN,
                "proposed": len(proposed) > SHOWN,
                "calls": len(calls) > SHOWN,
            },
            "may_change": self.user_has_permission("change"),
        }


class CalledForm(forms.Form):
    note = LineField(max_length=300, required=False)


class CalledView(DeskMixin, TemplateView):
    """Notes that a patient has been called."""

    http_method_names = ["post"]
    permission_policy = ModelPermissionPolicy(CallTask)
    any_permission_required = ["change"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        call = get_object_or_404(CallTask.objects.select_related("appointment"), pk=pk)
        form = CalledForm(request.POST)
        if not form.is_valid():
            messages.error(request, " ".join(map(str, form.errors["note"])))
        else:
            self.note(call, form.cleaned_data["note"])
        return redirect(get_valid_next_url_from_request(request) or "inbox:index")

    def note(self, call: CallTask, note: str) -> None:
        try:
            mark_called(call, by=cast(User, self.request.user), note=note)
        except AlreadyCalled:
            message = _("Someone else already marked this call done. Nothing was changed.")
            messages.warning(self.request, message)
        else:
            messages.success(self.request, _("Done. The patient has been told."))


class InboxViewSet(ViewSet):
    name = "inbox"
    icon = "mail"
    menu_label = _("Inbox")
    menu_item_class = DeskMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(InboxView), name="index"),
            path("calls/<int:pk>/done/", self.construct_view(CalledView), name="called"),
        ]


def counts(now: datetime) -> dict[str, int]:
    """How much waits, for the panel at the admin's start."""
    requested = Appointment.objects.filter(state=Appointment.State.REQUESTED)
    return {
        "requested": requested.count(),
        "expiring": requested.filter(hold_expires_at__lte=now + EXPIRES_SOON).count(),
        "calls": CallTask.objects.filter(done_at__isnull=True).count(),
    }
