"""A caller who found no time is put on the waiting list."""

import pytest
from django.test import Client

from booking.models import (
    Appointment,
    Practitioner,
    Service,
    WaitingListEntry,
)
from clinic_site.accounts.models import User
from clinic_site.clinic.models import ClinicDetails
from tests.booking.factories import errors_by_field, make_practitioner, make_service, said
from tests.booking.patients.factories import make_patient
from tests.booking.waiting.factories import ADD, caller, names
from tests.factories import make_location


def test_a_caller_with_a_phone_alone_is_put_on_the_list(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    page = desk.post(ADD, caller(service), follow=True)
    assert "Kim Park is on the list." in said(page)
    assert names(page) == ["Kim Park"]
    for words in (
        "Posture assessment, with anyone",
        "Jan 5 – Jan 12, morning",
        "has no visit yet",
        "phone only",
        "Waiting since Jan 4, 2027",
    ):
        assert words in said(page)
    desk.post(ADD, caller(service))  # the same form, sent twice
    assert WaitingListEntry.objects.count() == 1


def test_a_known_patient_is_found_by_three_letters(
    desk: Client, user: User, service: Service, robin: Practitioner
) -> None:
    patient = make_patient(name="Priya Nair", phones="+18055550110")
    page = desk.post(ADD, caller(service, find="nai", look="1", record="", name="", phone=""))
    assert "Priya Nair" in said(page)
    page = desk.post(ADD, caller(service, choose=str(patient.pk), record="", name="", phone=""))
    assert page.context["form"]["name"].value() == "Priya Nair"
    desk.post(ADD, caller(service, record=str(patient.pk), name="Priya Nair"))
    assert Appointment.objects.get().patient == patient


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"phone": ""}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"email": "jo@"}, "email"),
        ({"service": "999"}, "service"),
        ({"practitioner": "999"}, "practitioner"),
        ({"last_day": "2027-01-03"}, "last_day"),
        ({"first_day": "2027-02-05"}, "last_day"),
        ({"first_day": "nonsense"}, "first_day"),
        ({"part_of_day": "night"}, "part_of_day"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    desk: Client, service: Service, robin: Practitioner, changes: dict[str, str], field: str
) -> None:
    page = desk.post(ADD, caller(service, note="Evenings are hard.", **changes))
    assert field in errors_by_field(page)
    assert "Evenings are hard." in page.content.decode()
    assert not Appointment.objects.exists()


def test_nobody_waits_for_somebody_who_does_not_do_it(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    dana = make_practitioner("Dana Whitfield", make_service("Massage"))
    page = desk.post(ADD, caller(service, practitioner=str(dana.pk)))
    assert "practitioner" in errors_by_field(page)


def test_the_same_caller_is_not_put_on_the_list_twice(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    desk.post(ADD, caller(service))
    page = desk.post(ADD, caller(service, key="another form", record="new"))
    assert errors_by_field(page)["name"] == ["They’re on the list for this already."]
    desk.post(ADD, caller(service, key="their child", record="new", visitor_name="Lee Park"))
    massage = make_service("Massage")
    desk.post(ADD, caller(massage, key="for a massage", record="new"))
    assert WaitingListEntry.objects.count() == 3


def test_callers_are_added_where_no_location_is_the_main_one(
    desk: Client, service: Service, robin: Practitioner
) -> None:
    make_location(name="Goleta")
    details = ClinicDetails.load()
    details.location = None
    details.save()
    assert desk.get(ADD).status_code == 200
