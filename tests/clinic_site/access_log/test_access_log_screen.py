"""Owners read who signed in, who could not, and who changed what."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking.models import BookingRules
from clinic_site.access_log.models import AccessLine
from clinic_site.accounts.roles import Role
from clinic_site.clinic.models import ClinicDetails
from tests.booking.factories import rows, said
from tests.factories import make_user

LOG = "/admin/access-log/"


@pytest.fixture
def owner(clinic: ClinicDetails) -> Client:
    browser = Client()
    browser.force_login(make_user("Owners", first_name="Dana", last_name="Poe"))
    return browser


def test_it_tells_of_sign_ins_roles_and_settings_in_words(owner: Client) -> None:
    sam: Any = make_user("Front desk", first_name="Sam", last_name="Lee")
    Client().post("/admin/login/", {"username": "front-desk", "password": "wrong"})
    Client().post("/admin/login/", {"username": "nobody", "password": "wrong"})
    Client().force_login(sam)
    rules = BookingRules.load()
    rules.hold_hours += 1
    rules.save()
    told = "\n".join(rows(owner.get(LOG)))
    assert "Sam Lee Signed in" in told
    assert "Sam Lee Sign-in failed" in told
    assert "No account of ours Sign-in failed" in told
    assert "The server Role changed Sam Lee (+Front desk)" in told
    label = BookingRules._meta.get_field("hold_hours").verbose_name
    assert f"Setting changed Booking rules {rules.pk} ({label})" in told


def test_it_is_narrowed_to_one_kind(owner: Client) -> None:
    told = rows(owner.get(LOG, {"kind": "sign_in"}))
    assert told
    assert all("Signed in" in row for row in told)


def test_no_patient_stands_in_it(owner: Client) -> None:
    AccessLine.objects.create(kind="look", table="booking.patient", record=1)
    assert "Looked at" not in said(owner.get(LOG))


def test_it_costs_the_same_for_few_and_many(owner: Client) -> None:
    counts = []
    make_user("Front desk")
    for number in (0, 0, 30):
        AccessLine.objects.bulk_create(
            AccessLine(kind="role", account=1, table=table, record=1)
            for table in ("accounts.user", "auth.group") * number
        )
        with CaptureQueriesContext(connection) as queries:
            owner.get(LOG)
        counts.append(len(queries))
    assert counts[1] == counts[2] <= 25


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.OWNERS])
def test_nobody_but_owners_reads_it(clinic: ClinicDetails, role: str) -> None:
    browser = Client()
    browser.force_login(make_user(role))
    assert browser.get(LOG)["Location"] == "/admin/"
    assert "access-log" not in browser.get("/admin/").content.decode()
