"""The emails of a course. Call them inside the transaction they tell of.

One lists all visits to come, each with a private link of its own, which takes the place of every
earlier one; its calendar file holds all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from booking.emails import DeskChange
from booking.ical.export import visits_file
from booking.manage_links import issue_link
from booking.models import Appointment, AppointmentEmail, Course
from clinic_site.mail.models import OutgoingEmail
from clinic_site.mail.outbox import Attachment, queue_email

State = Appointment.State


class Told(StrEnum):
    """What an email about the visits of a course begins with."""

    BOOKED = "booked"
    CHANGED = "changed"
    CANCELED = "canceled"
    CORRECTED = "corrected"


@dataclass(frozen=True)
class ListedVisit:
    """One visit to come, as an email lists it."""

    appointment: Appointment
    number: int
    url: str
    before: datetime | None = None  # the time that it was moved from, on the clock of its location


def course_visits(
    course: Course,
    changes: Mapping[int, DeskChange],
    told: Told,
    *,
    after: timedelta = timedelta(0),
    is_kept: bool = False,
) -> OutgoingEmail | None:
    """List the visits to come, and what has changed; None if no email reaches the patient.

    It leaves `after` so long. `is_kept`: a change until then takes its place.
    """
    visits = list(
        course.appointments.select_related("location", "practitioner__person")
        .exclude(starts_at=None)
        .order_by("starts_at", "pk")
    )
    changed = [visit for visit in visits if visit.pk in changes]
    addressed = [visit for visit in changed if visit.email]
    if not addressed:
        return None
    now = timezone.now()
    agreed = [visit for visit in visits if visit.state in Appointment.AGREED]
    ahead = [
        ListedVisit(
            visit,
            number,
            _link(visit, after),
            None if told == Told.CORRECTED else _moved_from(visit, changes.get(visit.pk)),
        )
        for number, visit in enumerate(agreed, 1)
        if visit.state == State.CONFIRMED and visit.ends_at and visit.ends_at > now
    ]
    gone = [visit for visit in changed if visit.state == State.CANCELED]
    if gone and not ahead and told != Told.CORRECTED:
        told = Told.CANCELED
    notes = [changes[visit.pk].event.note for visit in gone]
    first = addressed[0]
    filed = [each.appointment for each in ahead] + gone
    again = f"{settings.BASE_URL}{reverse('booking:start')}"
    email = queue_email(
        to=first.email,
        template="booking/emails/course_visits",
        subject_ref=course.subject,
        context={
            "course": course,
            "name": first.name,
            "visitor_name": first.visitor_name,
            "service_name": first.service_name,
            "location": course.location,
            "told": told,
            "visits": ahead,
            "of": len(agreed),
            "gone": gone,
            "reason": "\n\n".join(dict.fromkeys(filter(None, notes))),
            "calendar_file": bool(filed),
            "button_url": "" if ahead else again,
            "button_label": gettext("Book another time"),
        },
        reply_to=course.location.email,
        attachments=[_file(filed)] if filed else [],
        after=after,
    )
    AppointmentEmail.objects.bulk_create(
        AppointmentEmail(
            appointment=visit,
            email=email,
            since=changes[visit.pk].since if is_kept else None,
            event=changes[visit.pk].event,
        )
        for visit in changed
    )
    return email


def _link(visit: Appointment, after: timedelta) -> str:
    token = issue_link(visit, after=after)
    return f"{settings.BASE_URL}{reverse('booking:visit', args=[token])}"


def _moved_from(visit: Appointment, change: DeskChange | None) -> datetime | None:
    before = change.since.from_starts_at if change else None
    return before.astimezone(visit.location.zone) if before and before != visit.starts_at else None


def _file(visits: list[Appointment]) -> Attachment:
    return Attachment("visits.ics", visits_file(visits).decode(), "text/calendar; method=PUBLISH")
