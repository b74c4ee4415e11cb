"""The page after sending, which names nobody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from booking.ical.export import appointment_ics
from booking.models import Appointment
from booking.public.ticket import appointment_of
from booking.public.views.private_link import link_gone
from clinic_site.http.security import secret_address


def as_calendar_file(appointment: Appointment) -> HttpResponse:
    """An agreed visit as a file for the patient's own calendar."""
    if appointment.state != Appointment.State.CONFIRMED:
        raise Http404
    name = f"appointment-{appointment.reference}.ics"
    return HttpResponse(
        appointment_ics(appointment),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@secret_address
@require_safe
def done(request: HttpRequest, ticket: str) -> HttpResponse:
    """What happens next. Whoever guesses a reference gets no further with it."""
    appointment = appointment_of(ticket)
    if appointment is None:
        return link_gone(request)
    context = {
        "appointment": appointment,
        "location": appointment.location,
        "ticket": ticket,
        "event": appointment.events.select_related("appointment__location").last(),
    }
    return render(request, "booking/done.html", context)


@secret_address
@require_safe
def done_calendar_file(request: HttpRequest, ticket: str) -> HttpResponse:
    appointment = appointment_of(ticket)
    return as_calendar_file(appointment) if appointment else link_gone(request)
