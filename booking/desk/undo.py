"""The way back from what has just been done at the desk: a button beside the words that say it."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import PermissionCheckedMixin

from booking.actions.errors import CannotUndo, JustTaken, StaleAppointment
from booking.actions.undo import undo_change
from booking.desk.access import APPOINTMENTS
from booking.desk.times import value_of
from booking.formatting import short_day
from booking.models import Appointment, AppointmentEvent
from booking.scheduling.slots import Slot
from clinic_site.access_log.looks import note_looks
from clinic_site.accounts.models import User
from clinic_site.clinic.clock_times import clock


def page_of_visit(appointment: Appointment) -> str:
    return reverse("appointments:inspect", args=[appointment.pk])


def say_changed(request: HttpRequest, words: Any, event: AppointmentEvent, back: str) -> None:
    """Say what was done, and offer to undo it; that leads `back` as well."""
    note_looks([event.appointment])  # which the words name
    say_with_undo(request, words, reverse("appointments:undo"), back, event=event.pk)


def say_with_undo(
    request: HttpRequest, words: Any, undo_url: str, back: str, **fields: Any
) -> None:
    """Say what was done, with a button that posts `fields` to where it is undone."""
    context = {"words": words, "undo_url": undo_url, "fields": {**fields, "next": back}}
    messages.success(request, render_to_string("booking/desk/includes/done.html", context, request))


class UndoChangeView(PermissionCheckedMixin, View):
    """Takes one change back, named by its line of history."""

    http_method_names = ["post"]
    permission_policy = APPOINTMENTS
    any_permission_required = ["change"]

    def post(self, request: HttpRequest) -> HttpResponse:
        named = request.POST.get("event", "")
        events = AppointmentEvent.objects.select_related("appointment")
        event = events.filter(pk=named).first() if is_number(named) else None
        if event is None:
            messages.warning(request, TOO_LATE)
            return redirect("calendar:index")
        try:
            undo_change(event, by=cast(User, request.user))
        except CannotUndo:
            undone = AppointmentEvent.objects.filter(undoes=event).exists()
            messages.warning(request, ALREADY_UNDONE if undone else TOO_LATE)
        except StaleAppointment:
            messages.warning(request, _changed_since(event))
        except JustTaken as taken:
            self.say_taken(event.appointment, taken.nearest)
        else:
            messages.success(request, _("Undone. It’s back to how it was."))
        back = get_valid_next_url_from_request(request) or page_of_visit(event.appointment)
        return redirect(back)

    def say_taken(self, appointment: Appointment, nearest: list[Slot]) -> None:
        """Say that the time is gone, and lead to where one near it can be booked."""
        book = f"{reverse('appointments:book')}?patient={appointment.pk}"
        buttons = [
            messages.button(
                f"{book}&slot={value_of(slot.starts_at, slot.practitioners[0])}",
                f"{short_day(slot.local)}, {clock(slot.local)}",
            )
            for slot in nearest
        ]
        words = gettext("This can’t be undone: the time has been given to someone else.")
        if buttons:
            words = f"{words} {gettext('The nearest open times:')}"
        messages.error(self.request, words, buttons=buttons)


TOO_LATE = _("This can’t be undone anymore.")
ALREADY_UNDONE = _("This has been undone already.")


def is_number(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) < 10


def _changed_since(event: AppointmentEvent) -> str:
    """Name who has done something since, and what."""
    last = event.appointment.events.select_related("by").last()
    who = last.by.display_name if last and last.by else last and last.get_actor_display()
    words = gettext("This can’t be undone: it has been changed since by %(who)s (%(what)s).")
    return words % {"who": who, "what": last and last.get_event_type_display()}
