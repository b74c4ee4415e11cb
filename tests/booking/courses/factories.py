"""Courses as the desk books them: the clock stands at Monday morning, see the conftest above."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from booking.actions.courses.booking import WantedVisit, book_course
from booking.actions.courses.invitations import invite_to_course
from booking.actions.requests import Contact
from booking.models import Course, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from tests.booking.factories import at
from tests.outbox import emails_about

JO = "jo@patient.example"
# The Wednesdays from January 6 on, at ten.
WEDNESDAYS = [at(6, 10) + n * timedelta(days=7) for n in range(6)]


def make_course(
    service: Service,
    practitioner: Practitioner | None,
    by: User,
    times: Iterable[datetime] = WEDNESDAYS,
    *,
    key: str = "course",
    **answers: Any,
) -> Course:
    """Book a course on the phone."""
    visits = [WantedVisit(time, practitioner) for time in times]
    contact = {"name": "Jo O’Brien", "phone": "+18055550123", "email": JO}
    return book_course(
        service=service,
        location=Location.objects.get(),
        visits=visits,
        practitioner=practitioner,
        patient=answers.pop("patient", None),
        contact=Contact(**contact | answers),
        idempotency_key=key,
        by=by,
    )


def invite(service: Service, robin: Practitioner | None, by: User, **more: Any) -> Course:
    return invite_to_course(
        service=service,
        location=Location.objects.get(),
        size=3,
        practitioner=robin,
        contact=Contact(name="Jo O’Brien", phone="+18055550123", email=JO),
        idempotency_key=more.get("key", "invited"),
        by=by,
    )


def link() -> str:
    """The address in the last invitation."""
    text = emails_about("^Choose").latest("pk").text
    found = re.search(r"(/book/course/[^/]+/)", text)
    assert found
    return found[1]
