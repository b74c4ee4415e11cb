"""Among thousands of patients the database finds somebody by its indexes, whichever it is."""

import json
from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.models import CharField
from django.db.models.functions import Cast
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from booking.data_requests import AppointmentTable
from booking.models import Appointment, Patient, SearchTerm, Service
from booking.patients.matching import candidates_for
from booking.patients.search import find_patients
from clinic_site.clinic import search_terms
from clinic_site.privacy.tables import Sought
from tests.booking.factories import copies, make_appointment

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
MANY = 8_000
FIRST = ("Priya", "Walter", "Lucía", "Sam", "Hana", "Tom", "Noor", "Oskar", "Ruth", "Calvin")
LARGE = {"booking_patient", "booking_searchterm", "booking_appointment"}


def fill(service: Service) -> None:
    Patient.objects.bulk_create(
        Patient(name=f"{FIRST[n % 10]} Nair{n:05}", phones=f"+1805{2000000 + n}")
        for n in range(MANY)
    )
    patients = list(Patient.objects.order_by("pk"))
    SearchTerm.objects.bulk_create(
        (
            SearchTerm(patient=one, record=one, **term._asdict())
            for one in patients
            for term in search_terms.terms_of([one.name], [one.phones], [])
        ),
        batch_size=5_000,
    )
    copies(make_appointment(), [str(number) for number in range(MANY)])
    with connection.cursor() as cursor:
        spread = "UPDATE booking_appointment SET patient_id = %s + id %% 8000 WHERE id %% 100 > 0"
        cursor.execute(spread, [patients[0].pk])
        cursor.execute("ANALYZE")


def scans(sql: str) -> Iterator[str]:
    """Yield the large tables of which the database would read every row."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            for *_ids, step in cursor.fetchall():
                table = step.removeprefix("SCAN ").split(" ")[0]
                if step.startswith("SCAN ") and (table in LARGE or table.startswith("U")):
                    yield step
        else:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}")
            plan = cursor.fetchone()[0]
            yield from _scans_in((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])


def _scans_in(node: dict) -> Iterator[str]:  # type: ignore[type-arg]
    if node["Node Type"] == "Seq Scan" and node["Relation Name"] in LARGE:
        yield node["Relation Name"]
    for below in node.get("Plans", []):
        yield from _scans_in(below)


def test_no_search_reads_them_all(service: Service) -> None:
    fill(service)
    asked = ["nair00123", "pri nair0001", "0123", "200-0123", "+1 805 200 0123", "ZG77-PHD7"]
    for typed in [*asked, "x@patient.example", "Lucía Nair00012", "pri"]:
        with CaptureQueriesContext(connection) as queries:
            found = find_patients(typed, now=timezone.now())
        assert len(queries) <= 5
        assert [*scans_of(queries)] == [], typed
        assert found.patients or typed in ("ZG77-PHD7", "x@patient.example"), typed
    booking = Appointment.objects.filter(patient=None)[0]
    with CaptureQueriesContext(connection) as queries:
        candidates_for(booking)
    assert [*scans_of(queries)] == []
    with CaptureQueriesContext(connection) as queries:
        list(Appointment.objects.unmatched()[:30])
    assert [*scans_of(queries)] == []


def test_whoever_has_the_same_phone_or_email_is_found_by_blind_indexes(service: Service) -> None:
    fill(service)
    Appointment.objects.update(phone_index=Cast("pk", CharField()), email_index="")
    made = make_appointment(phone="+18055550142", email="rare@patient.example")
    other = make_appointment(phone="+18055550142;ext=3", email="RARE@patient.example")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    asked = {"emails": frozenset({made.email}), "phones": frozenset({made.phone})}
    for find in (
        lambda: Appointment.objects.of_same_contact(made),
        lambda: Appointment.objects.filter(phone_index__of=made.phone).exclude(pk=made.pk),
        lambda: Appointment.objects.filter(email_index__of=[made.email]).exclude(pk=made.pk),
        lambda: set(AppointmentTable().find(Sought(**asked))) - {made},
    ):
        with CaptureQueriesContext(connection) as queries:
            assert list(find()) == [other]
        assert len(queries) == 1
        assert [*scans_of(queries)] == []


def scans_of(queries: CaptureQueriesContext) -> Iterator[str]:
    for query in queries:
        if query["sql"].startswith("SELECT"):
            yield from scans(query["sql"])
