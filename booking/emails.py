"""The emails of booking, one function each. Call them inside the transaction they tell of.

Subjects carry the reference alone: they show on locked screens and in mail logs. An email about a
change carries a new private link, which takes the place of every earlier one. Whom no email
reaches although there is news, the front desk is to call.

What the desk has done is told after a grace (`DeskChange`); what patients do is answered at once.
"""

from datetime import timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from booking.ical import export
from booking.manage_links import issue_link
from booking.models import (
    Appointment,
    AppointmentEmail,
    AppointmentEvent,
    BookingRules,
    CallTask,
    WaitingListOffer,
)
from booking.models.appointments import SUBJECT
from booking.scheduling.slots import times_instead_of
from clinic_site.mail.outbox import Attachment, queue_email


class DeskChange(NamedTuple):
    """What the desk has done since the patient last heard of it: the first and the last."""

    since: AppointmentEvent
    event: AppointmentEvent
    patient_knows: bool = False  # they have asked for it themselves, or heard of it

    @property
    def is_news(self) -> bool:
        """Whoever is booked by the desk hears of it on the phone."""
        booked = self.event.event_type == AppointmentEvent.EventType.BOOKED
        return not booked and not self.patient_knows


def appointment_received(appointment: Appointment) -> None:
    """Tell the patient that the request has arrived."""
    button = _private(appointment, gettext("See your request"))
    _to_patient("booking/emails/appointment_received", appointment, button=button)


def new_request(appointment: Appointment) -> None:
    """Tell the front desk that a request waits, and how the patient is reached."""
    page = reverse("appointments:inspect", args=[appointment.pk])
    queue_email(
        to=appointment.location.email,
        template="booking/emails/new_request",
        subject_ref=f"{SUBJECT}{appointment.pk}",
        context={
            "appointment": appointment,
            "button_url": f"{settings.BASE_URL}{page}",
            "button_label": gettext("Answer the request"),
        },
        reply_to=appointment.email,  # may be empty: then the email says whom to call
    )


def appointment_confirmed(appointment: Appointment, change: DeskChange | None = None) -> None:
    """Tell the patient the agreed time, on the clock of the location."""
    _to_patient(
        "booking/emails/appointment_confirmed",
        appointment,
        change=change,
        button=_private(appointment, change=change),
        calendar=True,
    )


def appointment_moved(appointment: Appointment, change: DeskChange | None = None) -> None:
    """Tell the patient the new time of an agreed visit."""
    _to_patient(
        "booking/emails/appointment_moved",
        appointment,
        change=change,
        button=_private(appointment, change=change),
        calendar=True,
    )


def appointment_changed(appointment: Appointment, change: DeskChange | None = None) -> None:
    """Tell the patient what an agreed visit is now: its time stands, something else has changed."""
    _to_patient(
        "booking/emails/appointment_changed",
        appointment,
        change=change,
        button=_private(appointment, change=change),
        calendar=True,
    )


def appointment_corrected(appointment: Appointment, change: DeskChange) -> None:
    """Tell the patient that our last email was a mistake, and how it stands. It leaves at once."""
    standing = appointment.state in (*Appointment.STANDING, *Appointment.AGREED)
    _to_patient(
        "booking/emails/appointment_corrected",
        appointment,
        news=change.is_news,
        button=_private(appointment) if standing else _again(),
        calendar=change.event.from_state == Appointment.State.CONFIRMED
        or change.event.to_state == Appointment.State.CONFIRMED,
    )


def appointment_proposed(
    appointment: Appointment, note: str, change: DeskChange | None = None
) -> None:
    """Tell the patient the other times that are held, and until when to choose."""
    times = list(appointment.proposed_times.select_related("location", "practitioner__person"))
    button = _private(appointment, gettext("Choose a time"), change=change)
    _to_patient(
        "booking/emails/appointment_proposed",
        appointment,
        change=change,
        button=button,
        times=times,
        note=note,
    )


def appointment_expired(appointment: Appointment) -> None:
    """Tell the patient that the time is not held any longer. The desk calls them as well."""
    _to_patient("booking/emails/appointment_expired", appointment, button=_again())


def appointment_declined(
    appointment: Appointment, reason: str, change: DeskChange | None = None
) -> None:
    _to_patient(
        "booking/emails/appointment_declined",
        appointment,
        change=change,
        button=_again(),
        reason=reason,
    )


