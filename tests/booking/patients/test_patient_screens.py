"""The desk's screens about patients, driven as the desk drives them."""

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.db.models import CharField
from django.db.models.functions import Cast
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import ModelLogEntry

from booking.actions.patients.assigning import attach_new
from booking.models import Appointment, Patient, Service
from clinic_site.access_log.models import AccessLine
from clinic_site.accounts.models import User
from clinic_site.second_factor.models import Authenticator
from tests.booking.factories import LIST, make_appointment, page_of, said
from tests.booking.patients.factories import PATIENTS, make_patient
from tests.factories import make_user
from tests.looks import key_of_row, lines_of

pytestmark = pytest.mark.django_db
SCREENS = (LIST, "/admin/calendar/", "/admin/inbox/", "/admin/closures/", f"{LIST}book/", PATIENTS)


def looked_up(desk: Client, typed: str) -> Any:
    return desk.post(f"{PATIENTS}search/", {"q": typed}, follow=True)


def details(**changes: str) -> dict[str, str]:
    return {
        "name": "Lucía Fernández",
        "phone_1": "805 555 0112",
        "email_1": "lucia@patient.example",
        "access_needs": "Wheelchair",
        "note": "Likes mornings.",
    } | changes


@pytest.mark.parametrize("address", SCREENS)
def test_the_box_stands_on_every_screen_of_the_desk(desk: Client, address: str) -> None:
    page = BeautifulSoup(desk.get(address).content, "html.parser")
    [box] = page.select('form[action="/admin/patients/search/"]')
    assert box.select_one("input[name=q]")


def test_no_address_has_the_search_show_what_is_kept_encrypted_elsewhere(
    desk: Client,
) -> None:
    """Somebody of the desk has got hold of the database: its rows stay closed to them."""
    Authenticator.objects.create(user=User.objects.get(), key="CANARYKEY")
    kept = Authenticator.objects.values_list(Cast("key", CharField()), flat=True).get()
    assert "CANARYKEY" not in desk.get(f"{PATIENTS}?s={kept}").content.decode()


def test_a_search_leads_to_who_is_found_and_the_address_tells_nobody_who(desk: Client) -> None:
    patient = make_patient("Priya Nair", phones="+18055550110")
    page = looked_up(desk, "pri")
    assert "Priya Nair" in said(page)
    assert "(805) 555-0110" in said(page)
    assert f"{PATIENTS}{patient.pk}/" in page.content.decode()
    address = page.redirect_chain[-1][0]
    assert "pri" not in address.partition("?")[2].lower().replace("s=", "")[:10]
    assert re.fullmatch(r"/admin/patients/\?s=[\w.=-]{48,}", address)
    assert "No one found" in said(looked_up(desk, "walter"))


@pytest.mark.parametrize("query", ["?s=", "?s=abc", "?s=%C3%A4", "?q=pri"])
def test_an_address_that_no_screen_has_made_finds_nobody(desk: Client, query: str) -> None:
    make_patient("Priya Nair")
    assert "Priya Nair" not in said(desk.get(f"{PATIENTS}{query}"))


def test_while_somebody_types_a_few_are_found(desk: Client) -> None:
    for number in range(12):
        make_patient(f"Priya Nair{number}")
    answer = desk.post(f"{PATIENTS}typing/", {"q": "pri"})
    assert said(answer).count("Priya Nair") == 8
    assert "no-store" in answer["Cache-Control"]
    assert "No one found yet" in said(desk.post(f"{PATIENTS}typing/", {"q": "xyz"}))


def test_a_record_is_made_found_and_corrected(desk: Client) -> None:
    record = desk.post(f"{PATIENTS}new/", details(), follow=True)
    for words in ("Lucía Fernández", "(805) 555-0112", "lucia@patient.example", "Wheelchair"):
        assert words in said(record)
    patient = Patient.objects.get()
    form = desk.get(f"{PATIENTS}{patient.pk}/change/")
    assert 'value="(805) 555-0112"' in form.content.decode()
    changed = details(phone_2="310 555 0199", note="", version="1")
    record = desk.post(f"{PATIENTS}{patient.pk}/change/", changed, follow=True)
    assert "(310) 555-0199" in said(record)
    assert "Likes mornings." not in said(record)
    assert "Lucía" in said(looked_up(desk, "0199"))


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        ("name", "", "This field is required."),
        ("phone_2", "555-0171", "Please add the area code."),
        ("email_1", "lucia@", "Enter a valid email address."),
        ("note", "x" * 501, "at most 500 characters"),
    ],
)
def test_what_cannot_be_taken_is_told_beside_it_and_kept(
    desk: Client, field: str, typed: str, error: str
) -> None:
    page = desk.post(f"{PATIENTS}new/", details(**{field: typed}))
    assert error in said(page)
    assert "lucia" in page.content.decode()
    assert not Patient.objects.exists()


