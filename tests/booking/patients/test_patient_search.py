"""A patient is found while they are on the phone, however they say who they are."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from booking.actions.patients.assigning import attach
from booking.actions.patients.merging import merge
from booking.models import Appointment, Patient, SearchTerm, Service
from booking.patients.search import Found, find_patients
from clinic_site.accounts.models import User
from tests.booking.factories import make_appointment
from tests.booking.patients.factories import make_patient

pytestmark = pytest.mark.django_db


def looked_up(text: str) -> Found:
    return find_patients(text, now=timezone.now())


def names_found(text: str) -> list[str]:
    return [found.patient.name for found in looked_up(text).patients]


@pytest.mark.parametrize(
    "typed",
    ["luc", "LUCIA", "lucía fern", "Fernández, Lucía", "fernandez  lucia", "ózt", "L F", "Lulu"],
)
def test_by_the_beginning_of_each_word_in_any_order_whatever_the_accents(typed: str) -> None:
    make_patient("Walter Brandt")
    make_patient("Lucía Fernández-Öztürk", other_names="Lulu")
    assert names_found(typed) == ["Lucía Fernández-Öztürk"]


@pytest.mark.parametrize("typed", ["ernandez", "lucia brandt", "xyz"])
def test_not_by_the_middle_of_a_word_nor_by_words_of_two_people(typed: str) -> None:
    make_patient("Walter Brandt")
    make_patient("Lucía Fernández")
    assert names_found(typed) == []


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("O’Brien", "o'brien"),
        ("O’Brien", "obrien"),
        ("Obrien", "o'brien"),
        ("Lund-Ørsted", "orsted"),
        ("Zzz Buzz", "zzz"),
        ("李 小龙", "李"),
        ("Maximilian Rex", "max"),
    ],
)
def test_names_are_found_as_people_spell_them(stored: str, typed: str) -> None:
    make_patient(stored)
    assert names_found(typed) == [stored]


@pytest.mark.parametrize(
    "typed",
    [
        "(805) 555-0110", "805.555.0110", "8055550110", "+1 805 555 0110", "1-805-555-0110",
        "555-0110", "5550110", "0110", "50110", "nair 0110",
    ],
)  # fmt: skip
def test_by_phone_in_every_spelling_and_by_its_last_digits(typed: str) -> None:
    make_patient("Walter Brandt", phones="+18055550111")
    make_patient("Priya Nair", phones="+13105550199\n+18055550110")
    assert names_found(typed) == ["Priya Nair"]


@pytest.mark.parametrize("typed", ["110", "9110", "310-555-0110"])
def test_other_digits_find_nobody(typed: str) -> None:
    make_patient("Priya Nair", phones="+18055550110")
    assert names_found(typed) == []


@pytest.mark.parametrize("typed", ["0049 30 901820", "030 901820", "+49 30 901820"])
def test_a_number_from_abroad_is_found_as_it_is_dialed(typed: str) -> None:
    make_patient("Jonas Keller", phones="+4930901820")
    assert names_found(typed) == ["Jonas Keller"]


def test_by_the_whole_email_address_alone() -> None:
    make_patient("Priya Nair", emails="priya@patient.example")
    assert names_found(" Priya@Patient.example ") == ["Priya Nair"]
    assert names_found("priya@patient") == []


def test_a_phone_leads_to_those_for_whom_its_owner_books() -> None:
    maria = make_patient("Maria Lopez", phones="+18055550110")
    make_patient("Leo Lopez", booked_by=maria)
    assert names_found("0110") == ["Leo Lopez", "Maria Lopez"]
    assert names_found("leo 0110") == ["Leo Lopez"]


def test_by_reference_and_so_are_bookings_of_nobody_known(service: Service, staff: User) -> None:
    booking = make_appointment()
    reference = booking.reference.replace("-", " ").lower()
    for typed in (reference, "jo obr", "0123", "jo@patient.example"):
        assert looked_up(typed) == ([], [booking])
    patient = make_patient("Jo O’Brien")
    attach(booking, patient, by=staff)
    found = looked_up(reference)
    assert [one.patient for one in found.patients] == [patient]
    assert found.bookings == []


def test_what_is_merged_finds_the_one_who_stands_for_it(staff: User) -> None:
    patient = make_patient("Priya Nair", phones="+18055550110")
    other = make_patient("Priya Menon", phones="+13105550199")
    merge(patient, other, by=staff)
    for typed in ("menon", "0199", "nair", "nair menon", "priya"):
        assert names_found(typed) == ["Priya Nair"], typed


@pytest.mark.parametrize("typed", ["", " ", "-", "%", "'", '"', "\0", "x" * 5000, "12", "\ud800"])
def test_nothing_that_is_typed_breaks_it(typed: str) -> None:
    make_patient()
    assert names_found(typed) == []


@pytest.mark.parametrize("typed", ["pri", "0110", "555-0110", "a@patient.example", "ZG77-PHD7"])
def test_it_asks_the_database_five_times_at_most(service: Service, staff: User, typed: str) -> None:
    for number in range(30):
        one = make_patient(
            f"Priya Nair {number}", phones="+18055550110", emails="a@patient.example"
        )
        booking = make_appointment(phone="+18055550110", email="a@patient.example")
        if number % 2:
            attach(booking, one, by=staff)
    Appointment.objects.filter(pk=booking.pk).update(reference="ZG77-PHD7")
    with CaptureQueriesContext(connection) as queries:
        found = looked_up(typed)
        assert all(one.patient.phone_numbers for one in found.patients)
    assert found.patients
    assert len(queries) <= 5


def test_a_change_of_the_key_leaves_everybody_to_be_found(
    settings: Settings, service: Service
) -> None:
    booking = make_appointment()
    make_patient("Priya Nair", phones="+18055550110", emails="a@patient.example")
    old = list(settings.ENCRYPTION_KEYS)
    settings.ENCRYPTION_KEYS = ["a new key", *old]
    assert names_found("0110") == ["Priya Nair"]
    call_command("rotate_keys")
    settings.ENCRYPTION_KEYS = ["a new key"]
    for typed in ("0110", "a@patient.example", "pri"):
        assert names_found(typed) == ["Priya Nair"]
    assert looked_up("0123").bookings == [booking]


def test_nothing_that_reaches_somebody_stands_in_the_index(service: Service) -> None:
    make_patient("Priya Nair", phones="+18055550110", emails="priya@patient.example")
    terms = set(SearchTerm.objects.values_list("term", flat=True))
    assert len(terms) == 6
    assert not any(part in term for term in terms for part in ("0110", "patient", "example"))
    row = Patient.objects.values("phones", "emails")
    with connection.cursor() as cursor:
        cursor.execute("SELECT phones, emails, access_needs, note FROM booking_patient")
        kept = str(cursor.fetchone())
    assert row
    assert "0110" not in kept
    assert "priya" not in kept
