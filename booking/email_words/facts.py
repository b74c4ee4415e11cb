"""The facts of an appointment that words may name. In subjects stands none that tells of health."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from booking import formatting
from booking.models import Appointment, BookingRules
from clinic_site.clinic import phone
from clinic_site.mail.words.parts import CLINIC, bold, unbroken
from clinic_site.mail.words.registry import Chip, Context


def _appointment(email: Context) -> Appointment:
    appointment: Appointment = email["appointment"]
    return appointment


def _terms(email: Context) -> str:
    """Say as of now until when the visit can be moved or canceled, and what that costs."""
    appointment = _appointment(email)
    if appointment.starts_at is None:
        return ""
    policy = BookingRules.load().cancellation_policy.for_price(appointment.price_text)
    return formatting.change_terms(
        appointment.starts_at,
        appointment.location.zone,
        policy,
        now=timezone.now(),
        has_link=bool(appointment.email),
    )


def _terms_once_confirmed(starts_at: Callable[[Context], datetime | None]) -> Chip:
    """Return the fact of what a change will cost, of a visit that is not agreed yet."""

    def read(email: Context) -> str:
        appointment = _appointment(email)
        policy = BookingRules.load().cancellation_policy.for_price(appointment.price_text)
        zone = appointment.location.zone
        return formatting.terms_once_confirmed(starts_at(email), zone, policy, now=timezone.now())

    return Chip("terms", _("what a change will cost, once it’s confirmed"), read)


NAME = Chip("name", _("name of the person who booked"), lambda email: _appointment(email).name)
REFERENCE = Chip(
    "reference",
    _("reference"),
    lambda email: _appointment(email).reference,
    in_subject=True,
    html=bold,
)
PHONE = Chip(
    "phone",
    _("the clinic’s phone"),
    lambda email: _appointment(email).location.phone,
    html=unbroken,
)
LOCATION = Chip("location", _("location"), lambda email: _appointment(email).location.name)
SERVICE = Chip("service", _("service"), lambda email: _appointment(email).service_name)
PRACTITIONER = Chip(
    "practitioner",
    _("practitioner"),
    lambda email: _appointment(email).practitioner,
    absent=_("your practitioner"),
)
DAY = Chip(
    "day",
    _("day of the visit"),
    lambda email: formatting.day_of_visit(_appointment(email)),
    absent=_("a day that works for you"),
    in_subject=True,
)
TIME = Chip(
    "time",
    _("day and time of the visit"),
    lambda email: formatting.agreed_time(_appointment(email)),
    absent=_("a time that works for you"),
)
HELD_UNTIL = Chip(
    "held until",
    _("until when the time is held"),
    lambda email: formatting.held_until(_appointment(email)),
    absent=_("you hear from us"),
)
TERMS = Chip("terms", _("until when it can be moved or canceled, and what that costs"), _terms)
TERMS_OF_REQUEST = _terms_once_confirmed(lambda email: _appointment(email).starts_at)
TERMS_OF_TIMES = _terms_once_confirmed(lambda _email: None)
TERMS_OF_OFFER = _terms_once_confirmed(lambda email: email["offer"].starts_at)
TERMS_OF_SEAT = _terms_once_confirmed(lambda email: email["session"].starts_at)

OF_CLASS = Chip(
    "time",
    _("day and time of the class"),
    lambda email: formatting.agreed_time(email["session"]),
    absent=_("a time that works for you"),
)
OFFERED = Chip(
    "offered time",
    _("day and time of the offer"),
    lambda email: formatting.agreed_time(email["offer"]),
)
OFFERED_UNTIL = Chip(
    "held until",
    _("until when the offer is held"),
    lambda email: formatting.held_until(email["offer"]),
)
PATIENT_PHONE = Chip(
    "patient phone",
    _("the patient’s phone"),
    lambda email: _appointment(email).phone and phone.readable(_appointment(email).phone),
    absent=_("no number"),
    html=unbroken,
)

# Of every email to a patient about a visit or a request.
OF_VISIT = (NAME, REFERENCE, CLINIC, PHONE, LOCATION, SERVICE, PRACTITIONER, DAY, TIME)
