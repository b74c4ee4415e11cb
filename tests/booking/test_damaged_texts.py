"""A text that was damaged in the database: everything else goes on, and nothing makes it worse."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from booking.models import Appointment, Service
from tests.booking.factories import LIST, make_appointment, page_of
from tests.booking.patients.factories import PATIENTS, make_patient

pytestmark = pytest.mark.django_db
PHONE, EMAIL = "+18055550177", "canary@patient.example"


def damage(*columns: str, table: str = "booking_appointment") -> None:
    changes = ", ".join(f"{column} = substr({column}, 1, 30)" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {changes}")  # noqa: S608


def in_the_table() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, note, phone_index FROM booking_appointment")
        return cursor.fetchone()


def test_a_damaged_text_stays_as_it_is_whatever_else_of_its_row_is_saved(service: Service) -> None:
    make_appointment(phone=PHONE, note="told in confidence")
    damage("phone", "note")
    kept = in_the_table()
    read = Appointment.objects.get()
    read.name = "Ana"
    read.save()
    assert in_the_table() == kept
    assert read.phone != Appointment.objects.get().phone


def test_one_damaged_row_keeps_no_screen_of_the_desk_from_opening(
    desk: Client, service: Service
) -> None:
    made = make_appointment(name="Ana", phone=PHONE, email=EMAIL, note="x", access_needs="y")
    damage("phone", "email", "note", "access_needs")
    patient = make_patient("Bo", phones=PHONE, emails=EMAIL, note="x")
    damage("phones", "emails", "note", table="booking_patient")
    detail, record = page_of(made), f"{PATIENTS}{patient.pk}/"
    for address in (LIST, "/admin/inbox/", "/admin/calendar/", PATIENTS, detail, record):
        assert desk.get(address).status_code == 200, address
    for address in (detail, record):
        assert "can’t be read" in desk.get(address).content.decode()