def test_nobody_saves_over_what_somebody_else_has_changed(desk: Client) -> None:
    patient = make_patient("Priya Nair", phones="+18055550110")
    desk.post(f"{PATIENTS}{patient.pk}/change/", details(version="1"))
    page = desk.post(f"{PATIENTS}{patient.pk}/change/", details(name="Other", version="1"))
    assert "Someone else changed this record" in said(page)
    assert 'value="Other"' in page.content.decode()
    assert Patient.objects.get().name == "Lucía Fernández"
    desk.post(f"{PATIENTS}{patient.pk}/change/", details(name="Other", version="2"))
    assert Patient.objects.get().name == "Other"


def test_a_booking_says_whose_it_may_be_and_one_click_decides(
    desk: Client, appointment: Appointment
) -> None:
    patient = make_patient("Jo O’Brien", phones="+18055550123")
    assert "It’s Jo O’Brien, (805) 555-0123" in said(desk.get(page_of(appointment)))
    desk.post(f"{PATIENTS}booking/{appointment.pk}/", {"patient": patient.pk})
    appointment.refresh_from_db()
    assert appointment.patient == patient
    record = said(desk.get(f"{PATIENTS}{patient.pk}/"))
    assert appointment.reference in record
    desk.post(f"{PATIENTS}booking/{appointment.pk}/", {"nobody": "1"})
    assert Appointment.objects.get().patient is None


def test_somebody_new_is_one_click_too(desk: Client, appointment: Appointment) -> None:
    page = desk.post(f"{PATIENTS}booking/{appointment.pk}/", {"new": "1"}, follow=True)
    assert "A new record is made" in said(page)
    assert Appointment.objects.get().patient == Patient.objects.get()
    page = desk.post(f"{PATIENTS}booking/{appointment.pk}/", {"new": "1"}, follow=True)
    assert Patient.objects.count() == 2


def test_those_that_are_sure_are_assigned_together_those_unchecked_are_not(
    desk: Client, service: Service
) -> None:
    jo = make_patient("Jo O’Brien", phones="+18055550123")
    sure = [make_appointment() for _number in range(3)]
    stranger = make_appointment(name="Kim Park", phone="+13105550199", email="")
    page = desk.get(PATIENTS)
    ticked = [box["value"] for box in BeautifulSoup(page.content, "html.parser").select(
        "input[name=booking][checked]"
    )]  # fmt: skip
    assert ticked == [f"{booking.pk}-{jo.pk}" for booking in sure]
    page = desk.post(
        PATIENTS, {"booking": [*ticked[:2], "1-", "x", f"{stranger.pk}-999"]}, follow=True
    )
    assert "2 bookings assigned." in said(page)
    assert jo.appointments.count() == 2


def test_two_records_are_merged_and_taken_apart_on_the_page(desk: Client) -> None:
    one = make_patient("Priya Nair", phones="+18055550110")
    other = make_patient("Priya Nair", emails="priya@patient.example")
    assert "Priya Nair" in said(desk.get(f"{PATIENTS}{one.pk}/merge/"))
    page = desk.post(f"{PATIENTS}{one.pk}/merge/", {"patient": other.pk}, follow=True)
    assert "priya@patient.example" in said(page)
    assert desk.get(f"{PATIENTS}{other.pk}/").context["patient"] == one
    page = desk.post(f"{PATIENTS}{one.pk}/merge/", {"apart": other.pk}, follow=True)
    assert "Taken apart." in said(page)
    assert Patient.objects.records().count() == 2
    page = desk.post(f"{PATIENTS}{one.pk}/merge/", {"apart": other.pk}, follow=True)
    assert "Someone else just changed this record." in said(page)