def appointment_canceled(
    appointment: Appointment, reason: str, change: DeskChange | None = None
) -> None:
    """Confirm that it is called off. If it had been agreed, calendars take the visit out."""
    was_agreed = appointment.events.filter(to_state=Appointment.State.CONFIRMED).exists()
    instead = times_instead_of(appointment, now=timezone.now()) if change else []
    button = _again()
    if instead:
        button = _private(appointment, gettext("Choose another time"), change=change) or button
    _to_patient(
        "booking/emails/appointment_canceled",
        appointment,
        change=change,
        button=button,
        calendar=was_agreed,
        reason=reason,
        was_agreed=was_agreed,
        session=appointment.class_session,
        instead=instead,
    )


def appointment_reminder(appointment: Appointment) -> None:
    """Remind the patient of an agreed visit. Nothing has changed, so earlier links still work."""
    button = _private(appointment, rotate=False)
    _to_patient("booking/emails/appointment_reminder", appointment, button=button)


def next_visit(appointment: Appointment) -> None:
    """Lead whoever has come to booking again. It names neither what they came for nor why."""
    url, _label = _private(appointment, rotate=False) or ("", "")
    _to_patient(
        "booking/emails/next_visit",
        appointment,
        button=(url, gettext("Book your next visit")),
        # Mail programs offer to end these by themselves (RFC 8058).
        headers={
            "List-Unsubscribe": f"<{url}emails/>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )


def earlier_time_offered(offer: WaitingListOffer) -> None:
    """Offer an earlier time to somebody on the waiting list, and say until when it is held."""
    appointment, label = offer.entry.appointment, gettext("Give us your answer")
    button = _private(appointment, label, page="booking:offer", rotate=False)
    _to_patient(
        "booking/emails/earlier_time_offered", appointment, news=True, button=button, offer=offer
    )


def waiting_list_joined(appointment: Appointment, change: DeskChange | None = None) -> None:
    """Tell who waits for a seat that they do, or still do at its new time, and how they leave."""
    button = _private(appointment, gettext("See your place on the list"), change=change)
    about: dict[str, Any] = {"change": change, "session": appointment.class_session}
    _to_patient(
        "booking/emails/waiting_list_joined",
        appointment,
        button=button,
        moved=change is not None,
        **about,
    )


def seat_offered(appointment: Appointment, change: DeskChange | None = None) -> None:
    """Offer a seat that has fallen free to whoever waited longest, and say until when.

    It is offered once more, with a `change`, when its class has moved.
    """
    button = _private(appointment, gettext("Take the seat"), rotate=False, change=change)
    about: dict[str, Any] = {"change": change, "session": appointment.class_session}
    _to_patient(
        "booking/emails/seat_offered", appointment, news=change is None, button=button, **about
    )


def seat_expired(appointment: Appointment) -> None:
    """Tell who has not answered that the seat goes to somebody else, and that they wait no more."""
    session = appointment.class_session
    _to_patient("booking/emails/seat_expired", appointment, button=_again(), session=session)


Button = tuple[str, str]  # its address and its words


def _private(
    appointment: Appointment,
    label: str = "",
    *,
    page: str = "booking:visit",
    rotate: bool = True,
    change: DeskChange | None = None,
) -> Button | None:
    """The way to the patient's private page; without an email address nobody would get it."""
    if not appointment.email:
        return None
    # Those of before open it until this one has left.
    token = issue_link(appointment, rotate=rotate, after=_grace(change))
    label = label or gettext("See your appointment")
    return f"{settings.BASE_URL}{reverse(page, args=[token])}", label


def _grace(change: DeskChange | None) -> timedelta:
    return BookingRules.load().grace if change else timedelta(0)


def _again() -> Button:
    return f"{settings.BASE_URL}{reverse('booking:start')}", gettext("Book another time")


def _to_patient(
    template: str,
    appointment: Appointment,
    *,
    button: Button | None,
    news: bool = False,
    change: DeskChange | None = None,
    calendar: bool = False,
    headers: dict[str, str] | None = None,
    **more: object,
) -> None:
    if not appointment.email:
        if news or (change and change.is_news):
            CallTask.objects.ask(appointment, CallTask.Reason.NO_EMAIL)
        return
    button_url, button_label = button or ("", "")
    attachments = [_calendar_file(appointment)] if calendar and appointment.starts_at else []
    email = queue_email(
        to=appointment.email,
        template=template,
        subject_ref=f"{SUBJECT}{appointment.pk}",
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
        headers=headers,
        after=_grace(change),
    )
    first, last = (change.since, change.event) if change else (None, None)
    AppointmentEmail.objects.create(appointment=appointment, email=email, since=first, event=last)


def _calendar_file(appointment: Appointment) -> Attachment:
    # The method stands in the type, too: without it Outlook and Gmail show a file, not a visit.
    kind = f"text/calendar; method={export.method_of(appointment)}"
    return Attachment("appointment.ics", export.invitation(appointment), kind)
