"""A patient's private pages: see, move and cancel a visit, or choose a proposed time.

The link is the right to do so: whoever has it is asked nothing else. Looking changes nothing, so
that a mail scanner that opens every link does no harm.
"""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from booking.actions.answers import accept_proposal
from booking.actions.errors import (
    ComesAlready,
    JustTaken,
    NotOffered,
    StaleAppointment,
    TimeIsPast,
    TooLate,
    TransitionNotAllowed,
)
from booking.actions.reminders import next_visit_emails_of
from booking.actions.times import search_to_move
from booking.actions.visits import cancel_by_patient, may_cancel, may_change, move_appointment
from booking.formatting import instant
from booking.models import (
    Appointment,
    AppointmentEvent,
    Practitioner,
    WaitingListEntry,
    WaitingListOffer,
)
from booking.parts_of_day import PartOfDay
from booking.public.class_timetable import ClassTimetable, dates_instead, read_dates
from booking.public.forms.fields import read_instant
from booking.public.ticket import redirect_to_done
from booking.public.timetable import (
    NOT_FREE,
    Timetable,
    next_times,
    read_week,
    times_instead,
    times_of_week,
)
from booking.public.views.done import as_calendar_file
from booking.public.views.private_link import (
    WHY,
    changes_by_link,
    lead_to_visit,
    presses_only,
    private_link,
    said_undone,
)
from booking.scheduling.slots import (
    AvailabilityQuery,
    free_times,
    nearest_free_times,
    times_instead_of,
)
from clinic_site.http.csrf import lead_to

OWN_TIME = _("That’s the time you already have. Please choose another, or keep it.")


@private_link
@require_safe
def show_visit(request: HttpRequest, appointment: Appointment, token: str) -> HttpResponse:
    return _visit(request, appointment, token)


@private_link
@require_safe
def calendar_file(request: HttpRequest, appointment: Appointment, token: str) -> HttpResponse:
    """The visit as a file for the patient's own calendar, as long as it has a time."""
    return as_calendar_file(appointment)


def _has_canceled(_said: QueryDict, appointment: Appointment) -> bool:
    return appointment.state == Appointment.State.CANCELED


def _has_moved(said: QueryDict, appointment: Appointment) -> bool:
    return _agreed_for(said, "starts_at", appointment)


def _has_chosen(said: QueryDict, appointment: Appointment) -> bool:
    return _agreed_for(said, "time", appointment)


def _agreed_for(said: QueryDict, field: str, appointment: Appointment) -> bool:
    wanted = read_instant(said.get(field, ""))
    agreed = appointment.state == Appointment.State.CONFIRMED
    wanted_with = said.get("practitioner", "")
    if wanted_with not in ("", str(appointment.practitioner_id)):
        return False
    return agreed and wanted is not None and appointment.starts_at == wanted


@changes_by_link("canceled", _has_canceled)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, appointment: Appointment, token: str) -> HttpResponse:
    """Ask, and on a post call the visit off."""
    if request.method != "POST":
        if may_cancel(appointment, now=timezone.now()):
            return _show(request, "cancel", appointment, token)
        return _visit(request, appointment, token)
    if _has_canceled(request.POST, appointment):
        return redirect_to_done(appointment)  # posted twice
    if _is_stale(request, appointment):
        return lead_to_visit(token, "canceled", "changed")
    try:
        cancel_by_patient(appointment)
    except TooLate:
        return lead_to_visit(token, "canceled")
    except (StaleAppointment, TransitionNotAllowed):
        return lead_to_visit(token, "canceled", "changed")
    return redirect_to_done(appointment)


@changes_by_link("moved", _has_moved)
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, appointment: Appointment, token: str) -> HttpResponse:
    """Show the free times; ask about the chosen one; on a post move the visit to it."""
    if request.method == "POST" and _has_moved(request.POST, appointment):
        return redirect_to_done(appointment)  # posted twice
    search = search_to_move(appointment)
    if search is None or not may_change(appointment, now=timezone.now()):
        if request.method == "POST":
            return lead_to_visit(token, "moved")
        return _visit(request, appointment, token)
    if request.method == "POST":
        return _move_to(request, appointment, token, search)
    wanted = read_instant(request.GET.get("starts_at", ""))
    if wanted is None:
        return _times(request, appointment, token, search)
    elsewhere = _is_elsewhere(search, appointment)
    anyone = elsewhere or search.service.is_class
    person = _who_is_free(search, wanted) if anyone else appointment.practitioner
    if person is None or wanted == search.own_time:
        return _times(request, appointment, token, search)
    asked = {
        "wanted": wanted,
        "local": wanted.astimezone(appointment.location.zone),
        "person": person,
        "elsewhere": elsewhere,
    }
    return _show(request, "move_check", appointment, token, **asked)


def _times(
    request: HttpRequest, appointment: Appointment, token: str, search: AvailabilityQuery
) -> HttpResponse:
    """Show the free times of a week; instead of one that cannot be had, the nearest."""
    said, now = request.GET, timezone.now()
    gone = read_instant(said.get("gone", said.get("starts_at", "")))
    day = read_week(said.get("week", ""))
    error: Any = ""
    timetable: Timetable | ClassTimetable
    if search.service.is_class:
        timetable = read_dates(search, now=now, since=day)
        if gone == search.own_time:
            error = OWN_TIME
        elif gone:
            timetable, error = dates_instead(search, gone, now=now)
    elif gone and gone == search.own_time:
        error, timetable = OWN_TIME, times_of_week(search, _day_of(appointment, gone), now=now)
    elif gone:
        nearest = nearest_free_times(search, gone, now=now)
        error, timetable = NOT_FREE, times_instead(search, gone, nearest, now=now)
    else:
        timetable = times_of_week(search, day, now=now) if day else next_times(search, now=now)
    elsewhere = _is_elsewhere(search, appointment)
    told = {"timetable": timetable, "error": error, "elsewhere": elsewhere}
    return _show(request, "move", appointment, token, **told)


