"""At the desk a booking begins with whom it is for; nobody is asked twice for what is known."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from booking.actions.patients.assigning import attach
from booking.models import Appointment, Patient, Practitioner, Service
from clinic_site.accounts.models import User
from clinic_site.clinic.models.locations import Location
from tests.booking.factories import LIST, at, book, form_for, page_of, said, send, typed
from tests.booking.patients.factories import make_patient

BOOK = f"{LIST}book/"
pytestmark = pytest.mark.django_db


def form(service: Service, **changes: Any) -> dict[str, Any]:
    return {
        "key": "a key",
        "service": service.pk,
        "location": Location.objects.get().pk,
        "day": "2027-01-06",
        "time": "10:30",
        "name": "Priya Nair",
        "phone": "805-555-0110",
        "email": "",
        **changes,
    }


def test_a_patient_is_found_and_their_details_are_filled_in(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    patient = make_patient(
        phones="+18055550110", emails="priya@patient.example", access_needs="Ramp"
    )
    page = desk.post(BOOK, {"find": "pri", "look": "1", "day": "2027-01-06"})
    [choice] = BeautifulSoup(page.content, "html.parser").select("button[name=choose]")
    assert "Priya Nair" in choice.get_text()
    page = desk.post(BOOK, typed(page) | {"choose": str(patient.pk)})
    filled = typed(page)
    assert filled["record"] == str(patient.pk)
    assert filled["day"] == "2027-01-06"
    assert (filled["name"], filled["phone"]) == ("Priya Nair", "(805) 555-0110")
    assert (filled["email"], filled["access_needs"]) == ("priya@patient.example", "Ramp")
    assert "0 visits" in said(page)
    desk.post(BOOK, filled | form(service, record=str(patient.pk)))
    assert Appointment.objects.get().patient == patient
    assert Patient.objects.count() == 1


def test_whoever_is_booked_for_by_a_parent_is_who_comes(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    parent = make_patient("Maria Lopez", phones="+18055550110")
    child = make_patient("Leo Lopez", booked_by=parent)
    filled = typed(desk.get(BOOK, {"record": child.pk}))
    assert (filled["name"], filled["visitor_name"]) == ("Maria Lopez", "Leo Lopez")
    assert filled["phone"] == "(805) 555-0110"


def test_their_last_service_is_proposed(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    patient = make_patient()
    attach(book(service, at(6, 10), by=User.objects.get()), patient, by=User.objects.get())
    assert typed(desk.get(BOOK, {"record": patient.pk}))["service"] == service.pk


def test_somebody_new_gets_a_record(desk: Client, service: Service, robin: Practitioner) -> None:
    desk.post(BOOK, form(service, access_needs="Ramp"))
    patient = Patient.objects.get()
    assert Appointment.objects.get().patient == patient
    assert (patient.name, patient.phone_numbers) == ("Priya Nair", ["+18055550110"])
    assert patient.access_needs == "Ramp"


def test_somebody_who_is_known_is_not_made_anew_unless_the_desk_says_so(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    known = make_patient("Priya Nair", phones="+18055550110")
    page = desk.post(BOOK, form(service))
    assert "We seem to know this patient." in said(page)
    assert not Appointment.objects.exists()
    page = desk.post(BOOK, form(service, choose=str(known.pk)))
    assert typed(page)["record"] == str(known.pk)
    desk.post(BOOK, form(service, record="new"))
    assert Appointment.objects.get().patient != known
    assert Patient.objects.count() == 2


def test_a_relative_with_the_same_phone_is_booked_without_a_question(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    make_patient("Arjun Nair", phones="+18055550110")
    desk.post(BOOK, form(service))
    assert Appointment.objects.get().patient == Patient.objects.get(name="Priya Nair")


def test_the_same_form_twice_makes_one_booking_and_one_record(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    for _time in range(2):
        desk.post(BOOK, form(service, record="new"))
    assert Appointment.objects.count() == Patient.objects.count() == 1


def test_twice_on_one_day_is_warned_of_before_it_is_stored(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    desk.post(BOOK, form(service))
    patient = Patient.objects.get()
    again = form(service, time="14:00", key="another key", record=str(patient.pk))
    page = desk.post(BOOK, again)
    assert "This patient is expected then already:" in said(page)
    assert Appointment.objects.get().reference in said(page)
    assert Appointment.objects.count() == 1
    [box] = BeautifulSoup(page.content, "html.parser").select("input[name=twice]")
    desk.post(BOOK, again | {"twice": box["value"]})
    assert Appointment.objects.count() == 2


def test_another_day_and_a_relative_are_no_doubles(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    desk.post(BOOK, form(service))
    desk.post(BOOK, form(service, time="14:00", key="b", name="Arjun Nair"))
    patient = str(Patient.objects.get(name="Priya Nair").pk)
    desk.post(BOOK, form(service, day="2027-01-07", key="c", record=patient))
    assert Appointment.objects.count() == 3


def test_what_was_booked_online_counts_by_name_and_contact(
    desk: Client, client: Client, service: Service, robin: Practitioner
) -> None:
    book(service, at(6, 14), name="PRIYA NAIR", phone="+18055550110")
    assert "expected then already" in said(desk.post(BOOK, form(service)))


def test_a_visit_is_not_moved_to_a_day_of_another_one_unseen(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    staff = User.objects.get()
    visit, other = book(service, at(6, 10), by=staff), book(service, at(7, 10), by=staff)
    sent = {"version": 1, "day": "2027-01-07", "time": "14:00"}
    page = desk.post(page_of(visit, "moved"), sent)
    assert other.reference in said(page)
    visit.refresh_from_db()
    assert visit.starts_at == at(6, 10)
    [box] = BeautifulSoup(page.content, "html.parser").select("input[name=twice]")
    desk.post(page_of(visit, "moved"), sent | {"twice": box["value"]})
    visit.refresh_from_db()
    assert visit.starts_at == at(7, 14)


def test_patients_are_told_nothing_of_who_is_known(
    client: Client, service: Service, robin: Practitioner
) -> None:
    make_patient("Jo O’Brien", phones="+18055550123", emails="jo@patient.example")
    known = send(client, form_for(at(6, 10)))
    stranger = send(client, form_for(at(6, 14), name="Kim Park", phone="310-555-0199"))
    assert known.status_code == stranger.status_code == 303
    assert set(Appointment.objects.values_list("patient", flat=True)) == {None}
