"""The page after sending. Its address is signed and soon expires, and it names nobody."""

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from booking.calendars import appointment_ics
from booking.models import Appointment
from booking.views.private import link_gone
from clinic_site.security import secret_address

SHOWN_FOR = timedelta(days=1)
_signer = TimestampSigner(salt="booking.done")


def lead_to(appointment: Appointment) -> HttpResponse:
    """Lead on, by a GET that can be reloaded, to what has become of an appointment."""
    ticket = _signer.sign(appointment.reference)
    return HttpResponseRedirect(reverse("booking:done", args=[ticket]), status=303)


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
    appointment = _appointment_of(ticket)
    if appointment is None:
        return link_gone(request)
    context = {"appointment": appointment, "location": appointment.location, "ticket": ticket}
    return render(request, "booking/done.html", context)


@secret_address
@require_safe
def done_calendar_file(request: HttpRequest, ticket: str) -> HttpResponse:
    appointment = _appointment_of(ticket)
    return as_calendar_file(appointment) if appointment else link_gone(request)


def _appointment_of(ticket: str) -> Appointment | None:
    try:
        reference = _signer.unsign(ticket, max_age=SHOWN_FOR)
    except BadSignature:
        return None
    found = Appointment.objects.select_related("location", "practitioner__person")
    return found.filter(reference=reference).first()