def _move_to(
    request: HttpRequest, appointment: Appointment, token: str, search: AvailabilityQuery
) -> HttpResponse:
    """Move the visit to what was chosen, or lead to what is free instead."""
    here = reverse("booking:move", args=[token])
    wanted = read_instant(request.POST.get("starts_at", ""))
    if wanted is None:
        return lead_to(here)
    if _is_stale(request, appointment):
        return lead_to_visit(token, "moved", "changed")
    chosen = request.POST.get("practitioner", "")
    elsewhere = _is_elsewhere(search, appointment)
    people = search.practitioners if elsewhere else []
    person = next((one for one in people if str(one.pk) == chosen), None)
    try:
        move_appointment(appointment, starts_at=wanted, practitioner=person)
    except TooLate:
        return lead_to_visit(token, "moved")
    except ComesAlready:
        return lead_to_visit(token, "moved", "twice")
    except (StaleAppointment, TransitionNotAllowed):
        return lead_to_visit(token, "moved", "changed")
    except (JustTaken, NotOffered, TimeIsPast):
        return lead_to(f"{here}?gone={instant(wanted)}#problem")
    return redirect_to_done(appointment)


@changes_by_link("chosen", _has_chosen)
@presses_only
def accept(request: HttpRequest, appointment: Appointment, token: str) -> HttpResponse:
    """Take one of the proposed times."""
    if _has_chosen(request.POST, appointment):
        return redirect_to_done(appointment)  # posted twice
    chosen = read_instant(request.POST.get("time", ""))
    proposed = [time for time in appointment.proposed_times.all() if time.starts_at == chosen]
    if not proposed:
        agreed = appointment.state == Appointment.State.CONFIRMED
        return lead_to_visit(token, "chosen", "changed" if agreed else "held")
    try:
        accept_proposal(appointment, proposed[0])
    except (StaleAppointment, TransitionNotAllowed):
        return lead_to_visit(token, "chosen", "changed")
    except (JustTaken, NotOffered, TimeIsPast):
        return lead_to_visit(token, "chosen", "held")
    return redirect_to_done(appointment)


def _who_is_free(search: AvailabilityQuery, wanted: datetime) -> Practitioner | None:
    """The first of the team who is free at a time."""
    day = wanted.astimezone(search.location.zone).date()
    slots = free_times(search, day, day, now=timezone.now())
    free = {who for slot in slots if slot.starts_at == wanted for who in slot.practitioners}
    return next((one for one in search.practitioners if one.pk in free), None)


def _is_elsewhere(search: AvailabilityQuery, appointment: Appointment) -> bool:
    """Whether they would see somebody else. A class is the same, whoever gives it."""
    return not search.service.is_class and search.practitioner != appointment.practitioner


def _day_of(appointment: Appointment, instant: datetime) -> date:
    return instant.astimezone(appointment.location.zone).date()


def _is_stale(request: HttpRequest, appointment: Appointment) -> bool:
    """Tell whether the page that was sent showed an earlier state of things."""
    return request.POST.get("version") != str(appointment.version)


def _visit(request: HttpRequest, appointment: Appointment, token: str) -> HttpResponse:
    now = timezone.now()
    proposed = appointment.proposed_times.select_related("location", "practitioner__person")
    in_time = may_change(appointment, now=now)
    search = search_to_move(appointment) if in_time else None
    context = {
        "proposed": []
        if appointment.has_lapsed(now)
        else [time for time in proposed if time.starts_at > now],
        "may_move": in_time and search is not None,
        "elsewhere": in_time and (search is None or _is_elsewhere(search, appointment)),
        "may_cancel": may_cancel(appointment, now=now),
        "message": WHY.get(request.GET.get("why", ""), ""),
        "undone": said_undone(request),
        "waits": WaitingListEntry.objects.waiting().filter(appointment=appointment).first(),
        "parts_of_day": PartOfDay.choices,
        "offer": WaitingListOffer.objects.open()
        .filter(entry__appointment=appointment, expires_at__gt=now)
        .exists(),
        "emails_after": next_visit_emails_of(appointment),
        "instead": times_instead_of(appointment, now=now) if _is_called_off(appointment) else [],
        "is_standing": appointment.state in Appointment.STANDING
        and not appointment.has_lapsed(now),
        "is_ahead": appointment.starts_at is not None and appointment.starts_at > now,
    }
    return _show(request, "visit", appointment, token, **context)


def _is_called_off(appointment: Appointment) -> bool:
    """Whether the clinic, and not the patient, has canceled it."""
    if appointment.state != Appointment.State.CANCELED:
        return False
    last = appointment.events.last()
    return last is not None and last.actor == AppointmentEvent.Actor.DESK


def _show(
    request: HttpRequest, template: str, appointment: Appointment, token: str, **more: Any
) -> HttpResponse:
    context = {"appointment": appointment, "location": appointment.location, "token": token}
    return render(request, f"booking/{template}.html", context | more)
