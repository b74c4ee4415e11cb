"""What emails of waiting lists say, for an earlier time and for a seat in a class."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from booking.email_words.facts import (
    HELD_UNTIL,
    NAME,
    OF_CLASS,
    OF_VISIT,
    OFFERED,
    OFFERED_UNTIL,
    PHONE,
    REFERENCE,
    SERVICE,
    TERMS_OF_OFFER,
    TERMS_OF_SEAT,
)
from booking.email_words.samples import (
    context_of,
    sample_appointment,
    sample_offer,
    sample_request,
    sample_session,
)
from booking.models import Appointment
from clinic_site.mail.words.parts import (
    CLINIC,
    above_link,
    greeting,
    heading_line,
    signature,
    subject,
)
from clinic_site.mail.words.registry import Context, EditableEmail, EmailPart

OF_SEAT = (NAME, REFERENCE, CLINIC, PHONE, SERVICE, OF_CLASS)
MOVED = _("If the class was moved.")
WITHOUT_VISIT = _("For someone without a visit.")


def _subject_of_offer(email: Context) -> str:
    return "subject" if email["appointment"].starts_at else "subject_without_visit"


def _offered(appointment: Appointment) -> dict[str, Any]:
    return context_of(appointment, offer=sample_offer(appointment))


def _to_somebody_booked() -> dict[str, Any]:
    return _offered(sample_appointment())


def _to_somebody_without() -> dict[str, Any]:
    nothing = sample_request(starts_at=None, ends_at=None, hold_expires_at=None)
    return _offered(nothing)


def _seat(**more: Any) -> dict[str, Any]:
    return context_of(sample_request(), session=sample_session(), moved=False) | more


EARLIER_TIME = EditableEmail(
    key="booking/earlier_time_offered",
    title=_("An earlier time"),
    sent=_("To someone on the waiting list, when a time has opened up."),
    parts=(
        subject(_("An earlier time for your appointment {reference}")),
        subject(_("A time for you: {reference}"), "subject_without_visit", WITHOUT_VISIT),
        heading_line(_("An earlier time opened up")),
        heading_line(_("A time opened up"), "heading_without_visit", WITHOUT_VISIT),
        greeting(),
        EmailPart(
            "opening",
            _("Opening"),
            _("You’re on our list for an earlier time. We’re holding this time for you:"),
            required=True,
        ),
        EmailPart(
            "opening_without_visit",
            _("Opening"),
            _("You’re on our waiting list. We’re holding this time for you:"),
            required=True,
            hint=WITHOUT_VISIT,
        ),
        EmailPart(
            "replaces",
            _("What happens to their visit"),
            _("It would replace your appointment on {time} (reference {reference})."),
            needs=("time",),
            required=True,
        ),
        EmailPart(
            "until",
            _("Until when"),
            _(
                "Please answer by {held until}. If we don’t hear from you, you keep your current "
                "time, and we’ll offer this one to someone else."
            ),
            needs=("held until",),
            required=True,
        ),
        EmailPart(
            "until_without_visit",
            _("Until when"),
            _(
                "Please answer by {held until}. If we don’t hear from you, you stay on the list, "
                "and we’ll offer this time to someone else."
            ),
            needs=("held until",),
            required=True,
            hint=WITHOUT_VISIT,
        ),
        above_link(_("Answer here. This link is just for you, so please don’t share it:")),
        EmailPart(
            "closing", _("Closing"), _("You can also call {phone}. {terms}"), needs=("terms",)
        ),
        signature(),
    ),
    chips=(*OF_VISIT, OFFERED, OFFERED_UNTIL, TERMS_OF_OFFER),
    samples={
        _("someone with a visit"): _to_somebody_booked,
        _("someone without one"): _to_somebody_without,
    },
    subject_part=_subject_of_offer,
)
JOINED = EditableEmail(
    key="booking/waiting_list_joined",
    title=_("On the waiting list for a class"),
    sent=_("To everyone who waits for a seat in a full class, and again if the class moves."),
    parts=(
        subject(_("You’re on the waiting list: {reference}")),
        subject(_("Your class has moved: {reference}"), "subject_moved", MOVED),
        heading_line(_("You’re on the waiting list")),
        heading_line(_("Your class has moved"), "heading_moved", MOVED),
        greeting(),
        EmailPart(
            "opening",
            _("Opening"),
            _("This class is full, and you’re on its waiting list:"),
            required=True,
        ),
        EmailPart(
            "opening_moved",
            _("Opening"),
            _(
                "We’ve changed this class. You’re still on its waiting list, and this is when it "
                "meets now:"
            ),
            required=True,
            hint=MOVED,
        ),
        EmailPart(
            "waiting",
            _("What happens next"),
            _(
                "If a seat opens up, we’ll email you and hold it for you for a while. Nothing is "
                "booked until you take it. Your reference: {reference}"
            ),
            needs=("reference",),
            required=True,
        ),
        above_link(
            _(
                "See your place on the list here. This link is just for you, so please don’t share "
                "it:"
            )
        ),
        EmailPart(
            "closing",
            _("Closing"),
            _("You can leave the list on that page. You can also call {phone}."),
        ),
        signature(),
    ),
    chips=OF_SEAT,
    samples={
        _("a class that is full"): _seat,
        _("a class that was moved"): lambda: _seat(moved=True),
    },
    subject_part=lambda email: "subject_moved" if email["moved"] else "subject",
)
SEAT_OFFERED = EditableEmail(
    key="booking/seat_offered",
    title=_("A seat in a class"),
    sent=_("To the person who has waited longest, when a seat opens up."),
    parts=(
        subject(_("A seat opened up: {reference}")),
        heading_line(_("A seat opened up")),
        greeting(),
        EmailPart(
            "opening",
            _("Opening"),
            _("You’re on the waiting list for this class, and we’re holding a seat for you:"),
            required=True,
        ),
        EmailPart(
            "until",
            _("Until when"),
            _(
                "Please take it by {held until}. After that, we’ll offer it to someone else. Your "
                "reference: {reference}"
            ),
            needs=("held until",),
            required=True,
        ),
        above_link(_("Take the seat here. This link is just for you, so please don’t share it:")),
        EmailPart(
            "closing",
            _("Closing"),
            _("Can’t make it? You can leave the list on that page, or call {phone}. {terms}"),
            needs=("terms",),
        ),
        signature(),
    ),
    chips=(*OF_SEAT, HELD_UNTIL, TERMS_OF_SEAT),
    samples={_("a class"): _seat},
)
SEAT_EXPIRED = EditableEmail(
    key="booking/seat_expired",
    title=_("A seat is offered to someone else"),
    sent=_("To someone who hasn’t answered in time."),
    parts=(
        subject(_("We’re no longer holding a seat: {reference}")),
        heading_line(_("We’re no longer holding a seat")),
        greeting(),
        EmailPart(
            "opening",
            _("Opening"),
            _(
                "We held a seat in this class for you and didn’t hear back, so we’re offering it "
                "to someone else. You’re no longer on the waiting list for this class:"
            ),
            required=True,
        ),
        EmailPart(
            "closing",
            _("Closing"),
            _("Still want to come? Please call {phone}. Your reference: {reference}"),
        ),
        above_link(_("Or look for another date here:")),
        signature(),
    ),
    chips=OF_SEAT,
    samples={_("a class"): _seat},
)

EMAILS = [EARLIER_TIME, JOINED, SEAT_OFFERED, SEAT_EXPIRED]
