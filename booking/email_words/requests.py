"""What emails about requests say."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from booking.email_words.facts import (
    HELD_UNTIL,
    NAME,
    OF_VISIT,
    PATIENT_PHONE,
    REFERENCE,
    TERMS_OF_REQUEST,
    TERMS_OF_TIMES,
)
from booking.email_words.samples import context_of, sample_request, sample_times, without_time
from clinic_site.mail.words.parts import (
    CLINIC,
    above_link,
    greeting,
    heading_line,
    signature,
    subject,
)
from clinic_site.mail.words.registry import EditableEmail, EmailPart


def _held() -> dict[str, Any]:
    return context_of(sample_request())


def _open() -> dict[str, Any]:
    return context_of(without_time())


def _to_be_called() -> dict[str, Any]:
    return context_of(without_time(wants_call=True))


def _without_phone() -> dict[str, Any]:
    return context_of(sample_request(phone=""))


def _without_email() -> dict[str, Any]:
    return context_of(sample_request(email=""))


def _proposed(*hours: int) -> dict[str, Any]:
    note = _now("Mornings are quiet here.")
    return context_of(sample_request(), times=sample_times(hours), note=note)


def _declined() -> dict[str, Any]:
    return context_of(without_time(), reason=_now("We don’t offer this treatment."))


RECEIVED = EditableEmail(
    key="booking/appointment_received",
    title=_("Request received"),
    sent=_("To the patient, when they have asked for an appointment."),
    parts=(
        subject(_("We have your request {reference}")),
        heading_line(_("We have your request")),
        greeting(),
        EmailPart(
            "opening", _("Opening"), _("Thank you. We have your request for an appointment.")
        ),
        EmailPart(
            "reference",
            _("Reference"),
            _("Your reference: {reference}"),
            needs=("reference",),
            required=True,
        ),
        EmailPart(
            "held",
            _("If a time is held"),
            _(
                "We’re holding this time for you until {held until}. It’s confirmed once you hear "
                "from us."
            ),
            needs=("held until",),
            required=True,
        ),
        EmailPart(
            "call",
            _("If they want a call"),
            _("We’ll call you to find a time together. Nothing is booked until then."),
            required=True,
        ),
        EmailPart(
            "wishes",
            _("If they named days"),
            _(
                "We’ll look for a time that works for you and email you once it’s set. Nothing is "
                "booked until you hear from us."
            ),
            required=True,
        ),
        above_link(
            _("See your request here. This link is just for you, so please don’t share it:")
        ),
        EmailPart(
            "changing",
            _("How to change it"),
            _(
                "You can cancel your request there. To change it, call {phone} or reply to this "
                "email. {terms}"
            ),
            needs=("terms",),
        ),
        signature(),
    ),
    chips=(*OF_VISIT, HELD_UNTIL, TERMS_OF_REQUEST),
    samples={
        _("a time that is held"): _held,
        _("days that would work"): _open,
        _("a call"): _to_be_called,
    },
)
PROPOSED = EditableEmail(
    key="booking/appointment_proposed",
    title=_("Other times offered"),
    sent=_("To the patient, when the front desk offers other times."),
    parts=(
        subject(_("Other times for your request {reference}")),
        heading_line(_("Other times for your request")),
        greeting(),
        EmailPart(
            "times",
            _("Above several times"),
            _("We’re holding these times for your request {reference}:"),
            required=True,
        ),
        EmailPart(
            "one_time",
            _("Above one time"),
            _("We’re holding this time for your request {reference}:"),
            required=True,
        ),
        EmailPart(
            "until",
            _("Until when"),
            _("Please choose one by {held until}. After that, someone else may take it."),
            needs=("held until",),
            required=True,
        ),
        above_link(_("Choose a time here. This link is just for you, so please don’t share it:")),
        EmailPart(
            "closing",
            _("Closing"),
            _("None of these work? Call {phone} or reply to this email. {terms}"),
            needs=("terms",),
        ),
        signature(),
    ),
    chips=(*OF_VISIT, HELD_UNTIL, TERMS_OF_TIMES),
    samples={_("two times"): lambda: _proposed(9, 14), _("one time"): lambda: _proposed(9)},
)
DECLINED = EditableEmail(
    key="booking/appointment_declined",
    title=_("Request declined"),
    sent=_("To the patient, when the front desk can’t offer an appointment."),
    parts=(
        subject(_("About your request {reference}")),
        heading_line(_("About your request")),
        greeting(),
        EmailPart(
            "opening",
            _("Opening"),
            _(
                "Thank you for your request {reference}. We’re sorry, but we can’t offer you an "
                "appointment for it."
            ),
            required=True,
        ),
        EmailPart(
            "closing",
            _("Closing"),
            _(
                "We’d still like to help. Please call {phone} or reply to this email, and we’ll "
                "look for another way together."
            ),
        ),
        above_link(_("Or look for another time here:")),
        signature(),
    ),
    chips=OF_VISIT,
    samples={_("a request"): _declined},
)
EXPIRED = EditableEmail(
    key="booking/appointment_expired",
    title=_("Request expired"),
    sent=_("To the patient, when a held time has run out without an answer."),
    parts=(
        subject(_("About your request {reference}")),
        heading_line(_("About your request")),
        greeting(),
        EmailPart(
            "opening",
            _("Opening"),
            _(
                "We’re sorry. Your request {reference} has expired, and we’re no longer holding a "
                "time for you."
            ),
            required=True,
        ),
        EmailPart(
            "closing",
            _("If they left a phone number"),
            _(
                "We’d still like to see you, so we’ll try to call you. You can also call {phone} "
                "or reply to this email."
            ),
        ),
        EmailPart(
            "closing_without_phone",
            _("If they left none"),
            _("We’d still like to see you. Please call {phone} or reply to this email."),
        ),
        above_link(_("Or look for another time here:")),
        signature(),
    ),
    chips=OF_VISIT,
    samples={_("a request"): _held, _("a request without a phone number"): _without_phone},
)
NEW_REQUEST = EditableEmail(
    key="booking/new_request",
    title=_("A new request"),
    sent=_("To the front desk, when someone has asked for an appointment."),
    parts=(
        subject(_("New request {reference}")),
        heading_line(_("A new request")),
        EmailPart(
            "opening",
            _("Opening"),
            _("A new request needs an answer: {reference}"),
            needs=("reference",),
            required=True,
        ),
        EmailPart("note", _("If there’s a note"), _("There’s a note. Read it in the admin.")),
        above_link(_("Answer the request here:")),
        EmailPart(
            "reply",
            _("If they left an email address"),
            _("Reply to this email to write to the patient."),
        ),
        EmailPart(
            "no_email",
            _("If they left none"),
            _("The patient didn’t give an email address. Call {patient phone}."),
            needs=("patient phone",),
            required=True,
        ),
        signature(),
    ),
    chips=(NAME, REFERENCE, CLINIC, PATIENT_PHONE),
    samples={_("a time that is held"): _held, _("no email address"): _without_email},
)

EMAILS = [RECEIVED, PROPOSED, DECLINED, EXPIRED, NEW_REQUEST]