def test_who_books_for_whom_stands_on_both_records(desk: Client) -> None:
    parent = make_patient("Maria Lopez", phones="+18055550110")
    child = make_patient("Leo Lopez")
    desk.post(f"{PATIENTS}{child.pk}/bookers/", {"patient": parent.pk})
    assert "(805) 555-0110" in said(desk.get(f"{PATIENTS}{child.pk}/"))
    assert "Leo Lopez" in said(desk.get(f"{PATIENTS}{parent.pk}/"))
    desk.post(f"{PATIENTS}{child.pk}/bookers/", {"remove": parent.pk})
    assert child.bookers.count() == 0


def test_counts_stand_at_the_head_of_a_record(desk: Client, appointment: Appointment) -> None:
    patient = attach_new(appointment, by=User.objects.get())
    Appointment.objects.update(state="no_show", starts_at="2026-12-01T17:00Z")
    assert "0 visits, missed 1" in said(desk.get(f"{PATIENTS}{patient.pk}/"))


def test_only_owners_erase(client: Client, desk: Client) -> None:
    patient = make_patient()
    assert desk.post(f"{PATIENTS}{patient.pk}/erase/")["Location"] == "/admin/"
    client.force_login(make_user("Owners"))
    assert "Erase for good" in said(client.get(f"{PATIENTS}{patient.pk}/erase/"))
    client.post(f"{PATIENTS}{patient.pk}/erase/")
    assert not Patient.objects.exists()


@pytest.mark.parametrize("role", ["Editors", "Moderators", "Practitioners"])
def test_other_roles_get_nothing_of_it(client: Client, role: str) -> None:
    patient = make_patient()
    client.force_login(make_user(role))
    for ending in ("", "new/", f"{patient.pk}/", f"{patient.pk}/change/", "999/"):
        assert client.get(f"{PATIENTS}{ending}")["Location"] == "/admin/"
    for ending in ("search/", "typing/", f"{patient.pk}/merge/", "booking/1/", "booking/999/"):
        assert client.post(f"{PATIENTS}{ending}", {"q": "pri"})["Location"] == "/admin/"
    assert "patients" not in client.get("/admin/").content.decode().lower()


def test_every_look_and_change_leaves_a_line_that_names_nobody(
    desk: Client, appointment: Appointment
) -> None:
    patient = make_patient("Jo O’Brien", phones="+18055550123")
    ModelLogEntry.objects.all().delete()
    looked_up(desk, "jo")
    desk.post(f"{PATIENTS}typing/", {"q": "jo"})
    desk.get(f"{PATIENTS}{patient.pk}/")
    desk.post(f"{PATIENTS}{patient.pk}/change/", details(version="1"))
    desk.get(f"{PATIENTS}booking/{appointment.pk}/")
    changes = ModelLogEntry.objects.values("action", "label", "data")
    assert [line["action"] for line in changes] == ["booking.patient_changed"]
    looks = AccessLine.objects.filter(table="booking.patient", record=patient.pk).order_by("pk")
    assert [line.via for line in looks] == [
        "patients:index",
        "patients:typing",
        "patients:record",
    ]
    assert key_of_row(appointment) in lines_of(User.objects.get())
    assert "Jo" not in f"{changes} {AccessLine.objects.values()}"


@pytest.mark.slow
def test_screens_ask_the_database_the_same_for_few_and_many(desk: Client, service: Service) -> None:
    counts = []
    for _time in range(2):  # what a process then remembers of the clinic and its site
        desk.get(PATIENTS)
    for total in (3, 20):
        for number in range(Patient.objects.count(), total):
            made = attach_new(make_appointment(name=f"Priya Nair{number}"), by=User.objects.get())
            make_appointment(name=f"Priya Nair{number}")
        found = []
        for address in (PATIENTS, f"{PATIENTS}{made.pk}/", f"{PATIENTS}{made.pk}/merge/"):
            with CaptureQueriesContext(connection) as queries:
                desk.get(address)
            found.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            desk.post(f"{PATIENTS}typing/", {"q": "pri"})
        counts.append([*found, len(queries)])
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 25
