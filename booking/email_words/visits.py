"""What emails about agreed visits say."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from booking.email_words.facts import OF_VISIT, TERMS
from booking.email_words.samples import (
    context_of,
    sample_appointment,
)
from clinic_site.mail.words.parts import above_link, greeting, heading_line, signature, subject
from clinic_site.mail.words.registry import EditableEmail, EmailPart

CHANGING = EmailPart(
    "changing",
    _("How to change it"),
    _("Can’t make it? {terms} You can also call {phone} or reply to this email."),
    needs=("terms",),
)
PRIVATE_LINK = above_link(
    _("See your appointment here. This link is just for you, so please don’t share it:")
)
CALENDAR = _("For calendars")


def _with_practitioner() -> dict[str, Any]:
    return context_of(sample_appointment())


def _without_practitioner() -> dict[str, Any]:
    return context_of(sample_appointment(practitioner=None))


SAMPLES = {
    _("a visit"): _with_practitioner,
    _("a visit without a practitioner"): _without_practitioner,
}


CONFIRMED = EditableEmail(
    key="booking/appointment_confirmed",
    title=_("Appointment confirmed"),
    sent=_("To the patient, when a visit is agreed."),
    parts=(
        subject(_("Your appointment {reference} is confirmed")),
        heading_line(_("Your appointment is confirmed")),
        greeting(),
        EmailPart(
            "opening",
            _("Opening"),
            _("Your appointment is confirmed. We look forward to seeing you."),
        ),
        PRIVATE_LINK,
        CHANGING,
        EmailPart(
            "calendar",
            CALENDAR,
            _("Open the attached file to add the visit to your calendar. Or use these links:"),
        ),
        signature(),
    ),
    chips=(*OF_VISIT, TERMS),
    samples=SAMPLES,
)
MOVED = EditableEmail(
    key="booking/appointment_moved",
    title=_("Appointment moved"),
    sent=_("To the patient, when a visit has another time."),
    parts=(
        subject(_("Your appointment {reference} has moved")),
        heading_line(_("Your appointment has moved")),
        greeting(),
        EmailPart("opening", _("Opening"), _("Your appointment has moved to another time:")),
        EmailPart(
            "opening_class",
            _("Opening"),
            _("We’ve changed this class. You still have your seat, and this is when it meets now:"),
            hint=_("For a seat in a class."),
        ),
        PRIVATE_LINK,
        CHANGING,
        EmailPart(
            "calendar",
            CALENDAR,
            _(
                "Open the attached file to update your calendar. If you added the visit by a link, "
                "delete the old entry and add the new one:"
            ),
        ),
        EmailPart(
            "earlier_links",
            _("About earlier links"),
            _("The new link to your appointment replaces any earlier ones."),
        ),
        signature(),
    ),
    chips=(*OF_VISIT, TERMS),
    samples=SAMPLES,
)
CHANGED = EditableEmail(
    key="booking/appointment_changed",
    title=_("Appointment changed"),
    sent=_("To the patient, when something other than the time of a visit is new."),
    parts=(
        subject(_("Your appointment {reference} has changed")),
        heading_line(_("Your appointment has changed")),
        greeting(),
        EmailPart(
            "opening",
            _("Opening"),
            _("We’ve updated your appointment. Here’s how it stands now:"),
        ),
        PRIVATE_LINK,
        CHANGING,
        EmailPart("calendar", CALENDAR, _("Open the attached file to update your calendar.")),
        EmailPart(
            "earlier_links",
            _("About earlier links"),
            _("This link replaces any earlier ones."),
        ),
        signature(),
    ),
    chips=(*OF_VISIT, TERMS),
    samples=SAMPLES,
)
REMINDER = EditableEmail(
    key="booking/appointment_reminder",
    title=_("Reminder"),
    sent=_("To the patient, before a visit, as the booking rules say."),
    parts=(
        subject(_("A reminder about your appointment {reference}")),
        heading_line(_("A reminder about your appointment")),
        greeting(),
        EmailPart(
            "opening",
            _("Opening"),
            _("This is a reminder about your appointment. We look forward to seeing you."),
        ),
        PRIVATE_LINK,
        CHANGING,
        signature(),
    ),
    chips=(*OF_VISIT, TERMS),
    samples=SAMPLES,
)
NEXT_VISIT = EditableEmail(
    key="booking/next_visit",
    title=_("After a visit"),
    sent=_("To the patient, some hours after a visit, if the booking rules say so."),
    parts=(
        subject(_("Thank you for your visit {reference}")),
        heading_line(_("Thank you for your visit")),
        greeting(),
        EmailPart(
            "opening",
            _("Opening"),
            _(
                "Thank you for coming in on {day}. Would you like to come again? We’ve kept your "
                "choices from last time, so all you need to pick is a time."
            ),
        ),
        above_link(
            _("Book your next visit here. This link is just for you, so please don’t share it:")
        ),
        EmailPart(
            "calling", _("How to reach us"), _("You can also call {phone} or reply to this email.")
        ),
        EmailPart(
            "ending",
            _("Before “Turn them off”"),
            _("Don’t want these emails after your visits?"),
            required=True,
        ),
        signature(),
    ),
    chips=OF_VISIT,
    samples=SAMPLES,
)
EMAILS = [CONFIRMED, MOVED, CHANGED, REMINDER, NEXT_VISIT]
