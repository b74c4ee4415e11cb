"""The emails of booking, one function each. Call them inside the transaction they tell of.

Subjects carry the reference alone: they show on locked screens and in mail logs. An email about a
change carries a new private link, which takes the place of every earlier one. Whom no email
reaches although there is news, the front desk is to call.
"""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from booking.ical import export
from booking.manage_links import issue_link
from booking.models import Appointment, AppointmentEmail, CallTask, WaitingListOffer
from clinic_site.mail.outbox import Attachment, queue_mail


def appointment_received(appointment: Appointment) -> None:
    """Tell the patient that the request has arrived."""
    button = _private(appointment, gettext("See your request"))
    _to_patient("booking/emails/appointment_received", appointment, button=button)


def new_request(appointment: Appointment) -> None:
    """Tell the front desk that a request waits, and how the patient is reached."""
    page = reverse("appointments:inspect", args=[appointment.pk])
    queue_mail(
        to=appointment.location.email,
        template="booking/emails/new_request",
        context={
            "appointment": appointment,
            "button_url": f"{settings.BASE_URL}{page}",
            "button_label": gettext("Answer the request"),
        },
        reply_to=appointment.email,  # may be empty: then the email says whom to call
    )


def appointment_confirmed(appointment: Appointment, *, news: bool) -> None:
    """Tell the patient the agreed time, on the clock of the location.

    It is `news`, here and below, unless they have just done it or heard of it themselves.
    """
    _to_patient(
        "booking/emails/appointment_confirmed",
        appointment,
        news=news,
        button=_private(appointment),
        calendar=True,
    )


def appointment_moved(appointment: Appointment, *, news: bool) -> None:
    """Tell the patient the new time of an agreed visit."""
    _to_patient(
        "booking/emails/appointment_moved",
        appointment,
        news=news,
        button=_private(appointment),
        calendar=True,
    )


def appointment_proposed(appointment: Appointment, note: str) -> None:
    """Tell the patient the other times that are held, and until when to choose."""
    times = list(appointment.proposed_times.select_related("location", "practitioner__person"))
    button = _private(appointment, gettext("Choose a time"))
    _to_patient(
        "booking/emails/appointment_proposed",
        appointment,
        news=True,
        button=button,
        times=times,
        note=note,
    )


def appointment_expired(appointment: Appointment) -> None:
    """Tell the patient that the time is not held any longer. The desk calls them as well."""
    _to_patient("booking/emails/appointment_expired", appointment, button=_again())


def appointment_declined(appointment: Appointment, reason: str) -> None:
    _to_patient(
        "booking/emails/appointment_declined",
        appointment,
        news=True,
        button=_again(),
        reason=reason,
    )


def appointment_canceled(appointment: Appointment, reason: str, *, news: bool) -> None:
    """Confirm that it is called off. If it had been agreed, calendars take the visit out."""
    was_agreed = appointment.events.filter(to_state=Appointment.State.CONFIRMED).exists()
    _to_patient(
        "booking/emails/appointment_canceled",
        appointment,
        news=news,
        button=_again(),
        calendar=was_agreed,
        reason=reason,
        was_agreed=was_agreed,
    )


def appointment_reminder(appointment: Appointment) -> None:
    """Remind the patient of an agreed visit. Nothing has changed, so earlier links still work."""
    button = _private(appointment, rotate=False)
    _to_patient("booking/emails/appointment_reminder", appointment, button=button)


def earlier_time_offered(offer: WaitingListOffer) -> None:
    """Offer an earlier time to somebody on the waiting list, and say until when it is held."""
    appointment = offer.entry.appointment
    _to_patient(
        "booking/emails/earlier_time_offered",
        appointment,
        news=True,
        button=_private(
            appointment, gettext("Give us your answer"), page="booking:earlier", rotate=False
        ),
        offer=offer,
    )


Button = tuple[str, str]  # its address and its words


def _private(
    appointment: Appointment,
    label: str = "",
    *,
    page: str = "booking:visit",
    rotate: bool = True,
) -> Button | None:
    """The way to the patient's private page; without an email address nobody would get it."""
    if not appointment.email:
        return None
    token = issue_link(appointment, rotate=rotate)
    label = label or gettext("See your appointment")
    return f"{settings.BASE_URL}{reverse(page, args=[token])}", label


def _again() -> Button:
    return f"{settings.BASE_URL}{reverse('booking:start')}", gettext("Book another time")


def _to_patient(
    template: str,
    appointment: Appointment,
    *,
    button: Button | None,
    news: bool = False,
    calendar: bool = False,
    **more: object,
) -> None:
    if not appointment.email:
        if news:
            CallTask.objects.ask(appointment, CallTask.Reason.NO_EMAIL)
        return
    button_url, button_label = button or ("", "")
    attachments = [_calendar_file(appointment)] if calendar and appointment.starts_at else []
    mail = queue_mail(
        to=appointment.email,
        template=template,
        context={
            "appointment": appointment,
            "location": appointment.location,
            "button_url": button_url,
            "button_label": button_label,
            "calendar_file": bool(attachments),
            **more,
        },
        reply_to=appointment.location.email,
        attachments=attachments,
    )
    AppointmentEmail.objects.create(appointment=appointment, mail=mail)


def _calendar_file(appointment: Appointment) -> Attachment:
    # The method stands in the type, too: without it Outlook and Gmail show a file, not a visit.
    kind = f"text/calendar; method={export.method_of(appointment)}"
    return Attachment("appointment.ics", export.invitation(appointment), kind)
