"""The address of the page after sending: signed, soon over, and it names nobody."""

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpResponse
from django.urls import reverse

from booking.models import Appointment
from clinic_site.http.csrf import lead_to
from clinic_site.privacy.encryption import CannotDecrypt, decrypt, encrypt

SHOWN_FOR = timedelta(days=1)
_PLACE = "booking.done"
_signer = TimestampSigner(salt=_PLACE)


def done_address(appointment: Appointment, letters: str = "") -> str:
    """The address of what has become of an appointment.

    It carries the `letters` that are to be written down, encrypted: nothing else keeps them.
    """
    hidden = f":{encrypt(letters, place=_PLACE)}" if letters else ""
    return reverse("booking:done", args=[_signer.sign(f"{appointment.reference}{hidden}")])


def redirect_to_done(appointment: Appointment) -> HttpResponse:
    """Lead on, by a GET that can be reloaded, to what has become of an appointment."""
    return lead_to(done_address(appointment))


def read_ticket(ticket: str) -> tuple[Appointment | None, str]:
    """Return the appointment of a ticket, if it is one of ours, and the letters in it."""
    try:
        reference, _colon, hidden = _signer.unsign(ticket, max_age=SHOWN_FOR).partition(":")
        letters = decrypt(hidden, place=_PLACE) if hidden else ""
    except (BadSignature, CannotDecrypt):
        return None, ""
    found = Appointment.objects.select_related("location", "practitioner__person")
    return found.filter(reference=reference).first(), letters
