"""What emails about courses say: all visits at once, and the invitation to choose their times."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from booking import formatting
from booking.email_words.samples import sample_appointment, sample_course, sample_until
from clinic_site.mail.words.parts import (
    CLINIC,
    above_link,
    bold,
    greeting,
    heading_line,
    signature,
    subject,
    unbroken,
)
from clinic_site.mail.words.registry import Chip, Context, EditableEmail, EmailPart

BOOKED, CHANGED, CANCELED, CORRECTED = (
    _("When they are booked."),
    _("When something about them has changed."),
    _("When all of them are canceled."),
    _("When our last email was a mistake."),
)


def _visits(email: Context) -> str:
    count = len(email["visits"]) if "visits" in email else email["course"].size
    return ngettext("%(count)d visit", "%(count)d visits", count) % {"count": count}


NAME = Chip("name", _("name of the person who booked"), lambda email: email["name"])
REFERENCE = Chip(
    "reference",
    _("reference of the course"),
    lambda email: email["course"].reference,
    in_subject=True,
    html=bold,
)
PHONE = Chip("phone", _("the clinic’s phone"), lambda email: email["location"].phone, html=unbroken)
VISITS = Chip("visits", _("how many visits: “6 visits”"), _visits)
UNTIL = Chip(
    "until", _("until when the link works"), lambda email: formatting.moment(email["until"])
)
OF_COURSE = (NAME, REFERENCE, CLINIC, PHONE, VISITS)
CALLING = EmailPart(
    "calling", _("How to reach us"), _("You can also call {phone} or reply to this email.")
)


def _opening(told: str, words: Any, hint: Any) -> EmailPart:
    return EmailPart(f"opening_{told}", _("Opening"), words, required=True, hint=hint)


def _told(told: str, *, ahead: int) -> dict[str, Any]:
    visits = [
        {"appointment": sample_appointment(), "number": number, "url": "", "before": None}
        for number in range(1, ahead + 1)
    ]
    return _sample() | {
        "told": told,
        "visits": visits,
        "of": ahead,
        "gone": [] if ahead else [sample_appointment()],
        "calendar_file": True,
    }


def _sample() -> dict[str, Any]:
    visit = sample_appointment()
    return {
        "course": sample_course(),
        "name": visit.name,
        "service_name": visit.service_name,
        "location": visit.location,
        "until": sample_until(),
    }


COURSE_VISITS = EditableEmail(
    key="booking/course_visits",
    title=_("Visits of a course"),
    sent=_("To the patient, when a course is booked and whenever its visits change."),
    parts=(
        subject(_("Your visits {reference} are booked"), "subject_booked", BOOKED),
        subject(_("Your visits {reference} have changed"), "subject_changed", CHANGED),
        subject(_("Your visits {reference} are canceled"), "subject_canceled", CANCELED),
        subject(
            _("Please ignore our last email about {reference}"), "subject_corrected", CORRECTED
        ),
        heading_line(_("Your visits are booked"), "heading_booked", BOOKED),
        heading_line(_("Your visits have changed"), "heading_changed", CHANGED),
        heading_line(_("Your visits are canceled"), "heading_canceled", CANCELED),
        heading_line(_("Our last email was a mistake"), "heading_corrected", CORRECTED),
        greeting(),
        _opening(
            "booked", _("We’ve booked {visits} for you. We look forward to seeing you."), BOOKED
        ),
        _opening(
            "changed",
            _("Something about your visits has changed. Here’s how they look now."),
            CHANGED,
        ),
        _opening("canceled", _("All your upcoming visits ({reference}) are canceled."), CANCELED),
        _opening(
            "corrected",
            _("We’re sorry, our last email was a mistake. Here’s how your visits look now."),
            CORRECTED,
        ),
        EmailPart(
            "changing",
            _("How to change one"),
            _("Can’t make one of them? Open its link to see until when you can move or cancel it."),
        ),
        CALLING,
        above_link(_("Want another time? Book it here:")),
        EmailPart(
            "calendar",
            _("For calendars"),
            _(
                "Open the attached file to add all visits to your calendar. Added them before? It "
                "updates them."
            ),
        ),
        EmailPart(
            "calendar_canceled",
            _("For calendars, if none is left"),
            _("Open the attached file to remove the visits from your calendar."),
        ),
        signature(),
    ),
    chips=OF_COURSE,
    samples={
        _("a course that is booked"): lambda: _told("booked", ahead=3),
        _("visits that have changed"): lambda: _told("changed", ahead=2),
        _("all of them canceled"): lambda: _told("canceled", ahead=0),
        _("a mistake"): lambda: _told("corrected", ahead=3),
    },
    subject_part=lambda email: f"subject_{email['told']}",
)
COURSE_INVITATION = EditableEmail(
    key="booking/course_invitation",
    title=_("Invitation to choose the times of a course"),
    sent=_("To the patient, when the front desk asks them to."),
    parts=(
        subject(_("Choose the times of your visits {reference}")),
        heading_line(_("Choose your times")),
        greeting(),
        EmailPart(
            "opening",
            _("Opening"),
            _(
                "You have {visits} to book with us. Choose the times that work for you, and book "
                "them all at once."
            ),
            required=True,
        ),
        above_link(_("Choose your times here:")),
        EmailPart(
            "until",
            _("About the link"),
            _("This link is just for you, so please don’t share it. It works until {until}."),
            needs=("until",),
            required=True,
        ),
        CALLING,
        signature(),
    ),
    chips=(*OF_COURSE, UNTIL),
    samples={_("a course of six"): _sample},
)

EMAILS = [COURSE_VISITS, COURSE_INVITATION]
