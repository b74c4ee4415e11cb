"""Every change of an appointment's state. None of these knows a request."""

import secrets
from datetime import date, datetime
from typing import TypedDict

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from wagtail.log_actions import log

from booking import emails
from booking.models import Appointment, AppointmentEvent, Service
from clinic_site.models import Location

State = Appointment.State

# No vowels, so that no word arises; nothing that is misread or misheard for another.
REFERENCE_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
TRIES = 5

MOVES: dict[str, set[str]] = {
    State.REQUESTED: {State.CONFIRMED, State.DECLINED, State.CANCELLED},
    State.CONFIRMED: {State.CANCELLED},
    State.DECLINED: set(),
    State.CANCELLED: set(),
}


class StaleAppointment(Exception):
    """Somebody else has changed the appointment since it was read."""


class WrongState(Exception):
    """From the state that the appointment is in, no such move leads on."""


class TimeIsPast(Exception):
    """An appointment cannot begin before now."""


class Answers(TypedDict):
    """What a patient says on the booking form, cleaned."""

    service: Service
    preferred_date: date
    part_of_day: Appointment.PartOfDay
    name: str
    phone: str
    email: str
    new_patient: bool
    note: str


def request_appointment(
    *, location: Location, answers: Answers, submission_key: str
) -> Appointment:
    """Store a request once for one `submission_key`, however often and wherever it is sent."""
    tries_left = TRIES
    while True:
        twin = Appointment.objects.filter(submission_key=submission_key).first()
        if twin:
            return twin
        try:
            with transaction.atomic():
                return _store(location, answers, submission_key)
        except IntegrityError:
            # The same form has just been stored, which the next round finds, or, once in
            # many millions, the reference was taken.
            tries_left -= 1
            if not tries_left:
                raise


def _store(location: Location, answers: Answers, submission_key: str) -> Appointment:
    service = answers["service"]
    appointment = Appointment.objects.create(
        reference=_new_reference(),
        submission_key=submission_key,
        location=location,
        service_name=service.name,
        duration_minutes=service.duration_minutes,
        price_text=service.price_text,
        **answers,
    )
    AppointmentEvent.objects.create(
        appointment=appointment, at=appointment.requested_at, to_state=appointment.state
    )
    emails.appointment_received(appointment)
    emails.appointment_waiting(appointment)
    return appointment


def _new_reference() -> str:
    drawn = "".join(secrets.choice(REFERENCE_ALPHABET) for _place in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


@transaction.atomic
def confirm_appointment(appointment: Appointment, *, starts_at: datetime, by: User) -> None:
    """Agree on `starts_at`, an aware time to come.

    Raises TimeIsPast, WrongState or StaleAppointment, changing nothing.
    """
    if starts_at <= timezone.now():
        raise TimeIsPast
    _move(appointment, State.CONFIRMED, by=by, starts_at=starts_at)
    emails.appointment_confirmed(appointment)


@transaction.atomic
def decline_appointment(appointment: Appointment, *, reason: str = "", by: User) -> None:
    """Say no to a request; the patient reads `reason`.

    Raises WrongState or StaleAppointment, changing nothing.
    """
    _move(appointment, State.DECLINED, by=by, note=reason)
    emails.appointment_declined(appointment, reason)


@transaction.atomic
def cancel_appointment(appointment: Appointment, *, reason: str = "", by: User) -> None:
    """Call off a request or an agreed appointment; the patient reads `reason`.

    Raises WrongState or StaleAppointment, changing nothing.
    """
    _move(appointment, State.CANCELLED, by=by, note=reason)
    emails.appointment_cancelled(appointment, reason)


def _move(
    appointment: Appointment,
    to: Appointment.State,
    *,
    by: User,
    starts_at: datetime | None = None,
    note: str = "",
) -> None:
    """Write the state `to`, unless the row is no longer as `appointment` shows it."""
    before = appointment.state
    if to not in MOVES[before]:
        raise WrongState
    starts_at = starts_at or appointment.starts_at
    as_seen = Appointment.objects.filter(
        pk=appointment.pk, state=before, version=appointment.version
    )
    if not as_seen.update(state=to, version=F("version") + 1, starts_at=starts_at):
        raise StaleAppointment
    AppointmentEvent.objects.create(
        appointment=appointment,
        by=by,
        from_state=before,
        to_state=to,
        starts_at=starts_at,
        note=note,
    )
    log(appointment, f"booking.{to}", user=by, data={"from": before})
    appointment.refresh_from_db()
