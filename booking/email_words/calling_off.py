"""What emails say about visits that are canceled, and about news that was a mistake."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from booking.email_words.facts import OF_VISIT
from booking.email_words.samples import (
    context_of,
    sample_appointment,
    sample_request,
    sample_session,
)
from booking.email_words.visits import CALENDAR
from booking.models import Appointment
from clinic_site.mail.words.parts import above_link, greeting, heading_line, signature, subject
from clinic_site.mail.words.registry import EditableEmail, EmailPart


def _of_request() -> dict[str, Any]:
    return context_of(sample_request(), was_agreed=False, calendar_file=False)


def _of_class() -> dict[str, Any]:
    return _of_request() | {"session": sample_session()}


def _canceled() -> dict[str, Any]:
    reason = _now("We’re closed that day. We’re sorry.")
    return context_of(sample_appointment(), was_agreed=True, reason=reason)


def _in_state(state: Appointment.State) -> dict[str, Any]:
    return context_of(sample_appointment(state=state))


CORRECTED = EditableEmail(
    key="booking/appointment_corrected",
    title=_("Our last email was a mistake"),
    sent=_("To the patient, when the front desk takes back something they were told."),
    parts=(
        subject(_("Please ignore our last email about {reference}")),
        heading_line(_("Please ignore our last email")),
        greeting(),
        EmailPart(
            "opening",
            _("Opening"),
            _("We sent you our last email by mistake. Please ignore it."),
            required=True,
        ),
        EmailPart(
            "confirmed",
            _("If the visit stands"),
            _("Your appointment is still at this time:"),
            required=True,
        ),
        EmailPart(
            "proposed",
            _("If times are offered"),
            _("The times we offered you are still held. Please choose one."),
            required=True,
        ),
        EmailPart(
            "requested",
            _("If it’s still a request"),
            _("We still have your request, and we’ll be in touch soon:"),
            required=True,
        ),
        EmailPart(
            "gone",
            _("If there’s no visit"),
            _("There’s no appointment {reference}."),
            required=True,
        ),
        above_link(
            _("See how it stands here. This link is just for you, so please don’t share it:")
        ),
        above_link(_("Want a time? Book it here:"), "link_again"),
        EmailPart(
            "closing",
            _("Closing"),
            _("We’re sorry for the mix-up. Questions? Call {phone} or reply to this email."),
        ),
        EmailPart("calendar", CALENDAR, _("Open the attached file to update your calendar.")),
        signature(),
    ),
    chips=OF_VISIT,
    samples={
        _("a visit that stands"): lambda: _in_state(Appointment.State.CONFIRMED),
        _("times that are offered"): lambda: _in_state(Appointment.State.PROPOSED),
        _("a request"): lambda: _in_state(Appointment.State.REQUESTED),
        _("no visit"): lambda: _in_state(Appointment.State.CANCELED),
    },
)
CANCELED = EditableEmail(
    key="booking/appointment_canceled",
    title=_("Appointment canceled"),
    sent=_("To the patient, whoever has canceled a visit or a request."),
    parts=(
        subject(_("Your appointment {reference} is canceled")),
        subject(_("Your request {reference} is canceled"), "subject_request", _("For a request.")),
        heading_line(_("Your appointment is canceled")),
        heading_line(_("Your request is canceled"), "heading_request", _("For a request.")),
        greeting(),
        EmailPart(
            "visit",
            _("Above the day and time"),
            _("Your appointment {reference} is canceled. It was on:"),
            required=True,
        ),
        EmailPart(
            "waiting",
            _("Above the day and time of a class they waited for"),
            _(
                "You were on the waiting list for a class, and that’s canceled now. Your "
                "reference: {reference}. The class:"
            ),
            required=True,
        ),
        EmailPart(
            "request",
            _("For a request"),
            _("Your request {reference} is canceled."),
            required=True,
        ),
        EmailPart(
            "instead", _("Above other times"), _("The nearest open times right now:"), required=True
        ),
        above_link(_("Choose one of them, or another:"), "link_instead"),
        above_link(_("Want another time? Book it here:")),
        EmailPart(
            "closing",
            _("Closing"),
            _("Didn’t expect this? Call {phone} or reply to this email."),
        ),
        EmailPart(
            "calendar",
            CALENDAR,
            _("Open the attached file to remove the visit from your calendar."),
        ),
        signature(),
    ),
    chips=OF_VISIT,
    samples={
        _("a visit"): _canceled,
        _("a request"): _of_request,
        _("a wait for a seat"): _of_class,
    },
    subject_part=lambda email: "subject" if email["was_agreed"] else "subject_request",
)

EMAILS = [CANCELED, CORRECTED]
