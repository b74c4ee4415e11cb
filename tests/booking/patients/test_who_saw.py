"""“Who saw this patient” is one screen, for owners."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking.actions.patients.assigning import attach_new
from booking.models import Appointment, Patient
from clinic_site.access_log.models import AccessLine
from clinic_site.accounts.models import User
from tests.booking.factories import make_appointment, page_of, rows, said
from tests.factories import make_user

PATIENTS = "/admin/patients/"


@pytest.fixture
def patient(desk: Client, appointment: Appointment) -> Patient:
    """Jo, with a visit, looked at by Sam of the front desk on three screens."""
    jo = attach_new(appointment, by=User.objects.get())
    desk.get(f"{PATIENTS}{jo.pk}/")
    desk.get(page_of(appointment))
    desk.get("/admin/inbox/")
    return jo


@pytest.fixture
def owner(patient: Patient) -> Client:
    browser = Client()
    browser.force_login(make_user("Owners", first_name="Dana", last_name="Poe"))
    return browser


def who_saw(browser: Client, patient: Patient, **asked: Any) -> Any:
    return browser.get(f"{PATIENTS}{patient.pk}/who-saw/", asked)


def test_it_tells_who_saw_the_record_or_a_visit_and_on_which_screen(
    owner: Client, patient: Patient, appointment: Appointment
) -> None:
    assert "Who saw this patient" in said(owner.get(f"{PATIENTS}{patient.pk}/"))
    told = "\n".join(rows(who_saw(owner, patient)))
    assert "Sam Lee Looked at: Patient The record" in told
    assert f"Sam Lee Looked at: Appointment Visit {appointment.reference}" in told
    assert f"Sam Lee Looked at: Inbox Visit {appointment.reference}" in told
    assert "Dana Poe Looked at: Patient The record" in told


def test_whoever_looks_at_it_stands_in_it(owner: Client, patient: Patient) -> None:
    who_saw(owner, patient)
    assert "Dana Poe Looked at: Who saw this patient" in "\n".join(rows(who_saw(owner, patient)))


def test_it_says_nothing_of_anybody_else(owner: Client, patient: Patient, desk: Client) -> None:
    other = make_appointment(name="Kim Park", phone="+18055550188", email="")
    desk.get(page_of(other))
    assert other.reference not in said(who_saw(owner, patient))


def test_it_is_narrowed_to_a_day_and_a_person(
    owner: Client, patient: Patient, clock: time_machine.Traveller
) -> None:
    clock.shift(timedelta(days=1))
    owner.get(f"{PATIENTS}{patient.pk}/")
    assert {row.split(" Looked")[0] for row in rows(who_saw(owner, patient, day="2027-01-05"))} == {
        "Jan 5, 2027, 9:00:00 AM Dana Poe"
    }
    sam = User.objects.get(first_name="Sam")
    assert all("Sam Lee" in row for row in rows(who_saw(owner, patient, account=sam.pk)))
    assert rows(who_saw(owner, patient, day="2027-01-09")) == []
    assert who_saw(owner, patient, day="soon", account="x", before="9" * 40).status_code == 200


def test_it_goes_on_page_by_page_and_costs_the_same(
    owner: Client, patient: Patient, appointment: Appointment
) -> None:
    def asked(**more: Any) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert who_saw(owner, patient, **more).status_code == 200
        return len(queries)

    asked()
    few = asked()
    line = {"table": "booking.appointment", "record": appointment.pk, "kind": "look"}
    AccessLine.objects.bulk_create(AccessLine(**line, account=1) for _number in range(120))
    assert asked() == few <= 25
    page = who_saw(owner, patient)
    assert len(rows(page)) == 50
    older = owner.get(page.context["older_url"])
    assert len(rows(older)) == 50
    assert "Newest" in said(older)


def test_an_account_that_is_gone_is_told_by_its_number(owner: Client, patient: Patient) -> None:
    sam = User.objects.get(first_name="Sam")
    key = sam.pk
    sam.delete()
    assert f"Account {key}" in said(who_saw(owner, patient))


def test_only_owners_get_it(owner: Client, patient: Patient, desk: Client) -> None:
    assert who_saw(desk, patient)["Location"] == "/admin/"
    assert "Who saw" not in said(desk.get(f"{PATIENTS}{patient.pk}/"))


def test_an_owner_gets_it_from_what_is_held_of_somebody(
    owner: Client, patient: Patient, appointment: Appointment
) -> None:
    found = owner.post("/admin/people-data/", {"text": "jo@patient.example"})["Location"]
    keys: Callable[[Any], list[str]] = lambda page: [  # noqa: E731
        finding.key for _who, findings, _more in page.context["people"] for finding in findings
    ]
    chosen = owner.post(found, {"row": keys(owner.get(found)), "who_saw": "1"})["Location"]
    told = said(owner.get(chosen))
    assert "Sam Lee Looked at: Inbox" in told
    assert "Dana Poe Looked at: What we hold" in told
