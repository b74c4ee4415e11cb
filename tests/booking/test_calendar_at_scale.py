"""Twenty practitioners with ten visits a day each: the calendar asks little, and reads no table."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking.actions.transitions import Actor
from booking.models import Appointment, AppointmentEvent, CallTask, Practitioner, Service
from clinic_site.accounts.models import User
from tests.booking.calendar_pages import CALENDAR, DAY, WEEK
from tests.booking.factories import at, book, make_practitioner
from tests.booking.patients.test_many_patients import scans_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
WEEKS = 4
PEOPLE, DAILY = 20, 10
STATES = ("confirmed", "completed", "canceled", "no_show", "arrived")


def visits(template: Appointment, people: list[Practitioner]) -> Iterator[Appointment]:
    """Ten a day for each of them, in the weeks around this one."""
    names = [field.attname for field in Appointment._meta.concrete_fields if not field.primary_key]
    fields = {name: getattr(template, name) for name in names}
    for day in range(-WEEKS * 7 // 2, WEEKS * 7 // 2):
        for person in people:
            for number in range(DAILY):
                yield Appointment(**fields | _told_apart(day, person, number))


def _told_apart(day: int, person: Practitioner, number: int) -> dict[str, Any]:
    starts_at: datetime = at(6, 9) + timedelta(days=day, minutes=45 * number)
    key = f"{day + 1000}-{person.pk}-{number}"
    return {
        "state": STATES[number % len(STATES)],
        "reference": key,
        "idempotency_key": key,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=40),
        "practitioner_id": person.pk,
    }


@pytest.fixture
def busy(desk: Client, service: Service, robin: Practitioner) -> None:
    others = [make_practitioner(f"Person {chr(65 + n)}", service) for n in range(PEOPLE - 1)]
    template = book(service, at(8, 16), by=User.objects.get())
    Appointment.objects.bulk_create(visits(template, [robin, *others]), batch_size=2_000)
    AppointmentEvent.objects.bulk_create(
        AppointmentEvent(appointment_id=pk, actor=Actor.DESK, to_state="confirmed", at=at(4, 8))
        for pk in Appointment.objects.exclude(pk=template.pk).values_list("pk", flat=True)
    )
    CallTask.objects.bulk_create(
        CallTask(appointment_id=pk, reason="email", done_at=at(4, 8) if number > 20 else None)
        for number, pk in enumerate(Appointment.objects.values_list("pk", flat=True)[:500])
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.mark.usefixtures("busy")
def test_a_full_calendar_costs_few_queries_and_reads_no_table_through(desk: Client) -> None:
    for query in (DAY, WEEK):
        desk.get(CALENDAR, query)  # what stands on every page is remembered from now on
        with CaptureQueriesContext(connection) as queries:
            page = desk.get(CALENDAR, query)
        assert page.status_code == 200
        assert len(queries) <= 25
        read = [step for step in scans_of(queries) if "booking_appointment" in step]
        assert read == []
