"""The address of the page after sending: signed, soon over, and it names nobody."""

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpResponse
from django.urls import reverse

from booking.models import Appointment
from clinic_site.http.csrf import lead_to

SHOWN_FOR = timedelta(days=1)
_signer = TimestampSigner(salt="booking.done")


def done_address(appointment: Appointment) -> str:
    """The address of what has become of an appointment."""
    return reverse("booking:done", args=[_signer.sign(appointment.reference)])


def redirect_to_done(appointment: Appointment) -> HttpResponse:
    """Lead on, by a GET that can be reloaded, to what has become of an appointment."""
    return lead_to(done_address(appointment))


def appointment_of(ticket: str) -> Appointment | None:
    try:
        reference = _signer.unsign(ticket, max_age=SHOWN_FOR)
    except BadSignature:
        return None
    found = Appointment.objects.select_related("location", "practitioner__person")
    return found.filter(reference=reference).first()
