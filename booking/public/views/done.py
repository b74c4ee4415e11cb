"""The page after sending, which names nobody."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from booking.ical.export import appointment_ics
from booking.models import Appointment, ReturnCode
from booking.public.ticket import read_ticket
from booking.public.views.private_link import link_gone
from clinic_site.http.security import secret_address


def as_calendar_file(appointment: Appointment) -> HttpResponse:
    """An agreed visit as a file for the patient's own calendar."""
    if appointment.state != Appointment.State.CONFIRMED:
        raise Http404
    return calendar_answer(appointment_ics(appointment), appointment.reference)


def calendar_answer(file: bytes, reference: str) -> HttpResponse:
    name = f"appointment-{reference}.ics"
    return HttpResponse(
        file,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@secret_address
@require_safe
def done(request: HttpRequest, ticket: str) -> HttpResponse:
    """What happens next. Whoever guesses a reference gets no further with it."""
    appointment, letters = read_ticket(ticket)
    if appointment is None:
        return link_gone(request)
    has_letters = ReturnCode.objects.filter(appointment=appointment).exists()
    context = {
        "letters": letters and f"{letters[:4]} {letters[4:]}",
        # As people write an address down.
        "find_address": urlsplit(settings.BASE_URL).netloc + reverse("booking:find").rstrip("/"),
        "has_way_back": bool(appointment.email) or has_letters,
        "appointment": appointment,
        "location": appointment.location,
        "ticket": ticket,
        "event": appointment.events.select_related("appointment__location").last(),
    }
    return render(request, "booking/done.html", context)


@secret_address
@require_safe
def done_calendar_file(request: HttpRequest, ticket: str) -> HttpResponse:
    appointment, _letters = read_ticket(ticket)
    return as_calendar_file(appointment) if appointment else link_gone(request)
