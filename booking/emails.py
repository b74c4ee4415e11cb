"""The letters of booking, one function each. Call them inside the transaction they tell of.

Subjects carry the reference alone: they show on locked screens and in mail logs.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from booking.models import Appointment
from clinic_site.mail import queue_mail


def appointment_received(appointment: Appointment) -> None:
    """Tell the patient that the request has arrived."""
    _to_patient("appointment_received", appointment)


def appointment_waiting(appointment: Appointment) -> None:
    """Tell the front desk that a request waits. An answer to this letter reaches the patient."""
    page = reverse("appointments:inspect", args=[appointment.pk])
    queue_mail(
        to=appointment.location.email,
        template="appointment_waiting",
        context={
            "appointment": appointment,
            "button_url": f"{settings.BASE_URL}{page}",
            "button_label": gettext("Answer the request"),
        },
        reply_to=appointment.email,  # may be empty: then there is only the phone
    )


def appointment_confirmed(appointment: Appointment) -> None:
    """Tell the patient the agreed time, on the clock of the location."""
    _to_patient("appointment_confirmed", appointment)


def appointment_moved(appointment: Appointment) -> None:
    """Tell the patient the new time of an agreed visit."""
    _to_patient("appointment_moved", appointment)


def appointment_proposed(appointment: Appointment, note: str) -> None:
    """Tell the patient the other times that are held, and until when to choose."""
    times = list(appointment.proposed_times.select_related("location", "practitioner__person"))
    _to_patient("appointment_proposed", appointment, times=times, note=note)


def appointment_expired(appointment: Appointment) -> None:
    """Tell the patient that the time is not held any longer."""
    _to_patient("appointment_expired", appointment)


def appointment_declined(appointment: Appointment, reason: str) -> None:
    _to_patient("appointment_declined", appointment, reason=reason)


def appointment_cancelled(appointment: Appointment, reason: str) -> None:
    _to_patient("appointment_cancelled", appointment, reason=reason)


def _to_patient(template: str, appointment: Appointment, **more: object) -> None:
    if not appointment.email:
        return  # the desk rings those who gave a phone number alone
    queue_mail(
        to=appointment.email,
        template=template,
        context={"appointment": appointment, "location": appointment.location, **more},
        reply_to=appointment.location.email,
    )
