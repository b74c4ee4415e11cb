"""Whoever is refused a screen leaves a line, with the record that they wanted to see."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern, get_resolver

from booking.models import Appointment, Service
from booking.permissions import SCREENS
from clinic_site.access_log.models import AccessLine
from tests.booking.factories import make_appointment
from tests.booking.patients.factories import make_patient
from tests.factories import make_clinic, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Any:
    make_clinic()
    return make_user("Editors")


@pytest.fixture
def editors_browser(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


def refusals() -> list[tuple[int | None, str, str, int | None]]:
    lines = AccessLine.objects.filter(kind="refused").order_by("pk")
    return list(lines.values_list("account", "via", "table", "record"))


def test_of_a_visit_and_of_a_patient_with_their_numbers(
    editors_browser: Client, editor: Any, service: Service
) -> None:
    visit, patient = make_appointment(), make_patient("Ana")
    editors_browser.get(f"/admin/appointments/{visit.pk}/")
    editors_browser.post(f"/admin/appointments/{visit.pk}/canceled/", {"version": 1})
    editors_browser.get(f"/admin/patients/{patient.pk}/")
    editors_browser.get(f"/admin/patients/booking/{visit.pk}/")
    assert refusals() == [
        (editor.pk, "appointments:inspect", "booking.appointment", visit.pk),
        (editor.pk, "appointments:canceled", "booking.appointment", visit.pk),
        (editor.pk, "patients:record", "booking.patient", patient.pk),
        (editor.pk, "patients:assign", "booking.appointment", visit.pk),
    ]
    assert not AccessLine.objects.filter(kind="look").exists()


def test_of_a_list_without_one(editors_browser: Client, editor: Any) -> None:
    for address in ("/admin/appointments/", "/admin/people-data/", "/admin/access-log/"):
        editors_browser.get(address)
    editors_browser.get("/admin/appointments/", headers={"X-Requested-With": "XMLHttpRequest"})
    assert refusals() == [
        (editor.pk, "appointments:index", "booking.appointment", None),
        (editor.pk, "data_requests:index", "", None),
        (editor.pk, "access_log", "", None),
        (editor.pk, "appointments:index", "booking.appointment", None),
    ]


def test_and_the_reason_is_still_told(editors_browser: Client) -> None:
    page = editors_browser.get("/admin/appointments/", follow=True).content.decode()
    assert "Sorry, you do not have permission" in page
    assert len(refusals()) == 1, "the start page is no refusal"


def test_what_is_allowed_or_asked_by_nobody_is_none(client: Client, service: Service) -> None:
    visit = make_appointment()
    client.get(f"/admin/appointments/{visit.pk}/")
    client.force_login(make_user("Front desk"))  # type: ignore[arg-type]
    client.get(f"/admin/appointments/{visit.pk}/")
    client.get("/admin/")
    assert refusals() == []


def test_owners_read_of_it_in_words(editors_browser: Client, service: Service) -> None:
    visit = make_appointment()
    patient = make_patient("Ana Lee")
    Appointment.objects.filter(pk=visit.pk).update(patient=patient)
    editors_browser.get(f"/admin/appointments/{visit.pk}/")
    owner = Client()
    owner.force_login(make_user("Owners"))  # type: ignore[arg-type]
    for address in ("/admin/access-log/?kind=refused", f"/admin/patients/{patient.pk}/who-saw/"):
        page = owner.get(address).content.decode()
        assert "Refused" in page
        assert "editors" in page


def test_each_screen_that_is_named_is_there() -> None:
    names = {*_named(get_resolver())}
    assert [name for name in SCREENS if name not in names] == []
    assert {*map(apps.get_model, SCREENS.values())}


def _named(resolver: Any, above: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{above}:{pattern.name}"
        else:
            name = pattern.namespace or above
            yield name
            yield from _named(pattern, name)
